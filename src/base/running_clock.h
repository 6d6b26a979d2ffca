#pragma once
/// A league's clock that starts at a given instant and runs on from there.

#include "base/clock.h"

namespace tipoff {

/// The league's now is `start` when the clock is made, and then goes `speed` times as fast as real
/// time. The machine's clocks are as they are.
class RunningClock final : public Clock {
public:
    explicit RunningClock(Instant start, double speed = 1.0);

    [[nodiscard]] Instant league_now() const override;
    [[nodiscard]] Instant wall_now() const override { return machine_.wall_now(); }
    [[nodiscard]] std::chrono::microseconds elapsed() const override { return machine_.elapsed(); }

private:
    SystemClock machine_;
    Instant start_;
    double speed_;
    std::chrono::microseconds made_;
};

}  // namespace tipoff
