#include "grade/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <random>

#include "collect/raw_tables.h"
#include "forecast/line.h"
#include "grade/settle.h"
#include "hand_made.h"
#include "small_season.h"
#include "support/database.h"
#include "support/files.h"
#include "support/played_games.h"

namespace tipoff::grade {
namespace {

const ReferenceReport& reference(const GradeReport& report, std::string_view name) {
    return *std::ranges::find(report.references, name, &ReferenceReport::name);
}

TEST(GradeReport, ReferencesAreWorkedOutOverTheWholePopulation) {
    // Points 10, 20, 30 in a row: before the second the mean is 10 (off by 10), before the third 15
    // (off by 15). The first has nothing before it.
    const GradeReport report =
        SmallSeason().plays(kPlayer, 10).plays(kPlayer, 20).plays(kPlayer, 30).report();
    EXPECT_EQ(report.population_n, 3);
    EXPECT_TRUE(report.systems.empty());
    EXPECT_EQ(reference(report, "last_10_mean").n, 2);
    EXPECT_EQ(reference(report, "last_10_mean").mae, 12.5);
    EXPECT_EQ(reference(report, "season_mean").n, 2);
    EXPECT_EQ(reference(report, "season_mean").mae, 12.5);
    EXPECT_EQ(reference(report, "line").n, 0);
    EXPECT_TRUE(std::isnan(reference(report, "line").mae));
    EXPECT_EQ(reference(report, "last_10_mean").n_shared, 0);
}

TEST(GradeReport, EverySystemStandsBesideThePlainMeansOnItsOwnRows) {
    // A last season's game of 40 points, then 10 and 20: before the first of the season there is no
    // season mean, before the second it is 10 and the last-10 mean 25.
    SmallSeason season;
    season.plays(kPlayer, 40);
    season.change().player_games[0].season = Season::starting_in(2021);
    season.plays(kPlayer, 10).forecast(12);
    season.plays(kPlayer, 20).forecast(18);
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.last_10.n(), 2);
    EXPECT_EQ(system.last_10.other_mae(), (30 + 5) / 2.0);
    EXPECT_EQ(system.season_mean.n(), 1);
    EXPECT_EQ(system.season_mean.other_mae(), 10);
    EXPECT_EQ(system.season_mean.mae(), season.facts().accuracy[1].absolute_error);
}

TEST(GradeReport, TheSharedRowsAreThoseThatEverySystemForecast) {
    // The second game (off by 10 from the mean of 10 before it) is forecast by both systems, the
    // third (off by 15) by one.
    SmallSeason season;
    season.plays(kPlayer, 10);
    season.plays(kPlayer, 20).forecast(18, "a_v1").forecast(23, "b_v1");
    season.plays(kPlayer, 30).forecast(25, "b_v1");
    const GradeReport report = season.report();
    ASSERT_EQ(report.systems.size(), 2U);
    EXPECT_EQ(report.systems[0].system_id, "a_v1");
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[1].measures.n(), 2);
    EXPECT_EQ(report.systems[1].measures.bias(), -1);
    EXPECT_EQ(report.systems[1].shared.n(), 1);
    EXPECT_EQ(report.systems[1].shared.bias(), 3);
    EXPECT_EQ(reference(report, "last_10_mean").n, 2);
    EXPECT_EQ(reference(report, "last_10_mean").n_shared, 1);
    EXPECT_EQ(reference(report, "last_10_mean").mae_shared, 10);
}

