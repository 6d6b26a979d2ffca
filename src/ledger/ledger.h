#pragma once
/// The ledger: one run, one row.
///
/// A run is `running` until it is `succeeded`, `failed`, `skipped` or `abandoned`, and then never
/// changes again. It holds a lease that its heartbeat extends; a run whose lease ran out is marked
/// `abandoned` by whoever looks next. Every change of a row is guarded by run id, fencing token and
/// state, and raises `row_version`: a run that was taken over fails with `kFenced` and nothing of
/// it is written. Completion is committed in the same transaction as the run's outputs.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ops_tables.h"
#include "store/database.h"

namespace tipoff::ledger {

enum class RunState : std::uint8_t { kRunning, kSucceeded, kFailed, kSkipped, kAbandoned };

[[nodiscard]] std::string_view to_string(RunState state);

/// How long a run may be silent. A worker extends it by `kWriteBudget` before its write transaction
/// and stops beating.
inline constexpr std::chrono::seconds kLease{60};
inline constexpr std::chrono::seconds kWriteBudget{120};

/// The right to finish one run.
struct RunHandle {
    std::string run_id;
    std::int64_t fencing_token = 0;
};

struct RunRequest {
    std::string step;
    std::string scope;
    std::optional<store::DateScope>
        dates;  ///< that its outputs cover; a single one is also its game date
    std::string input_hash;
};

struct RunOutcome {
    RunState state = RunState::kSucceeded;
    std::int64_t rows = 0;
    std::int64_t merges = 0;
    std::string reason;
    std::string detail;
};

class Ledger {
public:
    /// The clock's wall and elapsed time are used, never the league's. `database` and `clock`
    /// outlive the ledger.
    Ledger(store::Database& database, const Clock& clock);

    /// Writes the row `running`. A run of the same step and scope that is still running under a
    /// live lease is `kBusy`; one whose lease ran out is marked abandoned first.
    Expected<RunHandle> start(const RunRequest& request);

    /// A sign of life: extends the lease. The one change that does not raise `row_version`, so that
    /// it never fences the run's own writing.
    Status beat(const RunHandle& run);

    /// Extends the lease by the write budget before a write transaction.
    Status prepare_to_write(const RunHandle& run);

    /// Ends the run inside the transaction that holds its outputs; visible when that commits.
    /// `kFenced` when the run is no longer ours.
    Status finish(store::Transaction& transaction, const RunHandle& run, const RunOutcome& outcome);

    /// Ends a run without outputs (failed, skipped), in a transaction of its own.
    Status finish(const RunHandle& run, const RunOutcome& outcome);

    /// Ends a run without outputs by the error that stopped it. A run that was fenced has nothing
    /// left to say; should this fail as well, the run's own error is still the one to tell.
    void finish_failed(const RunHandle& run, const Error& error);

    /// Marks every running run whose lease is over as abandoned; returns how many. `all` is for the
    /// one process that holds the home's lock: whatever still runs then is dead.
    Expected<std::int64_t> abandon_expired(bool all);

    /// The succeeded run whose outputs stand for exactly these dates: the newest of the step that
    /// touched any of them, when it covered just these. Nothing when another scope was written over
    /// a part since. The caller compares the input hash.
    Expected<std::optional<RunRow>> standing_success(std::string_view step,
                                                     const store::DateScope& dates);

private:
    store::Database& database_;
    const Clock& clock_;
};

}  // namespace tipoff::ledger
