#include "support/eventually.h"

#include "base/clock.h"

namespace tipoff::support {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{10};

}  // namespace

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds within) {
    const SystemClock clock;
    SleepingWaiter waiter;
    const auto start = clock.elapsed();
    while (!condition()) {
        if (clock.elapsed() - start >= within) return false;
        waiter.wait(kBetweenLooks);
    }
    return true;
}

}  // namespace tipoff::support
