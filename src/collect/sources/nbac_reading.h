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

/// A box of nothing but the counts of a row, of a team or of a player who played; they stand in
/// `set` from its column `first` on. Makes above attempts, and points or rebounds that do not add
/// up, are problems of the row.
[[nodiscard]] StatedTeamBox read_nbac_counts(const ResultSet& set, std::size_t row,
                                             std::size_t first);

/// Writes the counts into a player's box.
void set_counts(StatedPlayerBox& box, const StatedTeamBox& counts);

}  // namespace tipoff::collect