TEST(GradeReport, IsOfOnePopulationTheDatesAndTheSeasonType) {
    SmallSeason season;
    for (int i = 0; i < 12; ++i)
        season.plays(kPlayer, 10).forecast(10);
    EXPECT_EQ(season.report(request(Population::kTenPriorGames)).population_n, 2);
    EXPECT_EQ(season.report(request(Population::kTenPriorGames)).systems[0].measures.n(), 2);
    EXPECT_EQ(season.report(request(Population::kNewPlayer)).population_n, 10);

    GradeRequest asked = request();
    asked.dates = {day(3), day(5)};
    EXPECT_EQ(season.report(asked).population_n, 3);
    EXPECT_EQ(season.report(asked).systems[0].measures.n(), 3);

    season.change().player_games[4].season_type = SeasonType::kPlayoffs;
    EXPECT_EQ(season.report(asked).population_n, 2);
    asked.season_type = SeasonType::kPlayoffs;
    EXPECT_EQ(season.report(asked).population_n, 1);
    EXPECT_EQ(season.report(asked).systems[0].measures.n(), 1);
}

TEST(GradeReport, VoidForecastsAreCountedAndMeasuredNowhere) {
    SmallSeason season;
    season.plays(kPlayer, 10).forecast(10);
    season.plays(kPlayer, 10).forecast(10);
    season.change().accuracy[1].outcome = kVoidDidNotPlay;
    season.change().accuracy[1].actual.reset();
    season.change().player_games.pop_back();
    const GradeReport report = season.report();
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[0].voided, 1);
    EXPECT_EQ(report.population_n, 1);
}

TEST(GradeReport, TheLineIsTheLastBeforeTipOffAndLinedGamesAreThoseWithOne) {
    SmallSeason season;
    season.plays(kPlayer, 18).quote(20.5, 300).quote(21.5, 20);
    season.plays(kPlayer, 25).quote(24.5, 1, true);
    season.plays(kPlayer, 30).quote(28.5, 0);  // known at tip-off: too late
    const GradeReport report = season.report(request(Population::kLined));
    EXPECT_EQ(report.population_n, 2);
    EXPECT_EQ(reference(report, "line").n, 2);
    EXPECT_EQ(reference(report, "line").mae, (3.5 + 0.5) / 2);
    EXPECT_EQ(report.undated_lines, 1);
}

TEST(GradeReport, HitRateAndReturnAreOfTheRecommendedSides) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24).pick(20.5, "OVER", -110, -110);  // won 10/11
    season.plays(kPlayer, 18).forecast(24).pick(20.5, "OVER", 120, -140);   // lost 1
    season.plays(kPlayer, 12).forecast(10).pick(15.5, "UNDER", 105, -125);  // won 0.8
    season.plays(kPlayer, 20).forecast(24).pick(20.0, "OVER", -110, -110);  // pushed
    season.plays(kPlayer, 30).forecast(20).pick(20.5, "PASS", -110, -110);  // no bet
    season.plays(kPlayer, 30).forecast(20);                                 // no line
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.bets(), 4);
    EXPECT_DOUBLE_EQ(system.picks.hit_rate(), 2.0 / 3);
    EXPECT_DOUBLE_EQ(system.picks.roi(), (10.0 / 11 - 1 + 0.8 + 0) / 4);
    EXPECT_DOUBLE_EQ(system.picks.break_even(),
                     (110.0 / 210 + 100.0 / 220 + 125.0 / 225 + 110.0 / 210) / 4);
    EXPECT_EQ(system.measures.n(), 6);
}

TEST(GradeReport, EdgesAreOnTheSideOfTheMeanByItsDistanceFromTheLine) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(22.0).pick(20.5, "PASS");  // 1.5 over: won
    season.plays(kPlayer, 25).forecast(15.5).pick(20.5, "PASS");  // 5 under: lost
    season.plays(kPlayer, 10).forecast(18.0).pick(20.5, "PASS");  // 2.5 under: won
    season.plays(kPlayer, 10).forecast(20.5).pick(20.5, "PASS");  // on the line: no side
    const auto edges = season.report().systems.at(0).edges;
    std::vector<std::pair<double, std::int64_t>> counts;
    counts.reserve(edges.size());
    for (const EdgeReport& edge : edges)
        counts.emplace_back(edge.min_edge, edge.bets.bets());
    EXPECT_EQ(counts, (std::vector<std::pair<double, std::int64_t>>{
                          {0, 3}, {1, 3}, {2, 2}, {3, 1}, {4, 1}}));
    EXPECT_DOUBLE_EQ(edges[0].bets.hit_rate(), 2.0 / 3);
    EXPECT_EQ(edges[4].bets.hit_rate(), 0);
}

