#pragma once
/// What the documents of NBA.com share: game ids, team ids, and the counts of box scores.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "collect/json_document.h"
#include "collect/source.h"
#include "collect/teams.h"

namespace tipoff::collect {

/// A game as its id states it.
struct NbacGame {
    std::string source_game_id;  ///< ten digits, as written
    Season season;
    SeasonType season_type = SeasonType::kRegular;
};

/// A game by its id of ten digits; anything else is a problem of the shape.
[[nodiscard]] NbacGame read_nbac_game(const JsonValue& id);

/// "about game 0022500561, where 0022500001 was asked for": how a document about a game differs
/// from what it was asked to be about; empty where it does not.
[[nodiscard]] std::string difference_from_asked(const NbacGame& game, const Ask& ask);

/// One of the thirty teams by NBA.com's id; otherwise null and a problem of the shape.
[[nodiscard]] const Team* read_nbac_team(const JsonValue& id);

/// A whole number from 0 to `most`; anything else is a problem of the shape.
[[nodiscard]] std::int32_t read_count(const JsonValue& value, std::int64_t most);

/// A plus-minus, also where it is written with a fraction of zero ("-7.0").
[[nodiscard]] std::int32_t read_plus_minus(const JsonValue& value);

/// The counts that box scores of NBA.com state of a player who played, and of a team.
struct NbacCounts {
    std::int32_t field_goals_made = 0;
    std::int32_t field_goals_attempted = 0;
    std::int32_t three_pointers_made = 0;
    std::int32_t three_pointers_attempted = 0;
    std::int32_t free_throws_made = 0;
    std::int32_t free_throws_attempted = 0;
    std::int32_t offensive_rebounds = 0;
    std::int32_t defensive_rebounds = 0;
    std::int32_t rebounds = 0;
    std::int32_t assists = 0;
    std::int32_t steals = 0;
    std::int32_t blocks = 0;
    std::int32_t turnovers = 0;
    std::int32_t personal_fouls = 0;
    std::int32_t points = 0;
};

inline constexpr std::size_t kNbacCountColumns = 15;

/// A reader's own columns and, after them, those of the counts. Turnovers are "TOV" in one document
/// and "TO" in another.
template <std::size_t N>
constexpr std::array<std::string_view, N + kNbacCountColumns> with_nbac_counts(
    const std::array<std::string_view, N>& own, std::string_view turnovers) {
    std::array<std::string_view, N + kNbacCountColumns> all{};
    std::ranges::copy(own, all.begin());
    std::ranges::copy(
        std::array<std::string_view, kNbacCountColumns>{"FGM", "FGA", "FG3M", "FG3A", "FTM", "FTA",
                                                        "OREB", "DREB", "REB", "AST", "STL", "BLK",
                                                        turnovers, "PF", "PTS"},
        all.begin() + N);
    return all;
}

/// The counts of a row, which stand in `set` from its column `first` on. Makes above attempts, and
/// points or rebounds that do not add up, are problems of the row.
[[nodiscard]] NbacCounts read_nbac_counts(const ResultSet& set, std::size_t row, std::size_t first);

/// Writes the counts into a `StatedPlayerBox` or a `StatedTeamBox`.
template <class Box>
void set_counts(Box& box, const NbacCounts& counts) {
    box.points = counts.points;
    box.field_goals_made = counts.field_goals_made;
    box.field_goals_attempted = counts.field_goals_attempted;
    box.three_pointers_made = counts.three_pointers_made;
    box.three_pointers_attempted = counts.three_pointers_attempted;
    box.free_throws_made = counts.free_throws_made;
    box.free_throws_attempted = counts.free_throws_attempted;
    box.offensive_rebounds = counts.offensive_rebounds;
    box.defensive_rebounds = counts.defensive_rebounds;
    box.rebounds = counts.rebounds;
    box.assists = counts.assists;
    box.steals = counts.steals;
    box.blocks = counts.blocks;
    box.turnovers = counts.turnovers;
    box.personal_fouls = counts.personal_fouls;
}

}  // namespace tipoff::collect
