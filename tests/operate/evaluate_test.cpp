#include "operate/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>
#include <set>

#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate {
namespace {

using grade::GradeReport;
using grade::Population;
using grade::SystemReport;

/// The second season of a small league.
class Evaluate : public testing::Test {
protected:
    static void SetUpTestSuite() {
        facts_ = std::make_unique<Facts>(test::mini_league({.seed = 5, .game_days = 40}));
        all_ = evaluated({Market::kPra, Market::kPoints}, {Population::kAll, Population::kLined});
    }
    static void TearDownTestSuite() { facts_.reset(); }

    static EvaluateReport evaluated(std::vector<Market> markets,
                                    std::vector<Population> populations, bool with_lines = true) {
        EvaluateRequest request;
        const auto season =
            facts_->seasons_between(GameDate{}, GameDate{std::chrono::sys_days::max()}).back();
        request.walk.dates = {season.from, season.to};
        request.walk.markets = std::move(markets);
        request.walk.with_lines = with_lines;
        request.walk.fewest_games = 300;
        request.walk.trees.most_rounds = 30;
        request.walk.trees.min_child_weight = 5;
        request.populations = std::move(populations);
        return support::value_of(evaluate(*facts_, request));
    }

    /// On points and every player game.
    static const GradeReport& report() { return all_.reports.at(2); }
    /// On points where there is a line.
    static const GradeReport& lined_report() { return all_.reports.at(3); }