TEST(GradeReport, ValueEdgesAreOnTheSideThatIsLikelierThanItsPrice) {
    SmallSeason season;
    const auto say = [&](double p_over, double p_push = 0) {
        season.change().picks.back().p_over = p_over;
        season.change().picks.back().p_push = p_push;
    };
    season.plays(kPlayer, 25).forecast(22).pick(20.5, "PASS");
    say(0.51);  // 1% for the over at even prices: won
    season.plays(kPlayer, 25).forecast(22).pick(20.5, "PASS");
    say(0.47);  // 3% for the under, whatever the mean: lost
    season.plays(kPlayer, 10).forecast(22).pick(20.0, "PASS", 150, -150);
    say(0.27, 0.1);  // 30% if not pushed, where 150 and -150 imply 40%: 10% for the under, won
    season.plays(kPlayer, 25).forecast(22).pick(20.5, "PASS");
    say(0.5);  // as the price: no side
    season.plays(kPlayer, 25).forecast(22).pick(20.5, "PASS", -110, std::nullopt);
    say(0.9);  // one price only: the chance that it implies is unknown
    season.plays(kPlayer, 0).forecast(22).pick(0.0, "PASS");
    say(0, 1);  // all but certain to be a push: no chance of the over to speak of
    const auto edges = season.report().systems.at(0).value_edges;
    std::vector<std::pair<double, std::int64_t>> counts;
    counts.reserve(edges.size());
    for (const EdgeReport& edge : edges)
        counts.emplace_back(edge.min_edge, edge.bets.bets());
    EXPECT_EQ(counts, (std::vector<std::pair<double, std::int64_t>>{{0, 3}, {0.02, 2}, {0.05, 1}}));
    EXPECT_DOUBLE_EQ(edges[0].bets.hit_rate(), 2.0 / 3);
    EXPECT_DOUBLE_EQ(edges[1].bets.hit_rate(), 0.5);
    EXPECT_DOUBLE_EQ(edges[2].bets.roi(), 100.0 / 150);
    EXPECT_DOUBLE_EQ(edges[2].bets.break_even(), 0.6);
}

TEST(GradeReport, SystemsStandBesideTheLast10MeanOnTheSameRows) {
    // Outcomes 10, 20, 30, 16. The first has no last-10 mean. Before the others it is 10, 15 and 20
    // and misses by 10, 15 and 4; the forecasts of 19 and 30 by 1 and 0. The last has none.
    SmallSeason season;
    season.plays(kPlayer, 10).forecast(10);
    season.plays(kPlayer, 20).forecast(19);
    season.plays(kPlayer, 30).forecast(30);
    season.plays(kPlayer, 16);
    season.change().accuracy[0].absolute_error = 9;
    season.change().accuracy[1].absolute_error = 1;
    season.change().accuracy[2].absolute_error = 0.5;
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.measures.n(), 3);
    EXPECT_EQ(system.last_10.n(), 2);
    EXPECT_EQ(system.last_10.other_mae(), 12.5);
    EXPECT_EQ(system.last_10.ratio(), 1.5 / 25);
    EXPECT_DOUBLE_EQ(system.last_10.ratio_mean(), 1.0 / 25);
}

