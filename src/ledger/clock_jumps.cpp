#include "ledger/clock_jumps.h"

#include "ledger/ledger.h"

namespace tipoff::ledger {
namespace {

/// Wall and elapsed time drift apart by less than this between two looks unless the clock was set.
constexpr std::chrono::seconds kClockJump{5};

}  // namespace

ClockJumps::ClockJumps(const Clock& clock)
    : clock_(clock), last_wall_(clock.wall_now()), last_elapsed_(clock.elapsed()) {}

bool ClockJumps::is_recent() {
    const std::lock_guard lock(mutex_);
    const Instant wall = clock_.wall_now();
    const auto elapsed = clock_.elapsed();
    const auto drift = (wall - last_wall_) - (elapsed - last_elapsed_);
    last_wall_ = wall;
    last_elapsed_ = elapsed;
    if (std::chrono::abs(drift) > kClockJump) quiet_until_ = elapsed + kLease;
    if (quiet_until_ && elapsed >= *quiet_until_) quiet_until_.reset();
    return quiet_until_.has_value();
}

}  // namespace tipoff::ledger
