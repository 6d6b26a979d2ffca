#include "base/running_clock.h"

namespace tipoff {

RunningClock::RunningClock(Instant start, double speed)
    : start_(start), speed_(speed), began_(system_.elapsed()) {}

Instant RunningClock::league_now() const {
    const auto passed = static_cast<double>((system_.elapsed() - began_).count());
    return start_ + std::chrono::microseconds{static_cast<std::int64_t>(passed * speed_)};
}

}  // namespace tipoff