TEST(GradeReport, SystemsStandBesideTheLineAndItsPriceOnTheSameRows) {
    // The prices 100 and -150 imply 5/11 without the vig.
    SmallSeason season;
    season.plays(kPlayer, 10).quote(12.5, 20).forecast(14).pick(12.5, "PASS", 100, -150);
    season.change().picks.back().p_over = 0.6;
    season.change().accuracy.back().absolute_error = 4;
    season.plays(kPlayer, 20).quote(12.0, 20).forecast(14).pick(12.0, "PASS", 100, -150);
    season.change().picks.back().p_over = 0.63;
    season.change().picks.back().p_push = 0.1;
    season.change().accuracy.back().absolute_error = 6;
    // Pushed: errors count, chances do not. One-sided: likewise, beside the price.
    season.plays(kPlayer, 12).quote(12.0, 20).forecast(14).pick(12.0, "PASS", 100, -150);
    season.change().accuracy.back().absolute_error = 2;
    season.plays(kPlayer, 13).quote(12.5, 20).forecast(14).pick(12.5, "PASS", 100, std::nullopt);
    season.change().accuracy.back().absolute_error = 1;
    season.plays(kPlayer, 30).forecast(14);  // no line
    const SystemReport system = season.report().systems.at(0);
    const LinedReport& lined = system.lined;
    EXPECT_EQ(lined.line.n(), 4);
    EXPECT_EQ(lined.line.mae(), 13.0 / 4);
    EXPECT_EQ(lined.line.other_mae(), (2.5 + 8 + 0 + 0.5) / 4);
    EXPECT_EQ(lined.line.difference(), 2.0 / 4);
    // Last-10 means before the second, third and fourth: 10, 15, 14.
    EXPECT_EQ(lined.last_10.n(), 3);
    EXPECT_EQ(lined.last_10.other_mae(), (10 + 3 + 1) / 3.0);
    EXPECT_EQ(lined.price.n(), 2);
    EXPECT_EQ(lined.probability.n(), 2);
    EXPECT_EQ(system.probability.n(), 3);
    EXPECT_DOUBLE_EQ(lined.probability.brier(), (0.36 + 0.09) / 2);
    EXPECT_DOUBLE_EQ(lined.price.brier(), (25.0 / 121 + 36.0 / 121) / 2);
    EXPECT_DOUBLE_EQ(lined.probability.log_loss(), -(std::log(0.4) + std::log(0.7)) / 2);
    EXPECT_DOUBLE_EQ(lined.price.log_loss(), -(std::log(6.0 / 11) + std::log(5.0 / 11)) / 2);
}

TEST(GradeReport, ReliabilityIsOfTheChancesAtTheMainLineAndPitOfTheOutcomes) {
    SmallSeason season;
    const auto said = [&](std::int32_t points, double p_over, double pit) {
        season.plays(kPlayer, points).forecast(14).pick(12.0, "PASS");
        season.change().picks.back().p_over = p_over;
        season.change().picks.back().p_push = 0;
        season.change().accuracy.back().pit = pit;
    };
    said(20, 0.55, 0.95);
    said(5, 0.59, 0.05);
    said(20, 0.31, 0.95);
    said(12, 0.35, 0.45);  // a push is no trial
    const SystemReport system = season.report().systems.at(0);
    const auto& bins = system.reliability.bins();
    EXPECT_EQ(bins[5].n, 2);
    EXPECT_DOUBLE_EQ(bins[5].predicted(), 0.57);
    EXPECT_EQ(bins[5].observed(), 0.5);
    EXPECT_EQ(bins[3].n, 1);
    EXPECT_EQ(bins[3].observed(), 1);
    EXPECT_EQ(bins[4].n, 0);
    EXPECT_EQ(system.pit.share(9), 0.5);
    EXPECT_EQ(system.pit.share(0), 0.25);
    EXPECT_EQ(system.pit.share(4), 0.25);
}

TEST(GradeReport, SlicesByTheForecastsMeanNeverByTheOutcome) {
    SmallSeason season;
    season.plays(kPlayer, 30).forecast(12).pick(12.5, "OVER");
    season.plays(kPlayer, 9).forecast(14);
    season.plays(kPlayer, 3).forecast(15);  // a bound belongs to the upper slice
    season.plays(kPlayer, 3).forecast(26.5);
    const SystemReport system = season.report().systems.at(0);
    ASSERT_EQ(system.by_mean.size(), 3U);
    const MeanReport& first = system.by_mean[0];
    EXPECT_EQ(first.from, 10);
    EXPECT_EQ(first.to, 15);
    EXPECT_EQ(first.slice.name, "10 to 15");
    EXPECT_EQ(first.slice.measures.n(), 2);
    EXPECT_EQ(first.slice.measures.bias(), (-18 + 5) / 2.0);
    EXPECT_EQ(first.slice.picks.bets(), 1);
    EXPECT_EQ(system.by_mean[1].from, 15);
    EXPECT_EQ(system.by_mean[1].slice.measures.bias(), 12);
    EXPECT_EQ(system.by_mean[2].from, 25);
    EXPECT_EQ(system.by_mean[2].to, 30);
}

