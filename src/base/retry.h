#pragma once
/// When a call that failed is tried again.
///
/// Delays double from the first to the cap, each drawn evenly between nothing and that bound ("full
/// jitter": Brooker, "Exponential backoff and jitter", 2015), by a seeded generator, so that many
/// who failed together do not come back together and a test knows when.

#include <chrono>
#include <cstdint>
#include <optional>

namespace tipoff {

struct RetryPolicy {
    int tries = 5;  ///< in all
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds cap{60'000};
};

class RetryDelays {
public:
    RetryDelays(const RetryPolicy& policy, std::uint64_t seed) : policy_(policy), state_(seed) {}

    /// How long to wait before the next try, at least `at_least` (what the other side asked for);
    /// nothing when the tries are used up.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next(
        std::chrono::milliseconds at_least = {});

    /// Tries begun so far: 1 before the first call of `next`.
    [[nodiscard]] int tries() const { return tries_; }

private:
    RetryPolicy policy_;
    std::uint64_t state_;
    int tries_ = 1;
};

}  // namespace tipoff
