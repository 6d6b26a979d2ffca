#include "forecast/moving_average.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "feature_row.h"
#include "features/feature_list.h"
#include "fitted_systems.h"

namespace tipoff::forecast {
namespace {

/// Round numbers without any shrinking, so that a forecast can be worked out by hand.
MovingAverageParameters plain() {
    MovingAverageParameters parameters;
    parameters.minutes = {.short_weight = 0.75,
                          .newcomer_minutes = 8,
                          .long_prior = 0,
                          .short_prior = 0,
                          .season_prior = 0,
                          .intercept = 1,
                          .slope = 0.8,
                          .curvature = 0.005};
    parameters.situation = {.home = 0.02, .absence = 0.05};
    parameters.rate_prior = 0.4;
    parameters.rate_prior_minutes = 0;
    return parameters;
}

double mean_of(const TestRow& row) {
    return moving_average(row.view(), Market::kPoints, MovingAverageParameters{}).mean;
}
double sd_of(const TestRow& row) {
    return moving_average(row.view(), Market::kPoints, MovingAverageParameters{}).sd;
}

// Level 0.75 x 34 + 0.25 x 32 = 33.5; minutes 1 + 26.8 + 0.005 x 1122.25 = 33.41125; x 0.625
// = 20.88203; at home + 1%.
TEST(MovingAverage, WorkedByHand) {
    const Forecast forecast = moving_average(starter().view(), Market::kPoints, plain());
    EXPECT_NEAR(forecast.minutes, 33.41125, 1e-9);
    EXPECT_NEAR(forecast.mean, 20.88203125 * 1.01, 1e-9);
    EXPECT_TRUE(forecast.missing.empty());
    EXPECT_EQ(contributions_text(forecast), "form 33 min +20.9, venue +0.2");
}

// Eight days after his last game: less 0.05 ln 4 of 20.88203 = 1.44743.
TEST(MovingAverage, TakesOffForAnAbsence) {
    const Forecast forecast =
        moving_average(starter().set("player_days_rest", 7).view(), Market::kPoints, plain());
    EXPECT_NEAR(forecast.mean, 20.88203125 * 1.01 - 1.44743, 1e-4);
    EXPECT_EQ(contributions_text(forecast), "form 33 min +20.9, venue +0.2, absence -1.4");
}

// A newcomer's minutes 1 + 0.8 x 8 + 0.005 x 64 = 7.72 at 0.4 points, away: 3.088 x 0.99.
TEST(MovingAverage, ForecastsANewcomerFromThePriorsAlone) {
    const Forecast forecast = moving_average(newcomer().view(), Market::kPoints, plain());
    EXPECT_NEAR(forecast.mean, 3.088 * 0.99, 1e-9);
    EXPECT_EQ(forecast.missing.to_text(), "history,minutes_spread");
    EXPECT_EQ(forecast.distribution().quantile(0.1), 0);
    EXPECT_GE(forecast.distribution().quantile(0.975), 10);
}

// The worked example of docs/systems.md, with the shipped constants.
TEST(MovingAverage, IsAsItsPageSays) {
    TestRow row = starter();
    row.set("chance_to_play", 0.86);
    const Forecast forecast =
        moving_average(row.view(), Market::kPoints, MovingAverageParameters{});
    EXPECT_NEAR(forecast.minutes, 34.52, 0.005);
    EXPECT_NEAR(forecast.mean, 20.98, 0.005);
    EXPECT_NEAR(forecast.sd, 8.1, 0.05);
    const CountDistribution distribution = forecast.distribution();
    EXPECT_EQ(distribution.median(), 21);
    EXPECT_EQ(distribution.quantile(0.1), 11);
    EXPECT_EQ(distribution.quantile(0.9), 32);
    EXPECT_NEAR(distribution.p_over(22.5), 0.405, 0.001);
}

TEST(MovingAverage, FavoursTheHomeSide) {
    EXPECT_GT(mean_of(starter()), mean_of(starter().set("is_home", 0)));
}

TEST(MovingAverage, TrustsFewGamesLess) {
    const TestRow few = starter().set("games_on_record", 3).set("games_this_season", 3);
    EXPECT_LT(mean_of(few), mean_of(starter()));
    EXPECT_GT(sd_of(few) / mean_of(few), sd_of(starter()) / mean_of(starter()));
}

TEST(MovingAverage, LooksAtNothingButThePlayersOwnForm) {
    TestRow row = starter();
    const double before = mean_of(row);
    row.set("opponent_defence_factor", 1.3)
        .set("expected_pace_factor", 1.2)
        .set("points_line", 9.5);
    EXPECT_DOUBLE_EQ(mean_of(row), before);
}

RC_GTEST_PROP(MovingAverage, WhateverIsUnknownTheForecastIsWhole, ()) {
    TestRow row = starter();
    for (float& value : row.values) {
        if (*rc::gen::inRange(0, 3) == 0) value = std::nanf("");
    }
    // What is always known: how many games are on record, and where the game is.
    row.set("games_on_record", *rc::gen::inRange(0, 300));
    row.set("games_this_season", *rc::gen::inRange(0, 82)).set("is_home", *rc::gen::inRange(0, 2));
    const Forecast forecast =
        moving_average(row.view(), Market::kPoints, MovingAverageParameters{});
    RC_ASSERT(forecast.mean > 0.5 && forecast.mean < 40);
    RC_ASSERT(forecast.sd > 1 && forecast.sd < 20);
    double total = 0;
    for (const Contribution& part : forecast.contributions.all())
        total += part.amount;
    RC_ASSERT(std::abs(total - forecast.mean) < 1e-9);
}

RC_GTEST_PROP(MovingAverage, MoreRecentMinutesOrPointsNeverLowerIt, ()) {
    TestRow row = starter();
    row.set("minutes_mean_ewm_short", *rc::gen::inRange(1, 40));
    row.set("points_per_minute_ewm", *rc::gen::inRange(5, 100) / 100.0);
    row.set("games_on_record", *rc::gen::inRange(1, 300));
    TestRow better = row;
    better.set("minutes_mean_ewm_short", 41);
    RC_ASSERT(mean_of(better) > mean_of(row));
    better = row;
    better.set("points_per_minute_ewm", 1.1);
    RC_ASSERT(mean_of(better) > mean_of(row));
}

RC_GTEST_PROP(MovingAverage, MoreRecentMinutesNeverLowerAnyMarket, ()) {
    // Not the long mean: it also says how far his own rate is to be trusted.
    static constexpr std::array kWindows{"minutes_mean_ewm_short", "minutes_mean_season"};
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const TestRow row = any_matchup(random);
    TestRow more = row;
    for (const auto* const window : kWindows)
        more.values[features::find_feature(window)] += static_cast<float>(*rc::gen::inRange(0, 9));
    const auto of = [](const TestRow& one) {
        return forecast_all({.rows = as_stored({&one, 1})}, kMarkets, {}, 1);
    };
    const auto before = of(row);
    const auto after = of(more);
    for (std::size_t m = 0; m < kMarkets.size(); ++m) {
        RC_ASSERT(before[m].system_ids.front() == kMovingAverageId);
        RC_ASSERT(after[m].forecasts.front().mean >= before[m].forecasts.front().mean);
        RC_ASSERT(after[m].forecasts.front().minutes >= before[m].forecasts.front().minutes);
    }
}

}  // namespace
}  // namespace tipoff::forecast