TEST(GradeReport, SmallCountsHaveNarrowSlices) {
    SmallSeason season;
    season.plays(kPlayer, 2).forecast(1.7);
    for (auto& row : season.change().accuracy)
        row.market = "threes";
    for (auto& row : season.change().player_games)
        row.three_pointers_made = 2;
    GradeRequest asked = request();
    asked.market = Market::kThrees;
    const SystemReport system = season.report(asked).systems.at(0);
    ASSERT_EQ(system.by_mean.size(), 1U);
    EXPECT_EQ(system.by_mean[0].slice.name, "1.5 to 2");
}

TEST(GradeReport, AmongBooksTheMiddleLineIsBetAtItsPriceAndAtTheBest) {
    // Lines 20.5 (a), 21.5 (b), 21.5 (c): b is in the middle; c pays the over better.
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24);
    season.pick(21.5, "OVER", 100, -120, "c");
    season.pick(20.5, "OVER", 150, -180, "a");
    season.pick(21.5, "OVER", -120, 100, "b");
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.bets(), 1);
    EXPECT_DOUBLE_EQ(system.picks.roi(), 100.0 / 120);
    EXPECT_DOUBLE_EQ(system.picks.roi_best_price(), 1);
}

TEST(GradeReport, ReturnIsUnknownWhereTheSourceHasNoPrices) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24).pick(20.5, "OVER", std::nullopt, std::nullopt);
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.hit_rate(), 1);
    EXPECT_TRUE(std::isnan(system.picks.roi()));
    EXPECT_TRUE(std::isnan(system.picks.break_even()));
    EXPECT_TRUE(std::isnan(system.edges[0].bets.roi()));
}

TEST(GradeReport, BrierAndLogLossAreOfTheOverGivenNoPush) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(21).pick(20.0, "PASS");
    season.plays(kPlayer, 20).forecast(21).pick(20.0, "PASS");  // a push: left out
    const forecast::CountDistribution distribution(21, 7);
    const double p = distribution.p_over(20) / (distribution.p_over(20) + distribution.p_under(20));
    const SystemReport system = season.report().systems.at(0);
    EXPECT_NEAR(system.probability.brier(), (1 - p) * (1 - p), 1e-12);
    EXPECT_NEAR(system.probability.log_loss(), -std::log(p), 1e-12);
}

TEST(GradeReport, WithoutLinesWhatNeedsOneIsUnknown) {
    const SystemReport system =
        SmallSeason().plays(kPlayer, 25).forecast(24).report().systems.at(0);
    EXPECT_TRUE(std::isnan(system.probability.brier()));
    EXPECT_TRUE(std::isnan(system.picks.hit_rate()));
    EXPECT_EQ(system.picks.bets(), 0);
    EXPECT_EQ(system.edges[0].bets.bets(), 0);
    EXPECT_EQ(system.clv.n(), 0);
    EXPECT_TRUE(std::isnan(system.clv.points()));
}

