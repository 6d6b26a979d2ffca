#include "base/retry.h"

#include <algorithm>

namespace tipoff {
namespace {

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
std::uint64_t drawn(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

}  // namespace

std::optional<std::chrono::milliseconds> RetryDelays::next(std::chrono::milliseconds at_least) {
    if (tries_ >= policy_.tries) return std::nullopt;
    constexpr int kMostDoublings = 30;
    const auto doubled = policy_.first * (std::int64_t{1} << std::min(tries_ - 1, kMostDoublings));
    const auto bound = std::min(policy_.cap, doubled);
    ++tries_;
    const auto jittered =
        static_cast<std::int64_t>(drawn(state_) % (static_cast<std::uint64_t>(bound.count()) + 1));
    return std::max(at_least, std::chrono::milliseconds{jittered});
}

}  // namespace tipoff