    static std::unique_ptr<Facts> facts_;
    static EvaluateReport all_;
};
std::unique_ptr<Facts> Evaluate::facts_;
EvaluateReport Evaluate::all_;

/// What a system is measured by.
std::vector<std::uint64_t> bits(const SystemReport& system) {
    std::vector<std::uint64_t> all;
    const auto add = [&](double value) { all.push_back(std::bit_cast<std::uint64_t>(value)); };
    const auto add_measures = [&](const grade::ForecastMeasures& m) {
        for (const double value : {static_cast<double>(m.n()), m.mae(), m.rmse(), m.bias(),
                                   m.crps(), m.coverage_80(), m.coverage_95()})
            add(value);
    };
    const auto add_bets = [&](const grade::BetMeasures& bets) {
        for (const double value : {static_cast<double>(bets.bets()), bets.hit_rate(),
                                   bets.break_even(), bets.roi(), bets.roi_best_price()})
            add(value);
    };
    add_measures(system.measures);
    add_bets(system.picks);
    for (const auto& edges : {system.edges, system.value_edges}) {
        for (const grade::EdgeReport& edge : edges)
            add_bets(edge.bets);
    }
    for (const auto& slices :
         {system.tiers, system.minutes_tiers, system.grades, system.months, system.teams}) {
        for (const grade::SliceReport& slice : slices)
            add_measures(slice.measures);
    }
    for (std::size_t bin = 0; bin < grade::kCalibrationBins; ++bin)
        add(system.pit.share(bin));
    for (const double value :
         {system.last_10.ratio(), system.season_mean.ratio(), system.lined.line.difference(),
          system.lined.probability.log_loss(), system.lined.price.log_loss(),
          system.probability.brier(), system.clv.points(), system.clv.probability()})
        add(value);
    return all;
}

std::vector<std::uint64_t> bits(const GradeReport& report) {
    std::vector<std::uint64_t> all{static_cast<std::uint64_t>(report.population_n),
                                   static_cast<std::uint64_t>(report.undated_lines),
                                   report.alarms.size()};
    const auto add = [&](const SystemReport& system) {
        const auto one = bits(system);
        all.insert(all.end(), one.begin(), one.end());
    };
    for (const SystemReport& system : report.systems)
        add(system);
    if (report.without_lines) add(*report.without_lines);
    for (const grade::ReferenceReport& reference : report.references)
        all.push_back(std::bit_cast<std::uint64_t>(reference.mae));
    return all;
}

const SystemReport& ensemble_of(const GradeReport& report) {
    return *std::ranges::find(report.systems, "ensemble_v1", &SystemReport::system_id);
}

TEST_F(Evaluate, ReportsEverySystemOnTheSamePlayerGames) {
    std::set<std::string> systems;
    for (const SystemReport& system : report().systems) {
        systems.insert(system.system_id);
        EXPECT_EQ(system.measures.n(), report().systems.front().measures.n());
        EXPECT_EQ(system.shared.n(), system.measures.n());
        EXPECT_GT(system.measures.n(), 500);
        EXPECT_EQ(system.live, 0);
    }
    EXPECT_EQ(systems, (std::set<std::string>{"ensemble_v1", "moving_average_v1", "similarity_v1",
                                              "xgboost_v1", "zone_matchup_v1"}));
    EXPECT_GT(all_.trainings, 1);
}

TEST_F(Evaluate, ComparesWithTheLinesThatStoodBeforeTipOff) {
    const auto line = std::ranges::find(report().references, "line", &grade::ReferenceReport::name);
    ASSERT_NE(line, report().references.end());
    EXPECT_GT(line->n, 50);
    for (const SystemReport& system : report().systems)
        EXPECT_FALSE(std::isnan(system.probability.log_loss()));
}

TEST_F(Evaluate, APlayerGameCountsOnceWhoeverForecastItAndHoweverOftenItIsCorrected) {
    const store::DateScope dates = report().request.dates;
    std::set<std::pair<GameId, PlayerId>> games;
    std::size_t statements = 0;
    for (const conform::PlayerGame& row : facts_->summaries().player_games) {
        if (row.game_date < dates.from || row.game_date > dates.to ||
            row.season_type != SeasonType::kRegular)
            continue;
        games.emplace(row.game_id, row.player_id);
        ++statements;
    }
    EXPECT_GT(statements, games.size());
    EXPECT_EQ(report().population_n, static_cast<std::int64_t>(games.size()));
}

TEST_F(Evaluate, OneWalkOverSeveralMarketsAndPopulationsIsTheSingleOnesToTheBit) {
    std::size_t next = 0;
    for (const Market market : {Market::kPra, Market::kPoints}) {
        for (const Population population : {Population::kAll, Population::kLined}) {
            const GradeReport& several = all_.reports.at(next++);
            EXPECT_EQ(several.request.market, market);
            EXPECT_EQ(several.request.population, population);
            const EvaluateReport single = evaluated({market}, {population});
            ASSERT_EQ(single.reports.size(), 1U);
            EXPECT_EQ(single.trainings, all_.trainings);
            EXPECT_EQ(bits(single.reports.front()), bits(several));
        }
    }
    EXPECT_EQ(all_.reports.size(), next);
    EXPECT_NE(bits(all_.reports[0]), bits(all_.reports[2]));
}

TEST_F(Evaluate, WhatTheEnsembleSaysWithoutTheLinesIsWhatAWalkWithoutThemSays) {
    const EvaluateReport unlined =
        evaluated({Market::kPoints}, {Population::kAll, Population::kLined}, false);
    ASSERT_TRUE(report().without_lines);
    ASSERT_TRUE(lined_report().without_lines);
    EXPECT_EQ(bits(*lined_report().without_lines), bits(ensemble_of(unlined.reports[1])));
    EXPECT_NE(bits(*lined_report().without_lines), bits(ensemble_of(lined_report())));
    EXPECT_FALSE(unlined.reports[0].without_lines);
    // Only the ensemble is given lines.
    for (const SystemReport& system : unlined.reports[0].systems) {
        const auto same =
            std::ranges::find(report().systems, system.system_id, &SystemReport::system_id);
        if (system.system_id != "ensemble_v1") {
            EXPECT_EQ(bits(system), bits(*same)) << system.system_id;
        }
    }
    // Of pra no book has a line in this league.
    EXPECT_FALSE(all_.reports[0].without_lines);
}

}  // namespace
}  // namespace tipoff::operate
