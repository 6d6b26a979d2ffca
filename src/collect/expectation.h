#pragma once
/// What the answers of a collection should hold together: thirty teams, every game that is over,
/// players by the hundred, columns that are hardly ever empty. A source declares it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collect/asking.h"
#include "collect/outcome.h"
#include "collect/stated.h"

namespace tipoff::collect {

struct Source;

/// Games of the schedule, by their tip-off.
enum class DueGames : std::uint8_t {
    kNone,
    kPlayed,      ///< long enough ago that their box scores are there
    kToCome,      ///< within a day: a book opens a day ahead at the latest
    kUpToADayOn,  ///< both, and what is under way
};

/// A column of a kind of record that may be empty, and the most of it that may.
struct NullShare {
    std::string_view kind;  ///< of the tables of `stated.h`
    std::string_view column;
    double most = 0;
};

/// What a source's answers hold, beyond what its reader checks in each.
struct Expectation {
    /// Those of each date that was asked for are among the games or the box scores.
    DueGames has_games = DueGames::kNone;
    /// Those have ids of the source that names the games.
    DueGames asks_games = DueGames::kNone;
    std::size_t fewest_players = 0;  ///< in the list of them
    /// Shares that recorded answers stay well under; an upstream that stops to fill a field passes
    /// them.
    std::span<const NullShare> null_shares = {};
};

/// The league has some 450 players on standard contracts and 90 on two-way ones.
inline constexpr std::size_t kFewestPlayers = 400;

/// Rosters have a height and a weight of nearly everybody, and who has just come has no number.
inline constexpr std::array kRosterShares{NullShare{"roster_player", "height_inches", 0.2},
                                          NullShare{"roster_player", "weight_pounds", 0.3},
                                          NullShare{"roster_player", "position", 0.2},
                                          NullShare{"roster_player", "jersey_number", 0.5}};
/// Whoever played has minutes and points; of a day's rows two in five are of players who did not.
inline constexpr std::array kBoxScoreShares{NullShare{"player_box", "seconds", 0.6},
                                            NullShare{"player_box", "points", 0.6}};
/// A log has those who played alone.
inline constexpr std::array kGameLogShares{NullShare{"player_box", "seconds", 0.05},
                                           NullShare{"player_box", "points", 0.05}};
/// Hours are not known yet of few games.
inline constexpr std::array kGameShares{NullShare{"game", "tip_off", 0.5}};
/// Ladders may have the overs alone; there is a main line to ten of theirs at the least.
inline constexpr std::array kPropShares{NullShare{"prop_line", "over_price", 0.5},
                                        NullShare{"prop_line", "under_price", 0.9}};
/// A game's line has both sides, but for a rung here and there.
inline constexpr std::array kGameLineShares{NullShare{"game_line", "home_or_over_price", 0.5},
                                            NullShare{"game_line", "away_or_under_price", 0.5}};

/// An answer that was looked at: it came now, or had not changed, or was taken from the archive.
struct SeenAnswer {
    Ask ask;
    StatedRecords records;  ///< of the kinds that its source expects something of
};

/// What is kept of a reading to be held against the source's expectation.
[[nodiscard]] SeenAnswer seen_answer(const Source& source, const Ask& ask,
                                     const StatedRecords& records);

/// One sentence for each thing that should be in the answers and is not, and for each game that
/// could not be asked for. `is_whole`: every request came to something; where one did not, that is
/// told of already, and lists are not held against the league.
[[nodiscard]] std::vector<std::string> unmet_expectations(const Source& source, const Scope& scope,
                                                          std::span<const SeenAnswer> answers,
                                                          bool is_whole);

}  // namespace tipoff::collect
