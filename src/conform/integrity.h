#pragma once
/// Does a game add up? The checks of one game, and their count over all of them.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conform/analytics_tables.h"
#include "conform/game_facts.h"

namespace tipoff::conform {

enum class IntegrityCheck : std::uint8_t {
    kNoPlayerBox,      ///< the game is over and no player is on record
    kForeignRow,       ///< a box row of a team that does not play this game
    kTeamCount,        ///< players of one team only
    kPlayerPoints,     ///< the players' points do not add up to the team box's
    kScore,            ///< the team's points are not the schedule's
    kMinutes,          ///< minutes do not add up to 240 plus 25 an overtime, within rounding
    kSourcesDisagree,  ///< two sources state the same row differently
    kShotsDiffer,      ///< the shot chart and the box differ in attempts or makes of a player
    kShotsCutOff,      ///< the shot chart breaks off, and is not used
};
inline constexpr std::size_t kIntegrityChecks = 9;

/// "no_player_box", "foreign_row", "team_count", "player_points", "score", "minutes",
/// "sources_disagree", "shots_differ", "shots_cut_off".
[[nodiscard]] std::string_view to_string(IntegrityCheck check);

struct IntegrityReport {
    struct Failures {
        std::int64_t games = 0;
        std::vector<std::string> examples;  ///< the first `kExamples`: game id and what is wrong
    };
    static constexpr std::size_t kExamples = 5;

    std::int64_t games_with_result = 0;
    std::int64_t games_ok = 0;
    std::array<Failures, kIntegrityChecks> failures;  ///< by `IntegrityCheck`

    /// Box rows and shots of games that no schedule names: left out of everything.
    std::int64_t rows_without_game = 0;

    [[nodiscard]] const Failures& of(IntegrityCheck check) const {
        return failures[static_cast<std::size_t>(check)];
    }
};

/// Checks a game with a result and counts it. Returns "ok" or the names of the failed checks.
/// `facts` are the newest ones; `game` has its score.
[[nodiscard]] std::string check_integrity(const Game& game, const GameRows& rows,
                                          const GameFacts& facts, IntegrityReport& report);

}  // namespace tipoff::conform
