#include "forecast/playing_time.h"

#include <gtest/gtest.h>

#include <cmath>

#include "feature_row.h"

namespace tipoff::forecast {
namespace {

const double kUnknown = std::nan("");

// With a half-life of 2 games: 1, then 1 + 0.7071, and 1 / (1 - 0.7071) = 3.4142 in the end.
TEST(EffectiveGames, GrowToTheSumOfAGeometricSeries) {
    EXPECT_DOUBLE_EQ(effective_games(0, 2), 0);
    EXPECT_NEAR(effective_games(1, 2), 1, 1e-12);
    EXPECT_NEAR(effective_games(2, 2), 1.70711, 1e-5);
    EXPECT_NEAR(effective_games(500, 2), 3.41421, 1e-5);
}

TEST(Shrunk, LiesBetweenThePriorAndTheValueByWeight) {
    EXPECT_DOUBLE_EQ(shrunk(10, 3, 2, 1), 8);
    EXPECT_DOUBLE_EQ(shrunk(kUnknown, 3, 2, 1), 2);
}

TEST(PlayingTime, CountsDaysSinceTheLastGameFromTwoToSixty) {
    const MinutesParameters parameters;
    const auto absence_after = [&](double days_rest) {
        return playing_time(starter().set("player_days_rest", days_rest).view(), parameters)
            .absence;
    };
    EXPECT_DOUBLE_EQ(absence_after(0), 0);
    EXPECT_DOUBLE_EQ(absence_after(1), 0);
    EXPECT_NEAR(absence_after(7), std::log(4.0), 1e-12);  // eight days
    EXPECT_NEAR(absence_after(59), std::log(30.0), 1e-12);
    EXPECT_NEAR(absence_after(300), std::log(30.0), 1e-12);
    EXPECT_NEAR(absence_after(kUnknown), std::log(30.0), 1e-12);  // no game yet this season
}

TEST(PlayingTime, FollowsTheLastGamesMoreThanTheSeason) {
    const MinutesParameters parameters;
    const double usual = playing_time(starter().view(), parameters).minutes;
    const double benched =
        playing_time(starter().set("minutes_mean_ewm_short", 20).view(), parameters).minutes;
    const double promoted_earlier =
        playing_time(starter().set("minutes_mean_season", 18).view(), parameters).minutes;
    EXPECT_LT(benched, promoted_earlier);
    EXPECT_LT(promoted_earlier, usual);
}

TEST(PlayingTime, GivesANewcomerTheMinutesOfNewcomersAndSaysSo) {
    const PlayingTime time =
        playing_time(newcomer().view(),
                     {.newcomer_minutes = 10, .intercept = 1, .slope = 0.8, .curvature = 0.01});
    EXPECT_DOUBLE_EQ(time.minutes, 1 + 8 + 1);
    EXPECT_TRUE(time.missing.has(Missing::kHistory));
    EXPECT_EQ(time.missing.to_text(), "history");
    EXPECT_DOUBLE_EQ(time.absence, 0);
}

TEST(PlayingTime, CallsFewerThanTenGamesFew) {
    const MinutesParameters parameters;
    const auto missing_with = [&](double games) {
        return playing_time(starter().set("games_on_record", games).view(), parameters).missing;
    };
    EXPECT_TRUE(missing_with(9).has(Missing::kFewGames));
    EXPECT_TRUE(missing_with(10).empty());
}

// (1 + 3 x 20 - 0.02 x 400 + 0.4 (20/32 x 4)^2) x (1 + 0.1 x ln 2 + 0.2 / sqrt(4)) x 1.
TEST(PointsSd, WorkedByHand) {
    PlayingTime time;
    time.games = 3;
    time.minutes = 32;
    time.absence = std::log(2.0);
    const SpreadParameters parameters{.constant = 1,
                                      .linear = 3,
                                      .quadratic = -0.02,
                                      .minutes = 0.4,
                                      .absence = 0.1,
                                      .inexperience = 0.2,
                                      .allowance = 1,
                                      .minutes_sd_prior = 6};
    const double variance = (1 + 60 - 8 + 0.4 * 6.25) * (1 + 0.0693147 + 0.1);
    EXPECT_NEAR(count_sd(20, 4, time, parameters), std::sqrt(variance), 1e-6);
    EXPECT_DOUBLE_EQ(count_sd(20, kUnknown, time, parameters), count_sd(20, 6, time, parameters));
}

TEST(PointsSd, IsWiderTheLessIsKnown) {
    const SpreadParameters parameters;
    PlayingTime settled;
    settled.games = 300;
    settled.minutes = 30;
    PlayingTime few = settled;
    few.games = 4;
    PlayingTime returning = settled;
    returning.absence = std::log(15.0);
    EXPECT_GT(count_sd(15, 5, few, parameters), count_sd(15, 5, settled, parameters));
    EXPECT_GT(count_sd(15, 5, returning, parameters), count_sd(15, 5, settled, parameters));
    EXPECT_GT(count_sd(15, 9, settled, parameters), count_sd(15, 5, settled, parameters));
}

}  // namespace
}  // namespace tipoff::forecast
