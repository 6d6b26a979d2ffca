#include "base/running_clock.h"

namespace tipoff {

RunningClock::RunningClock(Instant start, double speed)
    : start_(start), speed_(speed), made_(machine_.elapsed()) {}

Instant RunningClock::league_now() const {
    const auto since = static_cast<double>((elapsed() - made_).count()) * speed_;
    return start_ + std::chrono::microseconds{static_cast<std::int64_t>(since)};
}

}  // namespace tipoff
