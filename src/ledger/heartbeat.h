#pragma once
/// A run's signs of life while its worker works.

#include <atomic>
#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "base/ticker.h"
#include "ledger/ledger.h"

namespace tipoff::ledger {

/// Beats every `kBeat` until it is stopped. A worker asks `is_lost` between its pieces of work and
/// stops when it is: the run is another's, or beats have failed for so long that it may soon be. A
/// beat that was merely not due is no loss.
class Heartbeat {
public:
    /// All outlive it.
    Heartbeat(Ledger& ledger, const RunHandle& run, const Clock& clock,
              std::chrono::milliseconds interval = kBeat);

    [[nodiscard]] bool is_lost() const;

    /// Beats now; what the beat found is what `is_lost` goes by.
    void beat();

    /// Stops beating and extends the lease by the write budget: call it right before the write
    /// transaction. `kFenced` when the run was lost.
    Status stop_and_prepare_to_write();

private:
    Ledger& ledger_;
    RunHandle run_;
    const Clock& clock_;
    std::atomic<std::int64_t> confirmed_at_;  ///< microseconds of elapsed time
    std::atomic<bool> is_fenced_{false};
    std::atomic<bool> has_failed_{false};  ///< the last beat did
    std::optional<Ticker> ticker_;
};

}  // namespace tipoff::ledger
