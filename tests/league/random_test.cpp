#include "league/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "base/error.h"

namespace tipoff::league {
namespace {

TEST(RandomStream, IsTheSameEverywhere) {
    // By an independent implementation of splitmix64 and xoshiro256**; the bytes of every season
    // depend on these numbers.
    Random random(7, Stream::kGame, 9'022'500'001, 0);
    EXPECT_EQ(random.next(), 7778638918836258189ULL);
    EXPECT_EQ(random.next(), 18339692204340605385ULL);
}

TEST(RandomStream, DiffersByEachPartOfItsName) {
    const std::set<std::uint64_t> firsts{
        Random(7, Stream::kGame, 1, 2).next(), Random(8, Stream::kGame, 1, 2).next(),
        Random(7, Stream::kForm, 1, 2).next(), Random(7, Stream::kGame, 2, 1).next(),
        Random(7, Stream::kGame, 1, 3).next(), Random(7, Stream::kGame).next()};
    EXPECT_EQ(firsts.size(), 6U);
}

TEST(RandomStream, NormalHasItsMeanAndSpread) {
    Random random(1, Stream::kForm);
    constexpr int kDraws = 200'000;
    double sum = 0.0;
    double squares = 0.0;
    int beyond_two = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double x = random.normal(3.0, 2.0);
        sum += x;
        squares += (x - 3.0) * (x - 3.0);
        beyond_two += std::abs(x - 3.0) > 4.0 ? 1 : 0;
    }
    EXPECT_NEAR(sum / kDraws, 3.0, 0.02);
    EXPECT_NEAR(std::sqrt(squares / kDraws), 2.0, 0.02);
    EXPECT_NEAR(static_cast<double>(beyond_two) / kDraws, 0.0455, 0.002);
}

TEST(RandomStream, WholeNumbersFillTheirRangeEvenly) {
    Random random(2, Stream::kForm);
    std::array<int, 6> seen{};
    for (int i = 0; i < 60'000; ++i) {
        const int value = random.between(3, 8);
        ASSERT_GE(value, 3);
        ASSERT_LE(value, 8);
        ++seen[static_cast<std::size_t>(value - 3)];
    }
    for (const int count : seen)
        EXPECT_NEAR(count, 10'000, 400);
}

TEST(RandomStream, PicksInProportionToWeights) {
    Random random(3, Stream::kForm);
    const std::array<double, 4> weights{1.0, 0.0, 3.0, 6.0};
    std::array<int, 4> seen{};
    for (int i = 0; i < 100'000; ++i)
        ++seen[random.pick(weights)];
    EXPECT_NEAR(seen[0], 10'000, 500);
    EXPECT_EQ(seen[1], 0);
    EXPECT_NEAR(seen[2], 30'000, 700);
    EXPECT_NEAR(seen[3], 60'000, 700);
}

TEST(RandomStream, ChoosingAmongNothingIsADefect) {
    Random random(4, Stream::kForm);
    const std::array<double, 2> weights{0.0, 0.0};
    EXPECT_THROW(random.pick(weights), InvariantBroken);
}

}  // namespace
}  // namespace tipoff::league
