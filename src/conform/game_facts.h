#pragma once
/// One game: what all its raw rows together say at an instant.
///
/// Several sources of one box row become one here, and corrections take the place of what they
/// correct, from their own `known_at` on.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "conform/raw_facts.h"
#include "conform/zone_fields.h"

namespace tipoff::conform {

/// A game's raw rows, sorted: boxes by player (team) then source, best first, then revision; shots
/// by player.
struct GameRows {
    TeamId home;
    TeamId away;
    std::span<const collect::PlayerBox* const> player_boxes;
    std::span<const collect::TeamBox* const> team_boxes;
    std::span<const ShotCount* const> shots;
};

/// The order of sources where several state one row: the smaller is believed. Sources that the list
/// does not know come after those that it knows.
[[nodiscard]] std::size_t source_rank(std::string_view source);

/// What a team did, from its own box row or summed over its players. Empty: not on record.
struct TeamTotals {
    std::int32_t minutes = 0;
    std::int32_t points = 0;
    std::optional<std::int32_t> field_goals_made, field_goals_attempted;
    std::optional<std::int32_t> three_pointers_made, three_pointers_attempted;
    std::optional<std::int32_t> free_throws_made, free_throws_attempted;
    std::optional<std::int32_t> offensive_rebounds, defensive_rebounds;
    std::optional<std::int32_t> rebounds, assists, steals, blocks, turnovers, personal_fouls;
    bool operator==(const TeamTotals&) const = default;
};

struct PlayerFacts {
    const collect::PlayerBox* box = nullptr;
    bool is_home = false;
    std::optional<ZoneCounts> zones;
};

struct TeamFacts {
    std::optional<TeamTotals> totals;  ///< nothing while too few players are on record to add up
    bool is_player_sum = false;
    std::optional<ZoneCounts> zones;

    /// Players' own sums, whatever the totals were taken from; for the checks.
    std::int32_t player_rows = 0;
    std::int32_t player_points = 0;
    std::int32_t player_minutes = 0;
};

enum Side : std::size_t { kHome, kAway };

struct GameFacts {
    std::vector<PlayerFacts> players;  ///< by player id
    std::array<TeamFacts, 2> teams;    ///< by `Side`
    std::optional<std::int32_t> overtime_periods;
    double possessions = kUnknown;  ///< where attempts are not on record
    std::int32_t shot_rows = 0;
    std::int32_t foreign_rows = 0;  ///< box rows of a team that does not play this game
};

/// Shots count as on record for a game once they are at least this share of the box's attempts:
/// real charts are complete to four in a thousand or break off.
inline constexpr double kShotChartShare = 0.9;

/// A team's players add up to a team once their minutes are within this of a whole game: the
/// league rounds each player's, and real sums are 3 below to 4 above.
inline constexpr std::int32_t kMinutesTolerance = 6;

/// Overtimes of a game in which a team's players were on court for so many minutes; nothing when no
/// number of overtimes is within the tolerance.
[[nodiscard]] std::optional<std::int32_t> overtime_periods_of(std::int32_t team_minutes);

/// Every instant at which something of the game became known, ascending.
[[nodiscard]] std::vector<KnownAt> instants(const GameRows& rows);

/// What was known of the game at `until`, that instant included.
[[nodiscard]] GameFacts facts_at(const GameRows& rows, KnownAt until);

}  // namespace tipoff::conform
