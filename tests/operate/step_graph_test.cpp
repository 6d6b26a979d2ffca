/// The graph of steps says what the declarations say, and holds together.
#include "operate/step_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "operate/run_work.h"
#include "support/expected.h"

namespace tipoff::operate {
namespace {

using Names = std::vector<std::string>;

class StepGraph : public testing::Test {
protected:
    [[nodiscard]] const GraphStep& step(std::string_view name) const {
        const auto found = std::ranges::find(steps_, name, &GraphStep::step);
        if (found == steps_.end()) throw std::runtime_error("no step " + std::string(name));
        return *found;
    }
    [[nodiscard]] static bool has(const Names& names, std::string_view name) {
        return std::ranges::find(names, name) != names.end();
    }

    Workflows workflows_ =
        support::value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
    std::vector<GraphStep> steps_ = step_graph(workflows_);
};

TEST_F(StepGraph, HasEveryStepOnceAndEveryWatchedTableWithTheStepThatFillsIt) {
    std::set<std::string> names;
    std::map<std::string, std::string> writer;
    for (const GraphStep& made : steps_) {
        EXPECT_TRUE(names.insert(made.step).second) << made.step;
        for (const std::string& table : made.writes)
            EXPECT_TRUE(writer.emplace(table, made.step).second) << table;
    }
    EXPECT_EQ(writer.size(), watched_tables().size());
    for (const WatchedTable& table : watched_tables())
        EXPECT_EQ(writer.at(table.table->qualified_name()), table.step);
    for (const Step known : kSteps)
        EXPECT_TRUE(names.contains(std::string(to_string(known))));
}

TEST_F(StepGraph, GoesFromWhatIsCollectedToGrades) {
    EXPECT_EQ(step("collect").after, Names{});
    EXPECT_EQ(step("conform").after, Names{"collect"});
    EXPECT_TRUE(has(step("conform").reads, "raw.player_box"));
    EXPECT_TRUE(has(step("features").after, "conform"));
    EXPECT_TRUE(has(step("features").reads, "analytics.upcoming_team_game_context"));
    EXPECT_TRUE(has(step("forecasts").after, "features"));
    EXPECT_TRUE(has(step("grades").after, "forecasts"));
    EXPECT_TRUE(has(step("grades").reads, "predictions.player_prop_prediction"));
    // No step waits for one behind it, and none for itself.
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        for (const std::string& before : steps_[i].after) {
            const auto place = std::ranges::find(steps_, before, &GraphStep::step);
            EXPECT_LT(place - steps_.begin(), static_cast<std::ptrdiff_t>(i))
                << steps_[i].step << " after " << before;
        }
    }
}

TEST_F(StepGraph, NamesTheJobsAndSourcesOfEachStep) {
    EXPECT_EQ(step("forecasts").workflows, (Names{"forecasts", "early_games"}));
    EXPECT_EQ(step("grades").workflows, Names{"grades"});
    EXPECT_EQ(step("train").workflows, Names{"weekly_training"});
    EXPECT_EQ(step("upkeep").workflows, Names{"upkeep"});
    EXPECT_TRUE(step("features").sources.empty());
    const auto& sources = step("collect").sources;
    EXPECT_EQ(sources.size(), collect::sources().size());
    const auto rosters = std::ranges::find(sources, "br_rosters", &GraphSource::source);
    ASSERT_NE(rosters, sources.end());
    EXPECT_EQ(rosters->writes, Names{"raw.br_roster"});
    EXPECT_EQ(rosters->workflows, Names{"br_rosters"});
    EXPECT_FALSE(rosters->what.empty());
}

TEST_F(StepGraph, KnowsWhichJobsFillATable) {
    const auto jobs_of = [this](std::string_view table) {
        Names names;
        for (const Job* job : jobs_that_fill(*find_watched(table), workflows_))
            names.push_back(job->name);
        return names;
    };
    EXPECT_EQ(jobs_of("raw.player_box"), (Names{"morning_operations", "post_game"}));
    EXPECT_EQ(jobs_of("predictions.prediction_accuracy"), Names{"grades"});
    EXPECT_EQ(jobs_of("features.feature_store"),
              (Names{"nightly_features", "forecasts", "early_games"}));
}

}  // namespace
}  // namespace tipoff::operate
