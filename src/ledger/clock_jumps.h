#pragma once
/// Jumps of the machine's clock: it was set, or the machine slept. Every lease seems over then,
/// while those who hold them live on.

#include <chrono>
#include <mutex>
#include <optional>

#include "base/clock.h"

namespace tipoff::ledger {

/// Any thread may ask. Jumps before it was made, or of a process that never asks, are not seen.
class ClockJumps {
public:
    /// `clock` outlives it.
    explicit ClockJumps(const Clock& clock);

    /// Whether the clock jumped since the last look, or less than a lease ago: the living beat
    /// meanwhile, and nothing is closed.
    [[nodiscard]] bool is_recent();

private:
    const Clock& clock_;
    std::mutex mutex_;
    Instant last_wall_;
    std::chrono::microseconds last_elapsed_;
    std::optional<std::chrono::microseconds> quiet_until_;
};

}  // namespace tipoff::ledger
