#include "base/clock.h"

#include <thread>

namespace tipoff {

Instant SystemClock::league_now() const { return league_now_ ? *league_now_ : wall_now(); }

Instant SystemClock::wall_now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::chrono::microseconds SystemClock::elapsed() const {
    return std::chrono::floor<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void SleepingWaiter::wait(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

}  // namespace tipoff
