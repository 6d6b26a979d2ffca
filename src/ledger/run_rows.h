#pragma once
/// Statements on `ops.run` that both sides of the ledger use.

#include <cstdint>
#include <string>

#include "base/calendar.h"
#include "base/error.h"
#include "ledger/ops_tables.h"
#include "store/database.h"

namespace tipoff::ledger {

/// One more than every token given out so far, of a run or of a change.
Expected<std::int64_t> next_fencing_token(store::Transaction& transaction);

/// "221018-00042": the day in UTC and the fencing token, so that it sorts by plan and is the only
/// one of its home. Every derived row carries it, and DuckDB keeps twelve characters in place.
[[nodiscard]] std::string run_id_of(Instant planned_at, std::int64_t fencing_token);

/// When a planned run that failed, or whose process died, is begun again: delays double from half a
/// minute to half an hour, drawn by the run's id and attempt.
[[nodiscard]] Instant next_try(const std::string& run_id, std::int32_t attempt, Instant now);

/// Which of the running runs are closed.
struct DeadRuns {
    bool all = false;       ///< else those whose lease is over
    std::string step = {};  ///< of this step and scope alone; empty for any
    std::string scope = {};
    std::int64_t most = 1000;
};

/// Planned runs with attempts and time left wait to go again; the others are abandoned. Returns how
/// many were closed; each in a guarded change of its own row.
Expected<std::int64_t> close_dead_runs(store::Transaction& transaction, const DeadRuns& which,
                                       Instant wall_now, Instant league_now);

}  // namespace tipoff::ledger
