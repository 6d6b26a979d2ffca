#pragma once
/// Backfills over several ranges, and the dates of which one is still owed.
///
/// The state of a date is that of the newest run of each step that covered it: a date is done when
/// that run succeeded. So a date of a run that failed is not forgotten when later dates succeed,
/// and is done once any later run over it has.

#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/backfill.h"
#include "store/database.h"

namespace tipoff::operate {

/// A step of a game date whose newest run did not succeed.
struct UnfinishedDate {
    GameDate game_date{};
    std::string step;
    std::string run_id;  ///< of that run
    std::string state;   ///< "failed", "abandoned" or "cancelled"
    std::string reason;
};

/// By date, then step. Live runs leave the backfill of a date as it was.
Expected<std::vector<UnfinishedDate>> unfinished_dates(store::Database& database,
                                                       const std::set<Step>& steps);

/// The unfinished dates as ranges, without those outside of `within` (where any is given): game
/// dates that follow each other are one range.
Expected<std::vector<store::DateScope>> unfinished_ranges(
    store::Database& database, std::span<const UnfinishedDate> unfinished,
    std::span<const store::DateScope> within);

/// How many game dates of the facts lie in the ranges, which are apart.
[[nodiscard]] std::int64_t count_game_dates(const Facts& facts,
                                            std::span<const store::DateScope> ranges);

struct FailedRange {
    store::DateScope dates;
    Error error;
};

struct RangesReport {
    BackfillReport report;            ///< of the ranges that succeeded, added up
    std::vector<FailedRange> failed;  ///< the others; the ledger knows of them
};

/// The same request for each range, whatever becomes of the others.
RangesReport backfill_ranges(Backfill& backfill, BackfillRequest request,
                             std::span<const store::DateScope> ranges,
                             const BackfillProgress& progress = {},
                             const DayProgress& day_progress = {});

}  // namespace tipoff::operate
