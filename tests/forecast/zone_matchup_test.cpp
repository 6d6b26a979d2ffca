#include "forecast/zone_matchup.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "feature_row.h"
#include "fitted_systems.h"
#include "forecast/moving_average.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

ZoneMatchupParameters plain() {
    ZoneMatchupParameters parameters;
    parameters.form.minutes = {.short_weight = 0.75,
                               .newcomer_minutes = 8,
                               .long_prior = 0,
                               .short_prior = 0,
                               .season_prior = 0,
                               .intercept = 1,
                               .slope = 0.8,
                               .curvature = 0.005};
    parameters.form.situation = {.home = 0.02, .absence = 0.05};
    parameters.attempts_prior_minutes = 0;
    parameters.free_throws_prior_minutes = 0;
    parameters.free_throw_pct_prior_attempts = 0;
    parameters.pace_exponent = 0.5;
    return parameters;
}

double mean_of(const TestRow& row) {
    return zone_matchup(row.view(), Market::kPoints, ZoneMatchupParameters{}).mean;
}

double points_of(const Forecast& forecast, Part part) {
    for (const Contribution& contribution : forecast.contributions.all()) {
        if (contribution.part == part) return contribution.amount;
    }
    return std::nan("");
}

// An attempt is worth 0.2 x 0.5 x (2 + 2 + 2 + 3 + 3) = 1.2; 33.41125 minutes x (0.5 x 1.2 + 0.125
// x 0.8) = 23.387875; at home + 1%.
TEST(ZoneMatchup, WorkedByHand) {
    const Forecast forecast = zone_matchup(starter().view(), Market::kPoints, plain());
    EXPECT_NEAR(forecast.mean, 23.387875 * 1.01, 1e-5);
    EXPECT_NEAR(points_of(forecast, Part::kOpponent), 0, 1e-9);
    EXPECT_NEAR(points_of(forecast, Part::kPace), 0, 1e-9);
    EXPECT_TRUE(forecast.missing.empty());
}

// A defence that lets 10% more go in at the rim: 16.705625 attempts x 0.2 x 0.5 x 2 x 0.1 = 0.33411
// points.
TEST(ZoneMatchup, AddsWhatAWeakZoneGives) {
    const Forecast forecast =
        zone_matchup(starter().set("opponent_accuracy_factor_restricted_area", 1.1).view(),
                     Market::kPoints, plain());
    EXPECT_NEAR(points_of(forecast, Part::kOpponent), 0.33411, 1e-4);
    EXPECT_EQ(contributions_text(forecast), "shot mix 33 min +23.4, opponent +0.3, venue +0.2");
}

// Pace 1.21 with an exponent of one half: + 10% of 23.387875.
TEST(ZoneMatchup, RunsWithThePaceOfTheGame) {
    const Forecast forecast =
        zone_matchup(starter().set("expected_pace_factor", 1.21).view(), Market::kPoints, plain());
    EXPECT_NEAR(points_of(forecast, Part::kPace), 2.3387875, 1e-4);
}

TEST(ZoneMatchup, WithoutZonesIsTheMovingAverageAgainstAnAverageOpponent) {
    const TestRow row = starter().forget("zone_share_paint");
    const ZoneMatchupParameters parameters;
    const Forecast forecast = zone_matchup(row.view(), Market::kPoints, parameters);
    const Forecast form = moving_average(row.view(), Market::kPoints, parameters.form);
    EXPECT_DOUBLE_EQ(forecast.mean, form.mean);
    EXPECT_NEAR(forecast.sd, form.sd * parameters.sd_factor_without_zones, 1e-12);
    EXPECT_GT(forecast.sd, form.sd);
    EXPECT_EQ(forecast.missing.to_text(), "zones");
}

TEST(ZoneMatchup, WithoutZonesStillSeesAWeakDefenceAndAFastGame) {
    const TestRow row = starter().forget("opponent_volume_factor_paint");
    TestRow easier = row;
    easier.set("opponent_defence_factor", 1.05).set("expected_pace_factor", 1.03);
    const Forecast forecast = zone_matchup(easier.view(), Market::kPoints, ZoneMatchupParameters{});
    EXPECT_GT(forecast.mean, mean_of(row));
    EXPECT_GT(points_of(forecast, Part::kOpponent), 0);
    EXPECT_GT(points_of(forecast, Part::kPace), 0);
}

TEST(ZoneMatchup, SaysWhatItDidWithout) {
    EXPECT_EQ(zone_matchup(starter().forget("expected_pace_factor").view(), Market::kPoints, {})
                  .missing.to_text(),
              "pace");
    EXPECT_EQ(zone_matchup(starter().forget("field_goals_attempted_per_minute_ewm").view(),
                           Market::kPoints, {})
                  .missing.to_text(),
              "attempts,zones");
    EXPECT_EQ(zone_matchup(newcomer().view(), Market::kPoints, {}).missing.to_text(),
              "history,minutes_spread,attempts,zones,pace");
}

