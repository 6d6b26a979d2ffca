#include "grade/leak_alarms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "forecast/line.h"
#include "grade/report_builder.h"
#include "grade/settle.h"
#include "hand_made.h"

namespace tipoff::grade {
namespace {

using Names = std::vector<std::string>;

Names names_of(const std::vector<LeakAlarm>& alarms) {
    Names names;
    for (const LeakAlarm& alarm : alarms)
        names.push_back(alarm.name);
    return names;
}

/// Twenty players who score about their own mean, a game a day each, with a line there, forecast
/// with their true mean; every `leak_every`-th forecast is made from the outcome instead.
GradeReport report_of_season(int days, int leak_every) {
    constexpr int kPlayers = 20;
    std::mt19937 random(11);
    ReportFacts facts;
    std::vector<MarketQuote> quotes;
    int made = 0;
    for (int d = 0; d < days; ++d) {
        for (int p = 0; p < kPlayers; ++p) {
            const std::int32_t expected = 12 + p;
            const auto points = expected - 10 + static_cast<std::int32_t>(random() % 21);
            const std::int64_t game_id = 22200001 + d * kPlayers + p;
            const PlayerId player{1 + p};
            conform::Summaries summaries;
            summaries.games.push_back(final_game(game_id, day(d)));
            summaries.player_games.push_back(box(game_id, player, day(d), 30, points));
            const bool is_leak = leak_every > 0 && ++made % leak_every == 0;
            const auto forecast = prediction(summaries.games[0], player,
                                             is_leak ? points + 0.01 : expected, is_leak ? 0.5 : 6);
            const auto features = feature_row(forecast);
            for (Accuracy& grade : settle(std::span(&features, 1), std::span(&forecast, 1), {},
                                          Outcomes(summaries), 1)) {
                facts.accuracy.push_back(std::move(grade));
            }
            forecast::Pick pick;
            pick.game_id = forecast.game_id;
            pick.player_id = player;
            pick.market = forecast.market;
            pick.system_id = forecast.system_id;
            pick.as_of = forecast.as_of;
            pick.origin = forecast.origin;
            pick.book = "a";
            pick.line_value = expected + 0.5;
            pick.over_price = pick.under_price = -110;
            pick.p_no_vig = 0.5;
            pick.p_over = 0.48;
            const bool is_over = is_leak ? points > pick.line_value : random() % 2 == 0;
            pick.recommendation = to_string(is_over ? forecast::Recommendation::kOver
                                                    : forecast::Recommendation::kUnder);
            facts.picks.push_back(std::move(pick));
            const Instant at = tip_off(day(d)) - std::chrono::minutes{5};
            quotes.push_back({.game_id = forecast.game_id,
                              .player_id = player,
                              .book = "a",
                              .line_value = expected + 0.5,
                              .snapshot = at,
                              .over_price = -110,
                              .under_price = -110,
                              .known_at = KnownAt{at},
                              .tip_off = tip_off(day(d))});
            facts.player_games.push_back(std::move(summaries.player_games[0]));
        }
    }
    facts.lines = MarketLines(std::move(quotes));
    return build_report(facts, {.dates = {day(0), day(days)}});
}

TEST(LeakAlarms, HonestForecastsGiveNone) {
    const GradeReport report = report_of_season(100, 0);
    ASSERT_EQ(report.systems.at(0).last_10.n(), 1800);
    EXPECT_LT(report.systems[0].last_10.ratio(), 1);  // the true means are better than the last ten
    EXPECT_GT(report.systems[0].picks.decided(), 1000);
    EXPECT_EQ(names_of(report.alarms), Names{});
}

TEST(LeakAlarms, ForecastsMadeFromTheOutcomeAreSeenInEveryMeasure) {
    const GradeReport report = report_of_season(100, 1);
    EXPECT_EQ(names_of(report.alarms), (Names{"ratio_to_last_10", "mae_under_line", "hit_rate"}));
    const LeakAlarm& alarm = report.alarms.at(0);
    EXPECT_EQ(alarm.subject, "system_v1");
    EXPECT_EQ(alarm.n, 1800);
    EXPECT_EQ(alarm.limit, 0.920);
    EXPECT_LT(alarm.measured, 0.1);
    EXPECT_NE(alarm.sentence.find("system_v1"), std::string::npos) << alarm.sentence;
    EXPECT_EQ(report.alarms.at(2).measured, 1);
}

TEST(LeakAlarms, AFewForecastsMadeFromTheOutcomeAreSeenInASeason) {
    // One of ten: the ratio falls by a tenth, the hit rate rises to 55% and stays under its limit.
    const GradeReport report = report_of_season(100, 10);
    EXPECT_EQ(names_of(report.alarms), (Names{"ratio_to_last_10", "mae_under_line"}));
    // In two days (after ten without a forecast in the population) the same may be luck.
    EXPECT_EQ(names_of(report_of_season(12, 10).alarms), Names{});
}

/// A report of one system whose absolute errors are 0 and 2 `ours` in turn, and the other's 1.
GradeReport alternating(PairedErrors SystemReport::* beside, double ours, int n) {
    GradeReport report;
    report.request.population = Population::kTenPriorGames;
    report.systems.emplace_back().system_id = "system_v1";
    for (int i = 0; i < n; ++i) {
        Accuracy row;
        row.absolute_error = row.absolute_error_mean = i % 2 == 0 ? 0 : 2 * ours;
        (report.systems[0].*beside).add(row, 1);
    }
    return report;
}

TEST(LeakAlarms, OnFewRowsItTakesMoreThanLuck) {
    const auto alarms = [](double ratio, int n) {
        return leak_alarms(alternating(&SystemReport::last_10, ratio, n), std::nullopt).size();
    };
    EXPECT_EQ(alarms(0.915, 1000), 1U);
    EXPECT_EQ(alarms(0.925, 100'000), 0U);
    // The standard error is 0.915 / sqrt(n).
    EXPECT_EQ(alarms(0.915, 998), 0U);
    // 0.7 / sqrt(400) = 0.035: 0.22 under the limit is more than three of them.
    EXPECT_EQ(alarms(0.7, 400), 1U);
    EXPECT_EQ(alarms(0.0, 30), 1U);
    EXPECT_EQ(alarms(0.0, 28), 0U);
}

TEST(LeakAlarms, LimitsFollowTheMarketAndThePopulation) {
    GradeReport report = alternating(&SystemReport::last_10, 0.91, 2000);
    EXPECT_EQ(leak_alarms(report, std::nullopt).size(), 1U);
    report.request.market = Market::kThrees;
    EXPECT_EQ(leak_alarms(report, std::nullopt).size(), 0U);
    report.request.market = Market::kPoints;
    report.request.population = Population::kNewPlayer;
    EXPECT_EQ(leak_alarms(report, std::nullopt).size(), 0U);
}

TEST(LeakAlarms, MoreThanATenthOfAPointUnderTheLineIsTooGood) {
    const auto report_at = [](double ours) {
        GradeReport report;
        report.systems.emplace_back().system_id = "system_v1";
        for (int i = 0; i < 2000; ++i) {
            Accuracy row;
            row.absolute_error = row.absolute_error_mean = ours;
            report.systems[0].lined.line.add(row, 5.25);
        }
        return report;
    };
    EXPECT_EQ(leak_alarms(report_at(5.25 - 0.125), std::nullopt).size(), 1U);
    EXPECT_EQ(leak_alarms(report_at(5.25 - 0.0625), std::nullopt).size(), 0U);
}

TEST(LeakAlarms, TheHitRateNeedsMoreThanAThousandPicks) {
    const auto report_of = [](int won, int lost) {
        GradeReport report;
        BetMeasures& picks = report.systems.emplace_back().picks;
        for (int i = 0; i < won; ++i)
            picks.add(BetMeasures::Result::kWon, kNone, kNone);
        for (int i = 0; i < lost; ++i)
            picks.add(BetMeasures::Result::kLost, kNone, kNone);
        picks.add(BetMeasures::Result::kPushed, kNone, kNone);
        return report;
    };
    EXPECT_EQ(leak_alarms(report_of(561, 440), std::nullopt).size(), 1U);
    EXPECT_EQ(leak_alarms(report_of(561, 439), std::nullopt).size(), 0U);  // 1,000 and a push
    EXPECT_EQ(leak_alarms(report_of(560, 441), std::nullopt).size(), 0U);
}

TEST(LeakAlarms, AFeatureThatFollowsTheOutcomeIsNamed) {
    const auto alarms_at = [](double correlation) {
        return leak_alarms({}, FeatureCorrelation{"points_scored", correlation, 500});
    };
    EXPECT_EQ(alarms_at(0.94).size(), 0U);
    EXPECT_EQ(alarms_at(kNone).size(), 0U);
    ASSERT_EQ(alarms_at(0.95).size(), 1U);
    const LeakAlarm alarm = alarms_at(-0.97).at(0);
    EXPECT_EQ(alarm.name, "feature_correlation");
    EXPECT_EQ(alarm.subject, "points_scored");
    EXPECT_EQ(alarm.n, 500);
    EXPECT_EQ(alarm.measured, -0.97);
}

TEST(LeakAlarms, AreOfAReportMadeInPartsToo) {
    const History history({});
    const GradeReport report =
        ReportBuilder({}, history).report(FeatureCorrelation{"points_scored", 1, 500});
    EXPECT_EQ(names_of(report.alarms), Names{"feature_correlation"});
}

TEST(FeatureCorrelations, AreThoseWorkedOutByHand) {
    // 0, 1, 2 ten times over, with outcomes 0, 3, 3: covariance 1, variances 2/3 and 2.
    std::vector<float> feature, opposite, outcomes;
    for (int i = 0; i < 30; ++i) {
        feature.push_back(static_cast<float>(i % 3));
        opposite.push_back(i % 3 == 0 ? -1'000'000 : -1'000'003);
        outcomes.push_back(i % 3 == 0 ? 0 : 3);
    }
    const std::vector<float> constant(30, 4);
    const std::vector<FeatureColumn> columns{
        {"constant", constant}, {"feature", feature}, {"opposite", opposite}};
    const auto correlations = feature_outcome_correlations(columns, outcomes);
    ASSERT_EQ(correlations.size(), 3U);
    EXPECT_EQ(correlations[0].feature, "constant");
    EXPECT_TRUE(std::isnan(correlations[0].correlation));
    EXPECT_NEAR(correlations[1].correlation, std::sqrt(0.75), 1e-12);
    EXPECT_NEAR(correlations[2].correlation, -1, 1e-9);
    EXPECT_EQ(correlations[2].n, 30);
    const auto strongest = strongest_correlation(correlations);
    EXPECT_EQ(strongest.value_or(FeatureCorrelation{}).feature, "opposite");
    EXPECT_FALSE(strongest_correlation(std::span(correlations).first(1)));
}

TEST(FeatureCorrelations, RowsWithoutAValueAreLeftOut) {
    constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> feature, outcomes;
    for (int i = 0; i < 40; ++i) {
        feature.push_back(i < 10 ? kMissing : static_cast<float>(i));
        outcomes.push_back(i < 10 ? 100 : static_cast<float>(2 * i));
    }
    const auto all =
        feature_outcome_correlations(std::vector<FeatureColumn>{{"f", feature}}, outcomes);
    EXPECT_EQ(all.at(0).n, 30);
    EXPECT_NEAR(all.at(0).correlation, 1, 1e-12);
    // One row fewer is too few to say anything.
    feature[10] = kMissing;
    const auto few =
        feature_outcome_correlations(std::vector<FeatureColumn>{{"f", feature}}, outcomes);
    EXPECT_EQ(few.at(0).n, 29);
    EXPECT_TRUE(std::isnan(few.at(0).correlation));
}

}  // namespace
}  // namespace tipoff::grade
