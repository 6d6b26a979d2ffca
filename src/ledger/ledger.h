#pragma once
/// The ledger, as a worker sees it: one run, one row.
///
/// A run is begun, holds a lease that its heartbeat extends, and ends in a final state that never
/// changes again. A run that was planned (`run_queue.h`) and fails for a reason that may pass waits
/// and goes again in the same row; whose lease ran out is closed by whoever looks next. Every
/// change of a row is guarded by run id, state, attempt and fencing token, and raises
/// `row_version`: a run that was taken over fails with `kFenced` and nothing of it is written.
/// Completion is committed in the same transaction as the run's outputs.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/clock_jumps.h"
#include "ledger/ops_tables.h"
#include "ledger/run_state.h"
#include "store/database.h"

namespace tipoff::ledger {

/// How long a run may be silent, how often it gives a sign of life, and when a worker that could
/// not give one stops by itself: before anybody may take its run over.
inline constexpr std::chrono::seconds kLease{30};
inline constexpr std::chrono::seconds kBeat{10};
inline constexpr std::chrono::seconds kSilentWorkerStops{25};

/// A worker extends its lease by this before its write transaction, and stops beating.
inline constexpr std::chrono::seconds kWriteBudget{120};

/// The right to finish one run.
struct RunHandle {
    std::string run_id;
    std::int64_t fencing_token = 0;
    std::int32_t attempt = 1;
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
    std::string reason = {};
    std::string detail = {};

    /// Of a failure: it may pass, so a planned run waits and goes again.
    bool may_pass = false;

    /// What it was asked for is not to be had before then: a planned run goes again at that
    /// instant of the league, and the attempt does not count.
    std::optional<Instant> not_before = std::nullopt;
};

class Ledger {
public:
    /// `database` and `clock` outlive the ledger.
    Ledger(store::Database& database, const Clock& clock);

    /// Begins a run. A planned run of the same step and scope that waits is the one that is begun;
    /// else a new row is written. One that is running under a live lease is `kBusy`; one whose
    /// lease ran out is closed first, unless the clock has just jumped.
    Expected<RunHandle> start(const RunRequest& request);

    /// A sign of life: extends the lease. The one change that does not raise `row_version`, so that
    /// it never fences the run's own writing.
    Status beat(const RunHandle& run);

    /// Extends the lease by the write budget before a write transaction.
    Status prepare_to_write(const RunHandle& run);

    /// Ends the run inside the transaction that holds its outputs; visible when that commits. A
    /// planned run that may go again waits in place of ending; the state that it came to is
    /// returned. `kFenced` when the run is no longer ours.
    Expected<RunState> finish(store::Transaction& transaction, const RunHandle& run,
                              const RunOutcome& outcome);

    /// Ends a run without outputs (failed, skipped), in a transaction of its own.
    Expected<RunState> finish(const RunHandle& run, const RunOutcome& outcome);

    /// Ends a run without outputs by the error that stopped it. A run that was fenced has nothing
    /// left to say; should this fail as well, the run's own error is still the one to tell.
    void finish_failed(const RunHandle& run, const Error& error);

    /// Closes every running run whose lease is over; returns how many. `all` is for the one process
    /// that holds the home's lock: whatever still runs then is dead. A page of which one is just
    /// ending is left to the next call. Right after a jump of the clock leases say nothing, and
    /// none is closed.
    Expected<std::int64_t> abandon_expired(bool all);

    /// Whether nothing is closed by its lease or deadline now (`clock_jumps.h`).
    [[nodiscard]] bool is_after_a_jump() { return jumps_.is_recent(); }

    /// The successful run whose outputs stand for exactly these dates: the newest of the step that
    /// touched any of them, when it covered just these. Nothing when another scope was written over
    /// a part since. The caller compares the input hash.
    Expected<std::optional<RunRow>> standing_success(std::string_view step,
                                                     const store::DateScope& dates);

private:
    store::Database& database_;
    const Clock& clock_;
    ClockJumps jumps_;
};

/// Whether the same call may succeed a while later: an upstream, the disk, or another process was
/// in the way. Anything else fails the same way again.
[[nodiscard]] bool may_pass(ErrorCode code);

}  // namespace tipoff::ledger
