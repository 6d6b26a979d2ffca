#include "grade/report_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "hand_made.h"
#include "small_season.h"

namespace tipoff::grade {
namespace {

/// Fifty player games, two systems, lines on all of them.
SmallSeason fifty_games() {
    SmallSeason season;
    std::mt19937 random(11);
    for (int i = 0; i < 50; ++i) {
        season.plays(PlayerId{1 + i % 3}, static_cast<std::int32_t>(random() % 40));
        season.quote(15.5 + i % 9, 30);
        for (const auto* const system : {"a_v1", "b_v1"}) {
            season.forecast(5 + static_cast<double>(random() % 300) / 10.0 + 0.1, system);
            season.pick(15.5 + i % 9, i % 2 == 0 ? "OVER" : "UNDER", -110 - i, 100 + i);
        }
    }
    return season;
}

/// The rows of the dates from one day to before another.
struct Part {
    std::vector<conform::PlayerGame> player_games;
    std::vector<Accuracy> accuracy;
    std::vector<forecast::Pick> picks;

    Part(const ReportFacts& facts, int from, int to) {
        std::set<GameId> games;
        for (const conform::PlayerGame& row : facts.player_games) {
            if (row.game_date < day(from) || row.game_date >= day(to)) continue;
            player_games.push_back(row);
            games.insert(row.game_id);
        }
        const auto is_of_part = [&](const auto& row) { return games.contains(row.game_id); };
        std::ranges::copy_if(facts.accuracy, std::back_inserter(accuracy), is_of_part);
        std::ranges::copy_if(facts.picks, std::back_inserter(picks), is_of_part);
    }

    [[nodiscard]] ReportPart view(const MarketLines& lines) const {
        const GradedForecasts forecasts{.accuracy = accuracy, .picks = picks};
        return {.player_games = player_games,
                .forecasts = forecasts,
                .without_lines = forecasts,
                .lines = lines};
    }
};

TEST(ReportBuilder, PartsInTheOrderOfTheirDatesAreTheWholeToTheBit) {
    const ReportFacts facts = fifty_games().facts();
    const History history(facts.player_games);
    for (const Population population : {Population::kAll, Population::kSettled}) {
        const GradeRequest asked = request(population);
        ReportBuilder whole(asked, history);
        whole.add(Part(facts, 0, 50).view(facts.lines));
        ReportBuilder parts(asked, history);
        for (const auto& [from, to] : std::vector<std::pair<int, int>>{{0, 20}, {20, 21}, {21, 50}})
            parts.add(Part(facts, from, to).view(facts.lines));
        const GradeReport report = parts.report({});
        EXPECT_EQ(bits(report), bits(whole.report({})));
        EXPECT_EQ(report.population_n, whole.report({}).population_n);
        ASSERT_EQ(report.systems.size(), 2U);
        ASSERT_TRUE(report.without_lines);
        if (population == Population::kAll) {
            EXPECT_EQ(report.population_n, 50);
        }
    }
}

TEST(ReportBuilder, OfEveryBoxRowTheNewestStatementCounts) {
    SmallSeason season;
    season.plays(kPlayer, 10).plays(kPlayer, 20);
    conform::PlayerGame corrected = season.facts().player_games[1];
    corrected.points = 22;
    corrected.revision = 1;
    season.change().player_games.push_back(corrected);
    const GradeReport report = season.report();
    EXPECT_EQ(report.population_n, 2);
    EXPECT_EQ(report.references.at(0).n, 1);
    EXPECT_EQ(report.references.at(0).mae, 12);
}

TEST(ReportBuilder, WhatIsSaidWithoutTheLinesStandsApart) {
    SmallSeason with;
    with.plays(kPlayer, 10).quote(12.5, 30).forecast(12, "ensemble_v1").pick(12.5, "UNDER");
    with.plays(kPlayer, 30).quote(20.5, 30).forecast(21, "ensemble_v1").pick(20.5, "OVER");
    with.plays(kPlayer, 20).forecast(18, "ensemble_v1");
    SmallSeason without;
    without.plays(kPlayer, 10).forecast(16, "ensemble_v1").pick(12.5, "OVER");
    without.plays(kPlayer, 30).forecast(19, "ensemble_v1").pick(20.5, "UNDER");
    without.plays(kPlayer, 20).forecast(18, "ensemble_v1");
    const ReportFacts facts = with.facts();
    const ReportFacts apart = without.facts();
    const History history(facts.player_games);
    ReportBuilder builder(request(), history);
    builder.add({.player_games = facts.player_games,
                 .forecasts = {.accuracy = facts.accuracy, .picks = facts.picks},
                 .without_lines = {.accuracy = apart.accuracy, .picks = apart.picks},
                 .lines = facts.lines});
    const GradeReport report = builder.report({});
    ASSERT_EQ(report.systems.size(), 1U);
    EXPECT_EQ(report.systems[0].measures.n(), 3);
    EXPECT_EQ(report.systems[0].picks.hit_rate(), 1);
    EXPECT_EQ(report.systems[0].lined.line.mae(),
              (facts.accuracy[0].absolute_error + facts.accuracy[1].absolute_error) / 2);
    ASSERT_TRUE(report.without_lines);
    EXPECT_EQ(report.without_lines->system_id, "ensemble_v1");
    EXPECT_EQ(report.without_lines->measures.n(), 2);  // the third game has no line
    EXPECT_EQ(report.without_lines->lined.line.n(), 2);
    EXPECT_EQ(report.without_lines->lined.line.mae(),
              (apart.accuracy[0].absolute_error + apart.accuracy[1].absolute_error) / 2);
    EXPECT_EQ(report.without_lines->lined.line.other_mae(), (2.5 + 9.5) / 2);
    EXPECT_EQ(report.without_lines->picks.hit_rate(), 0);
    EXPECT_FALSE(with.report().without_lines);
}

}  // namespace
}  // namespace tipoff::grade
