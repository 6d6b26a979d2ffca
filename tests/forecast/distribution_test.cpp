#include "forecast/distribution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

/// Means and spreads as forecasts have them: 0.3 to 45 points, variance 1.2 to 9 times the mean.
CountDistribution any_distribution() {
    const double mean = *rc::gen::inRange(30, 4500) / 100.0;
    const double dispersion = *rc::gen::inRange(120, 900) / 100.0;
    return {mean, std::sqrt(dispersion * mean)};
}

double brute_force_crps(const CountDistribution& distribution, int outcome) {
    double score = 0;
    for (int k = 0; k <= 2 * CountDistribution::kMaxCount; ++k) {
        double cumulative = 0;
        for (int j = 0; j <= k; ++j)
            cumulative += distribution.pmf(j);
        const double step = outcome <= k ? 1 : 0;
        score += (cumulative - step) * (cumulative - step);
    }
    return score;
}

// A negative binomial of size 2 and success 1/16 has mean 2 x 15 = 30 and variance 480:
// P(0) = 1/256, P(1) = 2 (15/16) / 256. At a mean of 30 the extra zeros are 0.985 exp(-30/2.8) =
// 0.00002; 30 is below 1.8 standard deviations, so that nothing is moved.
TEST(CountDistribution, IsANegativeBinomialWhereScoringNothingIsRare) {
    const CountDistribution distribution(30, std::sqrt(480.0));
    EXPECT_NEAR(distribution.pmf(0), 1.0 / 256, 1e-4);
    EXPECT_NEAR(distribution.pmf(1), 2 * (15.0 / 16) / 256, 1e-5);
    EXPECT_NEAR(distribution.cdf(1), 1.0 / 256 + 2 * (15.0 / 16) / 256, 1e-4);
}

// Mean 3, variance 15.21: z = 0.985 exp(-3/2.8) = 0.3374, odds 0.5092; body mean 4.5275, variance
// 16.039, size 1.7807, P_body(0) = 0.2823^1.7807 = 0.1052; P(0) = 0.3374 + 0.6626 x 0.1052 =
// 0.4071.
TEST(CountDistribution, GivesThoseWhoPlayLittleExtraZeros) {
    const CountDistribution distribution(3, 3.9);
    EXPECT_NEAR(distribution.pmf(0), 0.4071, 5e-5);
    EXPECT_EQ(distribution.median(), 2);
}

// Mean 20, sd 7.5: moved by 2.3 (20 - 13.5) = 14.95. A negative binomial of mean m and variance v
// has skewness (2 v / m - 1) / sd: (112.5 / 34.95 - 1) / 7.5 = 0.296 instead of (112.5 / 20 - 1) /
// 7.5 = 0.617. Extra zeros (0.0008) take 0.015 off.
TEST(CountDistribution, MakesHighScoresLessSkewed) {
    const auto skewness = [](const CountDistribution& d) {
        double sum = 0;
        for (int k = 0; k <= CountDistribution::kMaxCount; ++k)
            sum += d.pmf(k) * std::pow((k - d.mean()) / d.sd(), 3);
        return sum;
    };
    EXPECT_NEAR(skewness({20, 7.5}), 0.28, 0.01);
    EXPECT_NEAR(skewness({20, 7.5, Market::kPra}), 0.28, 0.01);
    EXPECT_NEAR(skewness({20, 7.5, Market::kRebounds}), 0.617, 0.002);
}

// Geometric with q = 40/41 (mean 40, variance 1640): F(k) = 1 - q^(k+1), so the CRPS at 0 is the
// sum of q^(2(k+1)) = 1600/81 = 19.753 up to the counts above 255, which are lumped: less q^512 /
// (1 - q^2) = 0.0001.
TEST(CountDistribution, HasTheScoreThatAGeometricSeriesSays) {
    EXPECT_NEAR(CountDistribution(40, std::sqrt(1640.0)).crps(0), 1600.0 / 81, 0.002);
}

TEST(CountDistribution, ScoresAnOutcomeBeyondItsTableByTheDistance) {
    const CountDistribution distribution(2, 1.6);
    EXPECT_NEAR(distribution.crps(1010) - distribution.crps(1000), 10, 1e-9);
}

TEST(CountDistribution, PricesHalfAndWholeLines) {
    const CountDistribution distribution(12, 6);
    EXPECT_DOUBLE_EQ(distribution.p_over(10.5), 1 - distribution.cdf(10));
    EXPECT_DOUBLE_EQ(distribution.p_push(10.5), 0);
    EXPECT_DOUBLE_EQ(distribution.p_under(10.5), distribution.cdf(10));
    EXPECT_DOUBLE_EQ(distribution.p_over(10), 1 - distribution.cdf(10));
    EXPECT_DOUBLE_EQ(distribution.p_push(10), distribution.pmf(10));
    EXPECT_DOUBLE_EQ(distribution.p_under(10), distribution.cdf(9));
    EXPECT_DOUBLE_EQ(distribution.p_under(0), 0);
    EXPECT_DOUBLE_EQ(distribution.p_over(-0.5), 1);
    EXPECT_DOUBLE_EQ(distribution.p_over(400), 0);
    EXPECT_DOUBLE_EQ(distribution.p_under(400), 1);
}

