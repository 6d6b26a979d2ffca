#include "grade/measures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "forecast/line.h"

namespace tipoff::grade {
namespace {

/// A graded forecast by its mean, median, outcome, CRPS and PIT.
Accuracy graded(double mean, int median, int actual, double crps, double pit) {
    Accuracy row;
    row.outcome = kGraded;
    row.actual = actual;
    row.mean = mean;
    row.absolute_error = std::abs(median - actual);
    row.absolute_error_mean = std::abs(mean - actual);
    row.error = mean - actual;
    row.crps = crps;
    row.pit = pit;
    return row;
}

TEST(ForecastMeasures, AreThoseWorkedOutByHand) {
    // mean  median  actual   |median-a|  |mean-a|  mean-a  squared   pit
    // 10.5    10      12          2         1.5     -1.5     2.25    0.05   in 95
    // 20.0    19      16          3         4.0      4.0    16.00    0.50   in 80 and 95
    //  5.5     5       5          0         0.5      0.5     0.25    0.90   in 80 and 95 (a bound)
    //  8.0     8      18         10        10.0    -10.0   100.00    0.99   in neither
    ForecastMeasures measures;
    measures.add(graded(10.5, 10, 12, 1, 0.05));
    measures.add(graded(20, 19, 16, 2, 0.5));
    measures.add(graded(5.5, 5, 5, 0.5, 0.9));
    measures.add(graded(8, 8, 18, 6.5, 0.99));
    EXPECT_EQ(measures.n(), 4);
    EXPECT_EQ(measures.mae(), 15.0 / 4);
    EXPECT_EQ(measures.mae_mean(), 16.0 / 4);
    EXPECT_EQ(measures.bias(), -7.0 / 4);
    EXPECT_DOUBLE_EQ(measures.rmse(), std::sqrt(118.5 / 4));
    EXPECT_EQ(measures.crps(), 2.5);
    EXPECT_EQ(measures.coverage_80(), 0.5);
    EXPECT_EQ(measures.coverage_95(), 0.75);
}

TEST(ForecastMeasures, AreUnknownWithoutForecasts) {
    const ForecastMeasures none;
    EXPECT_EQ(none.n(), 0);
    for (const double measure : {none.mae(), none.mae_mean(), none.rmse(), none.bias(), none.crps(),
                                 none.coverage_80(), none.coverage_95()}) {
        EXPECT_TRUE(std::isnan(measure));
    }
}

TEST(PairedErrors, AreThoseWorkedOutByHand) {
    // ours  of the mean  other      ours - other   ours - (3/4) other
    //   2       1.5        4             -2                -1
    //   3       4.0        2              1                 1.5
    //   1       0.5        2             -1                -0.5
    // sums 6, 6, 8; differences from their mean of -2/3: 14/3 squared in all; residuals: 3.5.
    PairedErrors errors;
    errors.add(graded(10.5, 10, 12, 1, 0.5), 4);
    errors.add(graded(20, 19, 16, 1, 0.5), 2);
    errors.add(graded(5.5, 6, 5, 1, 0.5), 2);
    EXPECT_EQ(errors.n(), 3);
    EXPECT_EQ(errors.mae(), 2);
    EXPECT_EQ(errors.mae_mean(), 2);
    EXPECT_DOUBLE_EQ(errors.other_mae(), 8.0 / 3);
    EXPECT_EQ(errors.ratio(), 0.75);
    EXPECT_EQ(errors.ratio_mean(), 0.75);
    EXPECT_DOUBLE_EQ(errors.difference(), -2.0 / 3);
    EXPECT_DOUBLE_EQ(errors.difference_standard_error(), std::sqrt(14.0 / 3 / (3 * 2)));
    EXPECT_DOUBLE_EQ(errors.ratio_standard_error(), std::sqrt(3.5 / (3 * 2)) / (8.0 / 3));
}

TEST(PairedErrors, AreUnknownWhereThereIsNothingToCompare) {
    PairedErrors errors;
    for (const double measure : {errors.mae(), errors.mae_mean(), errors.other_mae(),
                                 errors.ratio(), errors.ratio_mean(), errors.difference()}) {
        EXPECT_TRUE(std::isnan(measure));
    }
    errors.add(graded(10.5, 10, 12, 1, 0.5), 0);
    EXPECT_TRUE(std::isnan(errors.ratio()));  // of a number that never missed
    EXPECT_EQ(errors.difference(), 2);
    EXPECT_TRUE(std::isnan(errors.difference_standard_error()));  // of one pair
}

TEST(WilsonInterval, AgreesWithPublishedValues) {
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method
    // 3 (score, no continuity correction).
    const auto expect = [](int successes, int trials, double low, double high) {
        const Interval interval = wilson_interval(successes, trials);
        EXPECT_NEAR(interval.low, low, 0.00005) << successes << " of " << trials;
        EXPECT_NEAR(interval.high, high, 0.00005) << successes << " of " << trials;
    };
    expect(81, 263, 0.2553, 0.3662);
    expect(15, 148, 0.0624, 0.1605);
    expect(0, 20, 0, 0.1611);
    expect(1, 29, 0.0061, 0.1718);
}

TEST(WilsonInterval, StaysInsideZeroAndOneAndIsUnknownWithoutTrials) {
    EXPECT_EQ(wilson_interval(0, 5).low, 0);
    EXPECT_EQ(wilson_interval(5, 5).high, 1);
    EXPECT_TRUE(std::isnan(wilson_interval(0, 0).low));
    EXPECT_TRUE(std::isnan(wilson_interval(0, 0).high));
}

TEST(BetMeasures, BreakEvenAndReturnAreAtTheRealPrices) {
    // -110 pays 1.909090..., +120 pays 2.2, -125 pays 1.8; the best prices are -105 (1.952380...),
    // +120 and -120 (1.833333...).
    const auto decimal = [](int odds) { return forecast::decimal_odds(odds); };
    BetMeasures bets;
    bets.add(BetMeasures::Result::kWon, decimal(-110), decimal(-105));
    bets.add(BetMeasures::Result::kLost, decimal(120), decimal(120));
    bets.add(BetMeasures::Result::kWon, decimal(-125), decimal(-120));
    EXPECT_EQ(bets.bets(), 3);
    EXPECT_DOUBLE_EQ(bets.hit_rate(), 2.0 / 3);
    // 110/210 + 100/220 + 125/225 over 3.
    EXPECT_NEAR(bets.break_even(), (110.0 / 210 + 100.0 / 220 + 125.0 / 225) / 3, 1e-15);
    // 100/110 - 1 + 100/125 over 3.
    EXPECT_NEAR(bets.roi(), (100.0 / 110 - 1 + 0.8) / 3, 1e-15);
    EXPECT_NEAR(bets.roi_best_price(), (100.0 / 105 - 1 + 100.0 / 120) / 3, 1e-15);
}

TEST(BetMeasures, APushIsNoTrialAndPaysTheStakeBack) {
    BetMeasures bets;
    bets.add(BetMeasures::Result::kWon, 2, 2);
    bets.add(BetMeasures::Result::kPushed, 2, 2);
    EXPECT_EQ(bets.bets(), 2);
    EXPECT_EQ(bets.hit_rate(), 1);
    EXPECT_EQ(bets.interval().low, wilson_interval(1, 1).low);
    EXPECT_EQ(bets.roi(), 0.5);
}

TEST(BetMeasures, ReturnIsUnknownWithoutARealPrice) {
    BetMeasures bets;
    bets.add(BetMeasures::Result::kWon, kNone, kNone);
    EXPECT_EQ(bets.hit_rate(), 1);
    EXPECT_TRUE(std::isnan(bets.break_even()));
    EXPECT_TRUE(std::isnan(bets.roi()));
    EXPECT_TRUE(std::isnan(bets.roi_best_price()));

    // Bets with a price are counted alone: a lost bet without one does not change the return.
    bets.add(BetMeasures::Result::kWon, 2, 2);
    bets.add(BetMeasures::Result::kLost, kNone, kNone);
    EXPECT_EQ(bets.roi(), 1);
    EXPECT_EQ(bets.break_even(), 0.5);
}

TEST(BetMeasures, AreUnknownWithoutBets) {
    const BetMeasures none;
    EXPECT_EQ(none.bets(), 0);
    EXPECT_TRUE(std::isnan(none.hit_rate()));
    EXPECT_TRUE(std::isnan(none.interval().low));
    EXPECT_TRUE(std::isnan(none.roi()));
}

TEST(ProbabilityMeasures, AreThoseWorkedOutByHand) {
    // 0.8 and over: (0.2)^2 = 0.04, -ln 0.8.  0.6 and under: (0.6)^2 = 0.36, -ln 0.4.
    ProbabilityMeasures measures;
    measures.add(0.8, true);
    measures.add(0.6, false);
    EXPECT_DOUBLE_EQ(measures.brier(), 0.2);
    EXPECT_DOUBLE_EQ(measures.log_loss(), -(std::log(0.8) + std::log(0.4)) / 2);
}

TEST(ProbabilityMeasures, ACertaintyThatIsWrongCostsMuchButNotEverything) {
    ProbabilityMeasures measures;
    measures.add(1, false);
    EXPECT_EQ(measures.brier(), 1);
    EXPECT_NEAR(measures.log_loss(), -std::log(1e-6), 1e-6);
    EXPECT_TRUE(std::isnan(ProbabilityMeasures().brier()));
    EXPECT_TRUE(std::isnan(ProbabilityMeasures().log_loss()));
}

}  // namespace
}  // namespace tipoff::grade
