#pragma once
/// The ledger, as a scheduler sees it: runs are planned as rows before anything is done, become
/// ready when what they need is there, and wait by themselves when it is not.
///
/// All instants here are the league's. Changes of many rows are one transaction; each row's is
/// guarded by its run id, state, attempt and token, and one that was changed by somebody else
/// meanwhile is left to him.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/clock_jumps.h"
#include "ledger/ops_tables.h"
#include "ledger/run_state.h"
#include "store/database.h"

namespace tipoff::ledger {

/// A planned run is not begun more often: what has failed so often is for a person.
inline constexpr std::int32_t kMostAttempts = 8;

/// Most rows that one call reads or changes: the rest is for the next.
inline constexpr std::int64_t kRunPage = 1000;

struct PlannedRun {
    std::string step;
    std::string scope;
    std::string job;
    Instant logical_time{};
    std::int32_t revision = 1;
    std::optional<GameDate> game_date = std::nullopt;
    Instant deadline{};
    std::int32_t most_attempts = kMostAttempts;
};

struct Move {
    const RunRow* run = nullptr;
    RunState to = RunState::kReady;  ///< ready, retry_wait, skipped, failed or cancelled
    std::string waits_for = {};
    std::string reason = {};
    std::string detail = {};
    std::optional<Instant> not_before = std::nullopt;
};

class RunQueue {
public:
    /// Both outlive it.
    RunQueue(store::Database& database, const Clock& clock);

    /// Adds the runs in the caller's transaction; returns how many rows are new. A row of the same
    /// step, scope, logical time and revision is left as it is. One of the same step and scope that
    /// still waits for an earlier logical time or revision is skipped as `SUPERSEDED`: the new one
    /// does its work.
    Expected<std::int64_t> plan(store::Transaction& transaction, std::span<const PlannedRun> runs);

    /// Runs that are not begun and may be by now: `not_before` is over, or they wait for data. By
    /// logical time; a page at most.
    Expected<std::vector<RunRow>> due();

    /// The earliest `not_before` or deadline of a run that waits; nothing where none does.
    Expected<std::optional<Instant>> next_wake();

    /// Returns how many rows were changed: those that others changed first are left out.
    Expected<std::int64_t> move(std::span<const Move> moves);

    /// Ends a run that is not final as cancelled. Its worker, if there is one, is fenced.
    /// `kNotFound` for a run that never was, `kRefused` for one that has ended.
    Status cancel(const std::string& run_id, const std::string& why);

    /// Fails the waiting runs whose deadline is over (`DEADLINE_PASSED`; the detail says what they
    /// waited for); returns how many, a page at most.
    Expected<std::int64_t> close_overdue();

private:
    store::Database& database_;
    const Clock& clock_;
};

/// Closes what nobody will: running runs whose lease is over, and waiting ones past their deadline.
///
/// A machine that slept, or whose clock was set, finds every lease over at once while its workers
/// live on: after such a jump (`clock_jumps.h`) nothing is closed for the length of a lease, in
/// which they beat.
class Reaper {
public:
    Reaper(store::Database& database, const Clock& clock);

    /// Returns how many runs were closed.
    Expected<std::int64_t> pass();

private:
    store::Database& database_;
    const Clock& clock_;
    ClockJumps jumps_;
};

}  // namespace tipoff::ledger
