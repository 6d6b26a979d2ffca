#pragma once
/// The one place that reads the machine's clocks. Everything else is handed a `Clock`.

#include <chrono>

#include "base/calendar.h"

namespace tipoff {

class Clock {
public:
    virtual ~Clock() = default;

    /// The league's now: what "today" means. `--now` moves it.
    [[nodiscard]] virtual Instant league_now() const = 0;

    /// The machine's now, for what happened to a run. `--now` never moves it.
    [[nodiscard]] virtual Instant wall_now() const = 0;

    /// Time that only goes forward, for durations and leases.
    [[nodiscard]] virtual std::chrono::microseconds elapsed() const = 0;
};

/// The machine's clocks, the league's now replaced where a replay asks for it.
class SystemClock final : public Clock {
public:
    SystemClock() = default;
    explicit SystemClock(Instant league_now) : league_now_(league_now) {}

    [[nodiscard]] Instant league_now() const override;
    [[nodiscard]] Instant wall_now() const override;
    [[nodiscard]] std::chrono::microseconds elapsed() const override;

private:
    std::optional<Instant> league_now_;
};

/// A clock that stands still until it is moved.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant now) : now_(now) {}

    void advance(std::chrono::microseconds by) { now_ += by; }

    [[nodiscard]] Instant league_now() const override { return now_; }
    [[nodiscard]] Instant wall_now() const override { return now_; }
    [[nodiscard]] std::chrono::microseconds elapsed() const override {
        return now_.time_since_epoch();
    }

private:
    Instant now_;
};

}  // namespace tipoff
