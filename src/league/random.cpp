#include "league/random.h"

#include <bit>
#include <cstddef>

#include "base/error.h"
#include "base/splitmix64.h"
#include "league/portable_math.h"

namespace tipoff::league {
namespace {

constexpr double kTwoToMinus53 = 1.0 / 9007199254740992.0;

/// One number out of two, such that neighbours end far apart.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    std::uint64_t state = hash ^ (value * 0xD6E8FEB86659FD93ULL);
    return splitmix64(state);
}

}  // namespace

Random::Random(std::uint64_t seed, Stream stream, std::uint64_t first, std::uint64_t second) {
    std::uint64_t state = mixed(seed, static_cast<std::uint64_t>(stream));
    state = mixed(state, first + 1);
    state = mixed(state, second + 1);
    for (auto& word : state_)
        word = splitmix64(state);
}

std::uint64_t Random::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11U) * kTwoToMinus53; }

int Random::below(int count) { return static_cast<int>(uniform() * count); }

double Random::normal(double mean, double sd) {
    // The middle of the 2^-53 wide cell: never 0 nor 1.
    const double p = (static_cast<double>(next() >> 11U) + 0.5) * kTwoToMinus53;
    return mean + sd * normal_quantile(p);
}

std::size_t Random::pick(std::span<const double> weights) {
    double total = 0.0;
    for (const double weight : weights)
        total += weight;
    require(total > 0.0, "a choice needs a weight above zero");
    double left = uniform() * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0.0) continue;
        last = i;
        if (left < weights[i]) return i;
        left -= weights[i];
    }
    return last;
}

}  // namespace tipoff::league
