#include "forecast/line_blend.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace tipoff::forecast {
namespace {

Forecast saying(double mean, double sd, Market market = Market::kPoints) {
    Forecast forecast;
    forecast.market = market;
    forecast.mean = mean;
    forecast.sd = sd;
    forecast.contributions.add(Part::kForm, mean);
    return forecast;
}

double chance_over(const CountDistribution& distribution, double line) {
    return distribution.p_over(line) / (distribution.p_over(line) + distribution.p_under(line));
}

RC_GTEST_PROP(LineBlend, TheMeanBehindALineGoesOverAsOftenAsItsPriceSays, ()) {
    const Market market = *rc::gen::elementOf(kMarkets);
    const KnownLine line{.line_value = *rc::gen::inRange(1, 80) / 2.0,
                         .p_over = *rc::gen::inRange(300, 700) / 1000.0};
    const double sd = *rc::gen::inRange(10, 90) / 10.0;
    const double mean = mean_behind(line, sd, market);
    RC_ASSERT(std::abs(chance_over({mean, sd, market}, line.line_value) - line.p_over) < 1e-4);
}

TEST(LineBlend, MovesTheMeanByItsWeightAndSaysSo) {
    const KnownLine line{.line_value = 22.5, .p_over = 0.5};
    const double of_line = mean_behind(line, 7, Market::kPoints);
    const Forecast own = saying(18, 7);
    const Forecast together =
        blended(own, line, {.weight = 0.75, .line_factor = 1, .sd_factor = 0.9});
    EXPECT_NEAR(together.mean, 0.75 * of_line + 0.25 * 18, 1e-9);
    EXPECT_NEAR(together.sd, 6.3, 1e-12);
    EXPECT_NEAR(together.contributions.sum(), together.mean, 1e-9);
    EXPECT_EQ(blended(own, line, {.weight = 0}).mean, 18);
}

/// Games in which the line knows the mean and we do not, or the other way round.
std::vector<GradedWithLine> games(bool the_line_knows, std::size_t count, double shade = 0) {
    std::vector<GradedWithLine> graded;
    std::uint64_t state = 99;
    const auto draw = [&state] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state >> 11U) / 9007199254740992.0;
    };
    for (std::size_t i = 0; i < count; ++i) {
        const double truth = 8 + 16 * draw();
        const double other = truth + 12 * (draw() - 0.5);
        const double line = the_line_knows ? truth : other;
        const CountDistribution distribution(truth, 5);
        graded.push_back({.own = saying(the_line_knows ? other : truth, 5),
                          .line = {.line_value = std::floor(line + shade) + 0.5, .p_over = 0.5},
                          .outcome = distribution.quantile(draw())});
    }
    return graded;
}

TEST(LineBlend, TrustsWhoKnows) {
    EXPECT_GT(fit_line_blend(games(true, 3000)).weight, 0.8);
    EXPECT_LT(fit_line_blend(games(false, 3000)).weight, 0.2);
}

TEST(LineBlend, TakesTheShadeOfLinesAway) {
    const double plain = fit_line_blend(games(true, 3000)).line_factor;
    const double shaded = fit_line_blend(games(true, 3000, 1)).line_factor;
    EXPECT_NEAR(plain, 1, 0.03);
    EXPECT_LT(shaded, plain - 0.04);  // a point of about sixteen
}

TEST(LineBlend, FewGamesAreNotFittedOn) {
    const LineBlend blend = fit_line_blend(games(false, 499));
    EXPECT_EQ(blend.weight, LineBlend{}.weight);
    EXPECT_EQ(blend.line_factor, 1);
    EXPECT_EQ(blend.sd_factor, 1);
}

}  // namespace
}  // namespace tipoff::forecast
