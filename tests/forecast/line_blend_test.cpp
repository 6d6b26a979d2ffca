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

TEST(LineBlend, MovesTheChanceByItsTrustAndSaysSo) {
    const KnownLine line{.line_value = 22.5, .p_over = 0.5};
    const Forecast own = saying(21.5, 7);
    const auto log_odds = [](double chance) { return std::log(chance / (1 - chance)); };
    const double apart = log_odds(chance_over(own.distribution(), 22.5));
    ASSERT_LT(apart, -0.2);
    ASSERT_GT(apart, -kMostApart);
    const Forecast together =
        blended(own, {.line = line}, {.trust = 0.5, .shade = -0.1, .sd_factor = 0.9});
    EXPECT_NEAR(log_odds(chance_over(together.distribution(), 22.5)), -0.1 + 0.5 * apart, 1e-3);
    EXPECT_NEAR(together.sd, 6.3, 1e-12);
    EXPECT_NEAR(together.contributions.sum(), together.mean, 1e-9);
    // Trusted in full, and with nothing shaded, it stays where it was.
    EXPECT_NEAR(blended(own, {.line = line}, {.trust = 1}).mean, 21.5, 1e-3);
}

TEST(LineBlend, AForecastThatIsFarFromTheLineMovesItNoFurther) {
    const Offer offer{.line = KnownLine{.line_value = 22.5, .p_over = 0.5}};
    const double far = blended(saying(12, 7), offer, {.trust = 0.5}).mean;
    EXPECT_NEAR(blended(saying(8, 7), offer, {.trust = 0.5}).mean, far, 1e-9);
    EXPECT_LT(far, blended(saying(22, 7), offer, {.trust = 0.5}).mean);
}

/// Games in which the line knows the mean and we do not, or the other way round.
std::vector<GradedOffer> games(bool the_line_knows, std::size_t count, double shade = 0) {
    std::vector<GradedOffer> graded;
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
                          .offer = {.line = KnownLine{.line_value = std::floor(line + shade) + 0.5,
                                                      .p_over = 0.5}},
                          .outcome = distribution.quantile(draw())});
    }
    return graded;
}

TEST(LineBlend, TrustsWhoKnows) {
    EXPECT_LT(fit_line_blend(games(true, 3000)).trust, 0.1);
    EXPECT_GT(fit_line_blend(games(false, 3000)).trust, 0.4);
}

TEST(LineBlend, TakesTheShadeOfLinesAway) {
    const double plain = fit_line_blend(games(true, 3000)).shade;
    const double shaded = fit_line_blend(games(true, 3000, 1)).shade;
    EXPECT_LT(shaded, plain - 0.05);
}

// 700 games of 10 expected that came to 8 each, beside a prior of 300 as expected: (5600 + 3000) /
// (7000 + 3000).
TEST(LineBlend, LowersWhomTheBooksPassOver) {
    std::vector<GradedOffer> graded;
    for (int game = 0; game < 700; ++game) {
        graded.push_back(
            {.own = saying(10, 5), .offer = {.others_have_lines = true}, .outcome = 8});
        // Of a game without lines nothing is learnt.
        graded.push_back({.own = saying(10, 5), .offer = {}, .outcome = 1});
        graded.back().own.minutes = graded[graded.size() - 2].own.minutes = 30;
    }
    const LineBlend blend = fit_line_blend(graded);
    EXPECT_NEAR(blend.passed_over[2], 0.86, 1e-12);
    EXPECT_EQ(blend.passed_over[0], 1);
    Forecast own = saying(20, 7);
    own.minutes = 33;
    const Forecast lowered = blended(own, {.others_have_lines = true}, blend);
    EXPECT_NEAR(lowered.mean, 17.2, 1e-9);
    EXPECT_NEAR(lowered.contributions.sum(), 17.2, 1e-9);
    EXPECT_EQ(blended(own, {}, blend).mean, 20);
}

TEST(LineBlend, AFewGamesChangeLittle) {
    EXPECT_EQ(fit_line_blend({}).trust, LineBlend{}.trust);
    const LineBlend blend = fit_line_blend(games(false, 40));
    EXPECT_NEAR(blend.trust, LineBlend{}.trust, 0.05);
    EXPECT_NEAR(blend.shade, 0, 0.02);
    EXPECT_EQ(blend.sd_factor, 1);
}

}  // namespace
}  // namespace tipoff::forecast
