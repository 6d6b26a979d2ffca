// The fast windows against a plain reference on random input.
#include "features/windows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace tipoff::features {
namespace {

struct Reference {
    double mean;
    double sd;
};

/// Straight from the definition, over the last `length` values.
Reference reference_of_last(const std::vector<double>& values, std::size_t length) {
    const std::size_t count = std::min(length, values.size());
    const std::vector<double> last(values.end() - static_cast<std::ptrdiff_t>(count), values.end());
    if (last.empty()) return {kUnknown, kUnknown};
    const double mean = std::accumulate(last.begin(), last.end(), 0.0) / static_cast<double>(count);
    if (count < 2) return {mean, kUnknown};
    double squares = 0;
    for (const double value : last)
        squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / static_cast<double>(count - 1))};
}

bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) < 1e-9; }

RC_GTEST_PROP(Windows, AgreeWithThePlainReference, ()) {
    const auto points = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 82));
    RecentGames<double, 20> games;
    std::vector<double> seen;
    for (const int value : points) {
        games.push(value);
        seen.push_back(value);
        for (const std::size_t length : {3U, 5U, 10U, 20U}) {
            const Moments fast = moments_of_last(games, length, [](double v) { return v; });
            const Reference plain = reference_of_last(seen, length);
            RC_ASSERT(same(fast.mean(), plain.mean));
            RC_ASSERT(same(fast.sd(), plain.sd));
        }
    }
}

RC_GTEST_PROP(Windows, PassOverWhatIsNotOnRecord, ()) {
    const auto known = *rc::gen::container<std::vector<bool>>(rc::gen::arbitrary<bool>());
    RecentGames<double, 10> games;
    for (std::size_t i = 0; i < known.size(); ++i)
        games.push(known[i] ? static_cast<double>(i) : kUnknown);
    double sum = 0, count = 0;
    for (std::size_t i = known.size() - std::min<std::size_t>(10, known.size()); i < known.size();
         ++i) {
        if (!known[i]) continue;
        sum += static_cast<double>(i);
        count += 1;
    }
    const Moments moments = moments_of_last(games, 10, [](double v) { return v; });
    RC_ASSERT(moments.count == count);
    RC_ASSERT(same(moments.mean(), ratio(sum, count)));
}

TEST(Windows, NewestComesFirst) {
    RecentGames<int, 3> games;
    for (const int value : {1, 2, 3, 4})
        games.push(value);
    EXPECT_EQ(games.size(), 3U);
    EXPECT_EQ(games[0], 4);
    EXPECT_EQ(games[1], 3);
    EXPECT_EQ(games[2], 2);
}

TEST(Windows, SpreadNeedsTwoValuesAndMeansOne) {
    Moments moments;
    EXPECT_TRUE(std::isnan(moments.mean()));
    moments.add(7);
    EXPECT_EQ(moments.mean(), 7);
    EXPECT_TRUE(std::isnan(moments.sd()));
    moments.add(11);
    EXPECT_DOUBLE_EQ(moments.sd(), std::sqrt(8.0));  // ((7-9)^2 + (11-9)^2) / 1
}

TEST(Windows, DecayedSumHalvesWithTheHalfLife) {
    constexpr double kHalfLife1 = 0.5;
    DecayedSum sum;
    sum.add(10, kHalfLife1);
    sum.add(40, kHalfLife1);
    // Weights 1/2 and 1: (10/2 + 40) / 1.5 = 30.
    EXPECT_DOUBLE_EQ(sum.mean(), 30);
}

TEST(Windows, StateOfOneNeverSeenIsFresh) {
    ByIndex<int> counts;
    counts[5] = 3;
    EXPECT_EQ(std::as_const(counts)[5], 3);
    EXPECT_EQ(std::as_const(counts)[2], 0);
    EXPECT_EQ(std::as_const(counts)[4000], 0);
}

}  // namespace
}  // namespace tipoff::features