TEST(GradeReport, TheClosingLineIsComparedWithTheOneTaken) {
    const auto early = [](SmallSeason& season) {
        // The forecast looks from an hour before tip-off.
        season.change().accuracy.back().as_of =
            AsOf{tip_off(season.change().player_games.back().game_date) - std::chrono::hours{1}};
    };
    SmallSeason season;
    // Over 20.5, closed at 22.0: 1.5 points to the good.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(22.0, 10);
    early(season);
    season.pick(20.5, "OVER");
    // Under 18.5, closed at 19.0: 0.5 to the bad.
    season.plays(kPlayer, 25).forecast(14).quote(18.5, 120).quote(19.0, 10);
    early(season);
    season.pick(18.5, "UNDER");
    // Over 20.5 at even odds, closed there with the over at -120/+100: 12/23 against 1/2.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(20.5, 10, false, -120, 100);
    early(season);
    season.pick(20.5, "OVER");
    // One snapshot: nothing to compare. A last snapshot too early: no closing line.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120);
    early(season);
    season.pick(20.5, "OVER");
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(21.5, 45);
    early(season);
    season.pick(20.5, "OVER");
    const ClosingLineMeasures clv = season.report().systems.at(0).clv;
    EXPECT_EQ(clv.n(), 3);
    EXPECT_DOUBLE_EQ(clv.points(), (1.5 - 0.5 + 0) / 3);
    EXPECT_DOUBLE_EQ(clv.probability(), 12.0 / 23 - 0.5);
}

/// One forecast of the last game more, from another instant, with another mean.
void forecast_again(SmallSeason& season, double mean, Instant as_of, std::string_view origin) {
    season.forecast(mean);
    season.change().accuracy.back().as_of = AsOf{as_of};
    season.change().accuracy.back().origin = origin;
}

double bias(const SmallSeason& season, AsOfChoice choice) {
    GradeRequest asked = request();
    asked.as_of = choice;
    const GradeReport report = season.report(asked);
    return report.systems.empty() ? kNone : report.systems[0].measures.bias();
}

TEST(GradeReport, OfSeveralForecastsOneCounts) {
    // Outcome 20. Live at 9:00 (mean 21), at 11:59 (22) and at tip-off (23); afterwards a backfill
    // as of tip-off (30).
    SmallSeason season;
    season.plays(kPlayer, 20);
    const GameDate date = day(0);
    forecast_again(season, 30, tip_off(date), forecast::kOriginBackfill);
    EXPECT_EQ(bias(season, AsOfChoice::kLast), 10);
    EXPECT_TRUE(std::isnan(bias(season, AsOfChoice::kMorning)));  // none before noon: none counts

    forecast_again(season, 23, tip_off(date), forecast::kOriginLive);
    forecast_again(season, 21, eastern_instant(date, {9, 0, 0}), forecast::kOriginLive);
    forecast_again(season, 22, eastern_instant(date, {11, 59, 0}), forecast::kOriginLive);
    EXPECT_EQ(bias(season, AsOfChoice::kFirst), 1);
    EXPECT_EQ(bias(season, AsOfChoice::kMorning), 2);
    EXPECT_EQ(bias(season, AsOfChoice::kLast), 3);

    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.measures.n(), 1);
    EXPECT_EQ(system.live, 1);
    EXPECT_EQ(system.backfill, 0);
}

TEST(GradeReport, ErrorsAreOfTheCorrectedBoxScoreAndBetsStandAsSettled) {
    SmallSeason season;
    season.plays(kPlayer, 19).forecast(24).pick(20.5, "OVER");
    Accuracy corrected = season.change().accuracy[0];
    corrected.revision = 1;
    corrected.actual = 21;
    corrected.error = 3;
    season.change().accuracy.push_back(corrected);
    season.change().player_games[0].points = 21;
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.measures.n(), 1);
    EXPECT_EQ(system.measures.bias(), 3);
    EXPECT_EQ(system.picks.bets(), 1);
    EXPECT_EQ(system.picks.hit_rate(), 0);
}

