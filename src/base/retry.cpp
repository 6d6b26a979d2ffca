#include "base/retry.h"

#include <algorithm>

#include "base/splitmix64.h"

namespace tipoff {
std::optional<std::chrono::milliseconds> RetryDelays::next(std::chrono::milliseconds at_least) {
    if (tries_ >= policy_.tries) return std::nullopt;
    constexpr int kMostDoublings = 30;
    const auto doubled = policy_.first * (std::int64_t{1} << std::min(tries_ - 1, kMostDoublings));
    const auto bound = std::min(policy_.cap, doubled);
    ++tries_;
    const auto jittered = static_cast<std::int64_t>(
        splitmix64(state_) % (static_cast<std::uint64_t>(bound.count()) + 1));
    return std::max(at_least, std::chrono::milliseconds{jittered});
}

}  // namespace tipoff
