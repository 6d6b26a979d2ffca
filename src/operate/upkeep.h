#pragma once
/// Upkeep of the run history: what nobody will end is closed, what says the same many times is
/// folded, what is old goes.
///
/// Rows that anything stands on stay: runs that are not final, the newest of each step and scope,
/// and every successful run of the retention time, whose ids derived rows carry. Work is done in
/// pages, each a transaction of its own, so that runs go on beside it and a kill loses a page.

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::operate {

struct UpkeepOptions {
    bool dry_run = false;

    /// Failed, skipped, cancelled and abandoned runs go after so long, others after so long.
    std::chrono::days keep_unsuccessful{30};
    std::chrono::days keep_successful{800};

    /// Of failures of one step, scope and reason older than this only the newest stays.
    std::chrono::hours fold_after{24};

    /// Decisions of the controller, messages that were sent, alerts that were resolved, batches
    /// that have ended.
    std::chrono::days keep_decisions{90};
};

struct UpkeepReport {
    std::int64_t abandoned = 0;  ///< running, and nobody was
    std::int64_t overdue = 0;    ///< waiting past their deadline
    std::int64_t folded = 0;     ///< the same failure again and again
    std::int64_t expired = 0;    ///< older than they are kept
    std::int64_t decisions = 0;  ///< of the controller, older than they are kept
    std::int64_t messages = 0;   ///< sent, older than they are kept
    std::int64_t alerts = 0;     ///< resolved, older than they are kept
    std::int64_t batches = 0;    ///< ended, older than they are kept

    [[nodiscard]] std::int64_t changed() const {
        return abandoned + overdue + folded + expired + decisions + messages + alerts + batches;
    }

    /// "2 abandoned, 480 folded, 12 expired"; "nothing to do".
    [[nodiscard]] std::string words() const;
};

/// What was done, or would be. `ledger` is the process's own: after a jump of the clock that it has
/// seen nothing is closed by its lease or deadline.
Expected<UpkeepReport> upkeep(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                              const UpkeepOptions& options);

}  // namespace tipoff::operate
