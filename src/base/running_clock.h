#pragma once
/// A clock whose league time runs from a given instant, at a given speed.

#include "base/clock.h"

namespace tipoff {

class RunningClock final : public Clock {
public:
    /// The league's now is `start` now, and moves `speed` times as fast as the machine's time.
    RunningClock(Instant start, double speed);

    [[nodiscard]] Instant league_now() const override;
    [[nodiscard]] Instant wall_now() const override { return system_.wall_now(); }
    [[nodiscard]] std::chrono::microseconds elapsed() const override { return system_.elapsed(); }

private:
    SystemClock system_;
    Instant start_;
    double speed_;
    std::chrono::microseconds began_;
};

}  // namespace tipoff