RC_GTEST_PROP(ZoneMatchup, AWeakerZoneNeverLowersIt, ()) {
    static constexpr std::array kZones{"restricted_area", "paint", "mid_range", "corner_3",
                                       "above_break_3"};
    TestRow row = starter();
    double rest = 1;
    for (const auto* const zone : kZones) {
        const double share = rest * *rc::gen::inRange(0, 100) / 100.0;
        rest -= share;
        row.set(std::string("zone_share_") + zone, share);
        row.set(std::string("zone_accuracy_") + zone, *rc::gen::inRange(20, 80) / 100.0);
    }
    TestRow weaker = row;
    const std::string zone = kZones[*rc::gen::inRange<std::size_t>(0, kZones.size())];
    weaker.set("opponent_accuracy_factor_" + zone, 1 + *rc::gen::inRange(0, 20) / 100.0);
    weaker.set("opponent_volume_factor_" + zone, 1 + *rc::gen::inRange(0, 20) / 100.0);
    RC_ASSERT(mean_of(weaker) >= mean_of(row));
}

/// Every factor by which an opponent allows more or less than the league, of zones and overall.
std::vector<std::size_t> opponent_factors() {
    std::vector<std::size_t> factors;
    for (std::size_t f = 0; f < features::kFeatureCount; ++f) {
        const std::string_view name = features::kFeatures[f].name;
        if (name.starts_with("opponent_") && name.find("_factor") != std::string_view::npos)
            factors.push_back(f);
    }
    return factors;
}

// Zones of the player or the opponent are known for some of these rows and for others not; rebounds
// and assists have none at all.
RC_GTEST_PROP(ZoneMatchup, ABetterDefenceNeverRaisesAnyCount, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const TestRow row = any_matchup(random);
    TestRow better = row;
    for (const std::size_t factor : opponent_factors()) {
        const int percent = *rc::gen::inRange(0, 30);
        better.values[factor] *= 1 - static_cast<float>(percent) / 100;
    }
    for (const Market count : kCountMarkets) {
        const ZoneMatchupParameters& parameters = zone_parameters(count);
        const Forecast before = zone_matchup(row.view(), count, parameters);
        RC_ASSERT(zone_matchup(better.view(), count, parameters).mean <= before.mean);
    }
}

// The same one by one: each of them counts for something.
TEST(ZoneMatchup, EachCountLooksAtItsOwnDefence) {
    const auto mean_with = [](Market count, std::string_view factor, double value, bool zones) {
        TestRow row = starter().set("opponent_rebounds_factor", 1);
        row.set("opponent_assists_factor", 1).set("opponent_threes_factor", 1).set(factor, value);
        if (!zones) row.forget("zone_share_corner_3");
        return zone_matchup(row.view(), count, zone_parameters(count)).mean;
    };
    const auto expect_lower = [&](Market count, std::string_view factor, bool zones) {
        EXPECT_LT(mean_with(count, factor, 0.9, zones), mean_with(count, factor, 1, zones))
            << to_string(count) << " " << factor;
    };
    expect_lower(Market::kPoints, "opponent_accuracy_factor_paint", true);
    expect_lower(Market::kPoints, "opponent_volume_factor_corner_3", true);
    expect_lower(Market::kPoints, "opponent_defence_factor", false);
    expect_lower(Market::kRebounds, "opponent_rebounds_factor", true);
    expect_lower(Market::kAssists, "opponent_assists_factor", true);
    expect_lower(Market::kThrees, "opponent_accuracy_factor_corner_3", true);
    expect_lower(Market::kThrees, "opponent_volume_factor_above_break_3", true);
    expect_lower(Market::kThrees, "opponent_threes_factor", false);
    // Twos are no threes.
    EXPECT_EQ(mean_with(Market::kThrees, "opponent_accuracy_factor_paint", 0.9, true),
              mean_with(Market::kThrees, "opponent_accuracy_factor_paint", 1, true));
}

RC_GTEST_PROP(ZoneMatchup, WhateverIsUnknownTheForecastIsWhole, ()) {
    TestRow row = starter();
    for (float& value : row.values) {
        if (*rc::gen::inRange(0, 12) == 0) value = std::nanf("");
    }
    row.set("games_on_record", *rc::gen::inRange(0, 300));
    row.set("games_this_season", *rc::gen::inRange(0, 82)).set("is_home", *rc::gen::inRange(0, 2));
    const Forecast forecast = zone_matchup(row.view(), Market::kPoints, ZoneMatchupParameters{});
    RC_ASSERT(forecast.mean > 0.5 && forecast.mean < 45);
    RC_ASSERT(forecast.sd > 1 && forecast.sd < 20);
    double total = 0;
    for (const Contribution& part : forecast.contributions.all())
        total += part.amount;
    RC_ASSERT(std::abs(total - forecast.mean) < 1e-9);
}

}  // namespace
}  // namespace tipoff::forecast