TEST(GradeReport, SlicesAddUpToTheWhole) {
    constexpr std::array kKinds{&SystemReport::tiers, &SystemReport::minutes_tiers,
                                &SystemReport::grades, &SystemReport::months, &SystemReport::teams};
    SmallSeason season;
    for (int i = 0; i < 8; ++i)
        season.plays(kPlayer, 4 * i).forecast(4 * i + 1).pick(i == 2 ? 8 : 9.5, "OVER");
    season.change().accuracy[3].quality_grade = "C";
    season.change().accuracy[5].last_10_points = 25;
    season.change().accuracy[5].last_10_minutes = 24.9;
    season.change().accuracy[6].game_date = day(30);
    season.change().accuracy[7].team_id = kAwayTeam;
    const SystemReport system = season.report().systems.at(0);
    for (const auto kind : kKinds) {
        std::int64_t n = 0, said = 0, picks = 0;
        for (const SliceReport& slice : system.*kind) {
            n += slice.measures.n();
            said += slice.probability.n();
            picks += slice.picks.bets();
        }
        EXPECT_EQ(n, 8);
        EXPECT_EQ(said, 7);  // one was pushed
        EXPECT_EQ(picks, 8);
    }
    const auto slice = [&](std::string_view name) {
        for (const auto kind : kKinds) {
            const auto& slices = system.*kind;
            const auto found = std::ranges::find(slices, name, &SliceReport::name);
            if (found != slices.end()) return found->measures.n();
        }
        return std::int64_t{-1};
    };
    EXPECT_EQ(slice("20_to_30"), 1);
    EXPECT_EQ(slice("C"), 1);
    EXPECT_EQ(slice("A"), 7);
    EXPECT_EQ(slice("15_to_25_min"), 1);
    EXPECT_EQ(slice("2022-11"), 7);
    EXPECT_EQ(slice("2022-12"), 1);
    EXPECT_EQ(slice("BOS"), 7);
    EXPECT_EQ(slice("PHI"), 1);
    EXPECT_EQ(system.teams.size(), 2U);
}

TEST(GradeReport, OtherMarketsHaveTheirOwnOutcomes) {
    SmallSeason season;
    season.plays(kPlayer, 10).plays(kPlayer, 20);
    season.change().player_games[0].rebounds = 4;
    season.change().player_games[1].rebounds = 9;
    season.change().player_games[1].three_pointers_made = 2;
    GradeRequest asked = request();
    asked.market = Market::kRebounds;
    EXPECT_EQ(reference(season.report(asked), "last_10_mean").mae, 5);
    // The first game's threes are not on record: it is in no population of that market.
    asked.market = Market::kThrees;
    EXPECT_EQ(season.report(asked).population_n, 1);
    EXPECT_EQ(reference(season.report(asked), "last_10_mean").n, 0);
}

template <class T>
void shuffle(std::vector<T>& rows, std::mt19937& random) {
    for (std::size_t i = rows.size(); i > 1; --i)
        std::swap(rows[i - 1], rows[random() % i]);
}

TEST(GradeReport, HasTheSameBitsInWhateverOrderTheFactsCome) {
    SmallSeason season;
    std::mt19937 random(7);
    for (int i = 0; i < 50; ++i) {
        season.plays(PlayerId{1 + i % 7}, static_cast<std::int32_t>(random() % 40));
        season.quote(15.5 + i % 9, 30);
        for (const auto* const system : {"a_v1", "b_v1"}) {
            season.forecast(5 + static_cast<double>(random() % 300) / 10.0 + 0.1, system);
            season.pick(15.5 + i % 9, i % 2 == 0 ? "OVER" : "UNDER", -110 - i, 100 + i);
        }
    }
    const auto in_order = bits(season.report());
    ASSERT_EQ(in_order.size(), 48U);
    for (const std::uint64_t bit : in_order)
        EXPECT_FALSE(std::isnan(std::bit_cast<double>(bit)));
    for (int round = 0; round < 5; ++round) {
        ReportFacts facts = season.facts();
        shuffle(facts.accuracy, random);
        shuffle(facts.picks, random);
        shuffle(facts.player_games, random);
        EXPECT_EQ(bits(build_report(facts, request())), in_order);
    }
}