TEST(CountDistribution, RaisesASpreadThatNoCountOfItsKindCanHave) {
    const CountDistribution distribution(9, 0.5);
    EXPECT_NEAR(distribution.sd(), 3, 0.01);  // Poisson
    EXPECT_NEAR(distribution.pmf(9), std::exp(-9.0) * std::pow(9.0, 9) / 362880, 1e-3);
}

TEST(CountDistribution, RefusesWhatIsNotAMeanOrASpread) {
    EXPECT_THROW(CountDistribution(std::nan(""), 1), InvariantBroken);
    EXPECT_THROW(CountDistribution(0, 1), InvariantBroken);
    EXPECT_THROW(CountDistribution(5, 0), InvariantBroken);
    EXPECT_THROW(CountDistribution(5, std::nan("")), InvariantBroken);
}

RC_GTEST_PROP(CountDistribution, ProbabilitiesAddUpToOneAndTheMomentsAreThoseAskedFor, ()) {
    const CountDistribution distribution = any_distribution();
    double total = 0, mean = 0, squares = 0;
    for (int k = 0; k <= CountDistribution::kMaxCount; ++k) {
        const double p = distribution.pmf(k);
        RC_ASSERT(p >= 0);
        total += p;
        mean += p * k;
        squares += p * k * k;
    }
    RC_ASSERT(std::abs(total - 1) < 1e-9);
    RC_ASSERT(std::abs(mean - distribution.mean()) < 1e-3 * distribution.mean());
    RC_ASSERT(std::abs(std::sqrt(squares - mean * mean) - distribution.sd()) <
              2e-3 * distribution.sd());
}

RC_GTEST_PROP(CountDistribution, QuantilesInvertTheCumulative, ()) {
    const CountDistribution distribution = any_distribution();
    const double p = *rc::gen::inRange(1, 1000) / 1000.0;
    const int quantile = distribution.quantile(p);
    RC_ASSERT(distribution.cdf(quantile) >= p);
    RC_ASSERT(quantile == 0 || distribution.cdf(quantile - 1) < p);
}

RC_GTEST_PROP(CountDistribution, EveryBetIsWonLostOrPushed, ()) {
    const CountDistribution distribution = any_distribution();
    const double line = *rc::gen::inRange(-4, 200) / 2.0;
    const double total =
        distribution.p_over(line) + distribution.p_push(line) + distribution.p_under(line);
    RC_ASSERT(std::abs(total - 1) < 1e-12);
    RC_ASSERT(distribution.p_over(line + 0.5) <= distribution.p_over(line));
}

RC_GTEST_PROP(CountDistribution, TheScoreIsThatOfItsDefinition, ()) {
    const CountDistribution distribution = any_distribution();
    const int outcome = *rc::gen::inRange(0, 70);
    RC_ASSERT(std::abs(distribution.crps(outcome) - brute_force_crps(distribution, outcome)) <
              1e-9);
}

RC_GTEST_PROP(CountDistribution, AWiderSpreadIsAWiderInterval, ()) {
    const double mean = *rc::gen::inRange(800, 4000) / 100.0;
    const double sd = mean * *rc::gen::inRange(40, 60) / 100.0;
    const CountDistribution narrow(mean, sd), wide(mean, 1.25 * sd);
    const auto width = [](const CountDistribution& d) { return d.quantile(0.9) - d.quantile(0.1); };
    RC_ASSERT(width(wide) > width(narrow));
}

// Outcomes drawn from the forecast itself at evenly spaced levels: the randomised PIT has to be
// uniform.
TEST(CountDistribution, TheRandomisedTransformOfItsOwnOutcomesIsUniform) {
    constexpr int kDraws = 20000;
    constexpr double kGolden = 0.6180339887498949;
    for (const double mean : {1.5, 6.0, 24.0}) {
        const CountDistribution distribution(mean, std::sqrt(4 * mean));
        int within_80 = 0, below_half = 0;
        for (int i = 0; i < kDraws; ++i) {
            const int outcome = distribution.quantile((i + 0.5) / kDraws);
            const double pit = distribution.randomised_pit(outcome, std::fmod(i * kGolden, 1.0));
            ASSERT_GE(pit, 0);
            ASSERT_LE(pit, 1);
            within_80 += pit >= 0.1 && pit <= 0.9 ? 1 : 0;
            below_half += pit < 0.5 ? 1 : 0;
        }
        EXPECT_NEAR(within_80 / double{kDraws}, 0.8, 0.005) << "mean " << mean;
        EXPECT_NEAR(below_half / double{kDraws}, 0.5, 0.005) << "mean " << mean;
    }
}

}  // namespace
}  // namespace tipoff::forecast
