#pragma once
/// Portable random numbers: the same seed gives the same season on every machine and with every
/// library.
///
/// The generator is xoshiro256** (Blackman and Vigna), seeded by splitmix64. Independent streams
/// are named by what they are for and by up to two numbers (a player, a date), so that drawing more
/// in one place does not shift any other. A stream belongs to one thread. Draw only once in an
/// expression: compilers differ in which of two draws comes first.

#include <array>
#include <cstdint>
#include <span>

namespace tipoff::league {

/// What a stream of random numbers is for. The numbers are part of the format of a season: append
/// only.
enum class Stream : std::uint64_t {
    kPlayer = 1,
    kName = 2,
    kDraft = 3,
    kOffseason = 4,
    kSchedule = 5,
    kTrade = 6,
    kTeam = 7,
    kForm = 8,
    kAbsence = 9,
    kGame = 11,
    kShotChart = 12,
    kBookmaker = 13,
    kTipOff = 14,
    kReturn = 15,
    kHurtInGame = 16,
    kRole = 17,
    kNews = 18,
    kBiography = 19,
    kUpstream = 20,
    kFault = 21,
    kInPlay = 22,
};

class Random {
public:
    /// The stream of `seed` for one purpose, optionally one of many (`first`, `second`).
    Random(std::uint64_t seed, Stream stream, std::uint64_t first = 0, std::uint64_t second = 0);

    /// 64 random bits.
    std::uint64_t next();

    /// In [0, 1), a multiple of 2^-53.
    double uniform();

    /// In [low, high).
    double uniform(double low, double high) { return low + (high - low) * uniform(); }

    /// A whole number in [0, count); `count` is above 0.
    int below(int count);

    /// A whole number in [low, high].
    int between(int low, int high) { return low + below(high - low + 1); }

    bool chance(double probability) { return uniform() < probability; }

    /// Normal with this mean and standard deviation, by inversion: one uniform number a draw.
    double normal(double mean = 0.0, double sd = 1.0);

    /// An index, each with a probability in proportion to its weight; weights are not negative and
    /// not all 0.
    std::size_t pick(std::span<const double> weights);

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace tipoff::league
