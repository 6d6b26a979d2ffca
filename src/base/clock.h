#pragma once
/// The one place that reads the machine's clocks. Everything else is handed a `Clock`.

#include <atomic>
#include <chrono>
#include <cstdint>

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

/// Lets time go by. Whoever waits is handed one, so that a test waits in no time.
class Waiter {
public:
    virtual ~Waiter() = default;
    virtual void wait(std::chrono::milliseconds time) = 0;
};

/// Puts the thread to sleep.
class SleepingWaiter final : public Waiter {
public:
    void wait(std::chrono::milliseconds time) override;
};

/// A clock that stands still until it is moved; read from any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant now) : microseconds_(now.time_since_epoch().count()) {}

    void advance(std::chrono::microseconds by) { microseconds_ += by.count(); }

    [[nodiscard]] Instant league_now() const override { return Instant{elapsed()}; }
    [[nodiscard]] Instant wall_now() const override { return Instant{elapsed()}; }
    [[nodiscard]] std::chrono::microseconds elapsed() const override {
        return std::chrono::microseconds{microseconds_.load()};
    }

private:
    std::atomic<std::int64_t> microseconds_;
};

/// Moves a clock instead.
class ManualWaiter final : public Waiter {
public:
    explicit ManualWaiter(ManualClock& clock) : clock_(clock) {}
    void wait(std::chrono::milliseconds time) override {
        clock_.advance(time);
        waited_ += time;
    }
    [[nodiscard]] std::chrono::milliseconds waited() const { return waited_; }

private:
    ManualClock& clock_;
    std::chrono::milliseconds waited_{};
};

}  // namespace tipoff
