#pragma once
/// Who plays where: the rosters of a season, and how they change within it and over the summers.
///
/// The league begins in 2022-23 and is walked forward summer by summer, so that a player keeps his
/// id, name and, as he ages, most of his skills from one simulated season to the next. Nothing here
/// depends on the outcome of games.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/calendar.h"
#include "league/player.h"
#include "league/teams.h"

namespace tipoff::league {

/// The first season that the league knows.
inline constexpr int kFirstLeagueYear = 2022;

/// A player's place in `Rosters::players`.
using PlayerIndex = std::uint32_t;

/// A team's place that is no team: free agents.
inline constexpr std::size_t kNoTeam = kTeams;

/// How a team plays, whoever is on the floor.
struct TeamStyle {
    double possession_length = 1.0;  ///< relative to the league; below 1 is fast
    double coaching = 0.0;           ///< points per 100 possessions, both ends together
    std::array<double, kChosenZones>
        zone_defence{};  ///< added to the accuracy of opponents' shots there
    std::array<double, kChosenZones>
        zone_allowed{};            ///< opponents' share of shots there, relative to 1
    double rotation_length = 0.0;  ///< minutes that the bench gets beyond the usual
};

/// A player changes team on a morning.
struct RosterMove {
    GameDate date;
    PlayerIndex player = 0;
    std::size_t from = kNoTeam;
    std::size_t to = kNoTeam;
};

struct Rosters {
    std::vector<Player> players;  ///< everyone who has ever been in the league; grows only
    std::array<std::vector<PlayerIndex>, kTeams + 1>
        teams;  ///< by team; the last are the free agents
    std::array<TeamStyle, kTeams> styles;

    void apply(const RosterMove& move);
};

/// Rosters on the morning of opening night; `season` is 2022-23 or later.
[[nodiscard]] Rosters rosters_on_opening_night(Season season, std::uint64_t seed);

/// The trades and call-ups of a season, in the order of their dates.
[[nodiscard]] std::vector<RosterMove> plan_moves(const Rosters& rosters, Season season,
                                                 std::uint64_t seed);

}  // namespace tipoff::league
