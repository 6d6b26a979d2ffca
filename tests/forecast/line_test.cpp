#include "forecast/line.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

TEST(Odds, AreDecimalByTheirSign) {
    EXPECT_NEAR(decimal_odds(-110), 1.909091, 1e-6);
    EXPECT_DOUBLE_EQ(decimal_odds(150), 2.5);
    EXPECT_DOUBLE_EQ(decimal_odds(100), 2);
    EXPECT_DOUBLE_EQ(decimal_odds(-100), 2);
    EXPECT_THROW((void)decimal_odds(0), InvariantBroken);
    EXPECT_THROW((void)decimal_odds(-99), InvariantBroken);
}

// -110 both ways: 110/210 = 0.52381 each, 4.762% vig. -125 and +105: 0.555556 and 0.487805,
// vig 4.336%, over 0.532468.
TEST(NoVig, IsTakenOutInProportion) {
    const NoVig even = without_vig(-110, -110);
    EXPECT_DOUBLE_EQ(even.over, 0.5);
    EXPECT_NEAR(even.vig, 0.047619, 1e-6);
    const NoVig uneven = without_vig(-125, 105);
    EXPECT_NEAR(uneven.over, 0.532468, 1e-6);
    EXPECT_NEAR(uneven.under, 0.467532, 1e-6);
    EXPECT_NEAR(uneven.vig, 0.043360, 1e-6);
}

// A stake of 1 at -110 with 55% to win: 0.55 x 0.909091 - 0.45 = +0.05. With 10% pushes out of the
// loss: 0.55 x 0.909091 - 0.35.
TEST(ExpectedValue, IsTheProfitOfAUnit) {
    EXPECT_NEAR(expected_value(0.55, 0.45, -110), 0.05, 1e-6);
    EXPECT_NEAR(expected_value(0.55, 0.35, -110), 0.15, 1e-6);
}

TEST(FairLine, IsTheHalfLineNearestToAnEvenBet) {
    const CountDistribution distribution(20, 7.5);
    const double fair = fair_line(distribution);
    EXPECT_EQ(fair, std::floor(fair) + 0.5);
    const double distance = std::abs(distribution.p_over(fair) - 0.5);
    EXPECT_LT(distance, std::abs(distribution.p_over(fair - 1) - 0.5));
    EXPECT_LT(distance, std::abs(distribution.p_over(fair + 1) - 0.5));
    EXPECT_EQ(fair_line(CountDistribution(0.2, 0.9)), 0.5);
}

TEST(LineView, RecommendsTheSideThatThePriceUnderrates) {
    const CountDistribution distribution(20, 7.5);
    const LineView under = view_of_line(distribution, 24.5, {-110, -110});
    EXPECT_EQ(under.recommendation, Recommendation::kUnder);
    EXPECT_LT(under.edge, -kMinEdge);
    EXPECT_NEAR(under.expected_value(),
                distribution.p_under(24.5) * 0.909091 - distribution.p_over(24.5), 1e-6);
    const LineView over = view_of_line(distribution, 14.5, {-110, -110});
    EXPECT_EQ(over.recommendation, Recommendation::kOver);
    EXPECT_GT(over.expected_value(), kMinExpectedValue);
}

TEST(LineView, PassesWhereNothingCanBeSaid) {
    const CountDistribution distribution(20, 7.5);
    const LineView no_prices = view_of_line(distribution, 12.5, {});
    EXPECT_EQ(no_prices.recommendation, Recommendation::kPass);
    EXPECT_EQ(no_prices.pass_reason, PassReason::kNoPrices);
    EXPECT_TRUE(std::isnan(no_prices.edge));
    EXPECT_TRUE(std::isnan(no_prices.expected_value()));
    const LineView one_sided = view_of_line(distribution, 12.5, {.over = -110, .under = {}});
    EXPECT_EQ(one_sided.pass_reason, PassReason::kOneSided);
    EXPECT_GT(one_sided.expected_value(), 0.3);
}

TEST(LineView, PassesWhereTheForecastIsCloseToThePrice) {
    const CountDistribution distribution(20, 7.5);
    const LineView view = view_of_line(distribution, fair_line(distribution), {-110, -110});
    EXPECT_EQ(view.pass_reason, PassReason::kSmallEdge);
}

// An edge of more than 5 points against a vig of 20%.
TEST(LineView, PassesWhereTheVigTakesAll) {
    const CountDistribution distribution(20, 7.5);
    const LineView view = view_of_line(distribution, 21.5, {-150, -150});
    EXPECT_GT(std::abs(view.edge), kMinEdge);
    EXPECT_EQ(view.pass_reason, PassReason::kVigTakesAll);
    EXPECT_LT(view.expected_value(), kMinExpectedValue);
}

TEST(ReasonText, IsForAPersonToRead) {
    const CountDistribution distribution(19.8, 7.5);
    const LineView view = view_of_line(distribution, 24.5, {-110, -110});
    EXPECT_EQ(reason_text(view, distribution, "form 31 min +20.1, venue +0.1, absence -0.4"),
              "line 24.5, we say 19 (mean 19.8): form 31 min +20.1, venue +0.1, absence -0.4; over "
              "26%, the "
              "prices say 50%; UNDER at -110 is worth +0.42 a unit");
    EXPECT_EQ(reason_text(view_of_line(distribution, 20, {}), distribution, ""),
              "line 20, we say 19 (mean 19.8); over 47%; PASS: no prices");
}

RC_GTEST_PROP(LineView, NeverRecommendsABetThatItExpectsToLose, ()) {
    const double mean = *rc::gen::inRange(200, 3500) / 100.0;
    const CountDistribution distribution(mean, std::sqrt(3 * mean));
    const double line = *rc::gen::inRange(1, 80) / 2.0;
    const auto price = [] {
        const int size = *rc::gen::inRange(100, 300);
        return *rc::gen::arbitrary<bool>() ? size : -size;
    };
    const LineView view = view_of_line(distribution, line, {price(), price()});
    if (view.recommendation == Recommendation::kPass) return;
    RC_ASSERT(view.expected_value() >= kMinExpectedValue);
    RC_ASSERT((view.recommendation == Recommendation::kOver) == (view.edge > 0));
}

}  // namespace
}  // namespace tipoff::forecast