TEST(AsOfChoiceNames, AreReadAsTheyArePrinted) {
    for (const AsOfChoice choice : {AsOfChoice::kFirst, AsOfChoice::kMorning, AsOfChoice::kLast}) {
        EXPECT_EQ(*parse_as_of_choice(to_string(choice)), choice);
    }
    ASSERT_FALSE(parse_as_of_choice("noon"));
    EXPECT_EQ(parse_as_of_choice("noon").error().code(), ErrorCode::kUsage);
}

/// A database that holds one graded forecast against one line, and a play-in game that has a final
/// score alone. Nothing is derived of the box scores.
class StoredReport : public testing::Test {
protected:
    void SetUp() override {
        SmallSeason season;
        season.plays(kPlayer, 10).plays(kPlayer, 25).forecast(24).pick(20.5, "OVER");
        for (auto& pick : season.change().picks)
            pick.game_date = day(1);
        const ReportFacts facts = season.facts();

        std::vector<conform::Game> games{final_game(kFirstGame, day(0)),
                                         final_game(kFirstGame - 1, day(1)),
                                         final_game(kFirstGame + 50, day(2))};
        games.back().player_rows = 0;
        support::merge_rows(*database_, conform::kGame, games);
        support::merge_played_games(*database_, facts.player_games);
        support::merge_rows(*database_, kAccuracy, facts.accuracy);
        support::merge_rows(*database_, forecast::kPick, facts.picks);
        support::merge_rows(*database_, forecast::kPrediction,
                            std::vector{prediction(games[1], kPlayer, 24, 7),
                                        prediction(games[2], kPlayer, 24, 7)});
        collect::PropLine line;
        line.source = "prop_lines";
        line.game_id = GameId{kFirstGame - 1};
        line.player_id = kPlayer;
        line.market = "points";
        line.book = "a";
        line.line_value = 20.5;
        line.game_date = day(1);
        line.over_price = -110;
        line.under_price = -110;
        line.snapshot = tip_off(day(1)) - std::chrono::minutes{1};
        line.known_at = KnownAt{line.snapshot};
        line.known_at_basis = collect::kBasisAssumedClosing;
        collect::PropLine in_play = line;
        in_play.player_id = PlayerId{2};
        in_play.in_play = true;
        support::merge_rows(*database_, collect::kPropLine, std::vector{line, in_play});
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_ = support::open_with_tables(
        folder_.path() / "report.duckdb",
        {&conform::kGame.spec(), &collect::kSchedule.spec(), &collect::kPlayerBox.spec(),
         &kAccuracy.spec(), &forecast::kPick.spec(), &forecast::kPrediction.spec(),
         &collect::kPropLine.spec()});
};

TEST_F(StoredReport, ReadsWhatIsStored) {
    const GradeReport report = support::value_of(grade_report(*database_, request()));
    EXPECT_EQ(report.population_n, 2);
    ASSERT_EQ(report.systems.size(), 1U);
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[0].measures.bias(), -1);
    EXPECT_EQ(report.systems[0].picks.hit_rate(), 1);
    EXPECT_EQ(reference(report, "last_10_mean").mae, 15);
    EXPECT_EQ(reference(report, "line").n, 1);
    EXPECT_EQ(reference(report, "line").mae, 4.5);
    EXPECT_EQ(report.undated_lines, 1);
}

TEST_F(StoredReport, ARangeWithoutResultsIsAReportOfZeros) {
    GradeRequest asked = request();
    asked.dates = {day(300), day(310)};
    const GradeReport report = support::value_of(grade_report(*database_, asked));
    EXPECT_EQ(report.population_n, 0);
    EXPECT_TRUE(report.systems.empty());
    EXPECT_EQ(reference(report, "last_10_mean").n, 0);
}

TEST_F(StoredReport, GamesWithoutABoxScoreAreNotWaitingForGrades) {
    EXPECT_EQ(support::value_of(ungraded_games(*database_, request().dates)), 0);
    support::execute(*database_, "DELETE FROM predictions.prediction_accuracy");
    EXPECT_EQ(support::value_of(ungraded_games(*database_, request().dates)), 1);
}

}  // namespace
}  // namespace tipoff::grade
