#pragma once
/// The logical times that a schedule of games gives a job: when each of a game date's windows is.
///
/// A window belongs to its game date, also past midnight. Windows of different dates never meet:
/// those after games end where the next date's begin, those before games begin after the last
/// tip-off of the date before. So a job's logical times are one ascending row.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "operate/workflows.h"

namespace tipoff::operate {

/// A game that is played, as far as scheduling asks: games put off are none.
struct KnownGame {
    GameDate game_date{};
    Instant tip_off{};
    bool is_final = false;
    bool has_box_rows = false;  ///< of players and of teams

    /// Nothing more has to be collected of it at once.
    [[nodiscard]] bool is_done() const { return is_final && has_box_rows; }
};

/// When a job is to run once, however many schedulers there are.
struct LogicalTime {
    Instant at{};
    std::optional<GameDate> game_date;  ///< whose games it is for
    std::optional<Instant> good_until;  ///< after it there is nothing left to do
    bool is_needed = true;              ///< false where every game that is over is done
};

/// The windows of all dates that `games` has, ascending; `games` in any order.
[[nodiscard]] std::vector<LogicalTime> logical_times(const BeforeGames& rule,
                                                     std::span<const KnownGame> games);
[[nodiscard]] std::vector<LogicalTime> logical_times(const AfterGames& rule,
                                                     std::span<const KnownGame> games);

/// Whether the rule looks at a game: for early games, whether it is one.
[[nodiscard]] bool counts_for(const BeforeGames& rule, const KnownGame& game);

}  // namespace tipoff::operate
