#include "operate/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate {
namespace {

/// The second season of a small league.
class Evaluate : public testing::Test {
protected:
    static void SetUpTestSuite() {
        const Facts facts(test::mini_league({.seed = 5, .game_days = 40}));
        EvaluateRequest request;
        const auto season =
            facts.seasons_between(GameDate{}, GameDate{std::chrono::sys_days::max()}).back();
        request.grade.dates = {season.from, season.to};
        request.grade.population = grade::Population::kAll;
        request.walk.fewest_games = 300;
        request.walk.trees.most_rounds = 30;
        request.walk.trees.min_child_weight = 5;
        report_ = support::value_of(evaluate(facts, request));
    }
    static EvaluateReport report_;
};
EvaluateReport Evaluate::report_;

TEST_F(Evaluate, ReportsEverySystemOnTheSamePlayerGames) {
    std::set<std::string> systems;
    for (const grade::SystemReport& system : report_.grade.systems) {
        systems.insert(system.system_id);
        EXPECT_EQ(system.measures.n(), report_.grade.systems.front().measures.n());
        EXPECT_GT(system.measures.n(), 500);
        EXPECT_EQ(system.live, 0);
    }
    EXPECT_EQ(systems, (std::set<std::string>{"ensemble_v1", "moving_average_v1", "similarity_v1",
                                              "xgboost_v1", "zone_matchup_v1"}));
    EXPECT_GT(report_.trainings, 1);
    EXPECT_EQ(report_.retrain_days, 30);
}

TEST_F(Evaluate, ComparesWithTheLinesThatStoodBeforeTipOff) {
    const auto line =
        std::ranges::find(report_.grade.references, "line", &grade::ReferenceReport::name);
    ASSERT_NE(line, report_.grade.references.end());
    EXPECT_GT(line->n, 50);
    for (const grade::SystemReport& system : report_.grade.systems)
        EXPECT_FALSE(std::isnan(system.probability.log_loss()));
}

}  // namespace
}  // namespace tipoff::operate
