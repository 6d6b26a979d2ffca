// A home that has collected some days of a season is rebuilt from its archive to the same digests,
// whether the upstreams were well or not.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>

#include "collect/raw_tables.h"
#include "operate/rebuild.h"
#include "operate/workflows.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using support::count_rows;
using support::value_of;

constexpr int kDays = 5;

/// Rows of each stated table in which two digests may differ, for a failure's message.
std::map<std::string, std::string> table_digests(CollectedLeague& league) {
    std::map<std::string, std::string> digests;
    for (const store::TableSpec* table : collect::raw_tables()) {
        const std::array<const store::TableSpec*, 1> one{table};
        digests[table->qualified_name()] =
            to_string(value_of(store::digest(league.database(), one)));
    }
    return digests;
}

/// The sources of some jobs, as of now.
void collect_sources_of(CollectedLeague& league, const operate::Workflows& workflows,
                        std::initializer_list<std::string_view> jobs) {
    const Instant now = league.clock().league_now();
    for (const std::string_view name : jobs) {
        for (const operate::Task& task :
             operate::tasks_of(*workflows.find(name), now, eastern_date(now))) {
            if (task.kind == operate::TaskKind::kCollect)
                league.collect(task.name, {.dates = {task.game_date}});
        }
    }
}

/// Whatever a source has, every morning and noon, asked once: what is missing stays so.
void live_with_every_source(CollectedLeague& league, int days) {
    const auto workflows =
        value_of(operate::read_workflows(operate::default_workflows_text(), "workflows.yaml"));
    for (int day = 0; day < days; ++day) {
        const GameDate today = scenario::opening_night().plus_days(day);
        league.go_to(today, {.hour = 7, .minute = 0, .second = 0});
        collect_sources_of(league, workflows, {"morning", "rosters"});
        league.go_to(today, {.hour = 18, .minute = 30, .second = 0});
        collect_sources_of(league, workflows, {"lines"});
    }
    value_of(league.collecting().take_up_waiting());
}

class RebuiltCollection : public testing::TestWithParam<std::tuple<support::Engine, double>> {
protected:
    void SetUp() override {
        if (!support::is_installed(engine())) GTEST_SKIP() << support::kNotInstalled;
    }
    static support::Engine engine() { return std::get<support::Engine>(GetParam()); }
    static double share() { return std::get<double>(GetParam()); }

    support::HomePlace place_{engine()};
};

TEST_P(RebuiltCollection, HasTheSameDigests) {
    league::FaultPlan faults({.seed = 3, .share = share(), .kinds = {}});
    CollectedLeague league(place_, share() > 0 ? &faults : nullptr);
    league.live_through(kDays);
    league.derive(kDays);
    ASSERT_GT(count_rows(league.database(), "raw.prop_line"), 1000);
    ASSERT_GT(count_rows(league.database(), "predictions.player_prop_prediction"), 100);
    const auto before = table_digests(league);

    const auto report = value_of(
        operate::rebuild(league.database(), league.ledger(), league.clock(), league.folder()));
    EXPECT_GT(report.answers, 50);
    EXPECT_EQ(table_digests(league), before);
    EXPECT_EQ(to_string(report.derived_after), to_string(report.derived_before));
    EXPECT_TRUE(report.is_the_same());
}

TEST_P(RebuiltCollection, OfEverySourceHasTheSameRows) {
    league::FaultPlan faults({.seed = 4, .share = share(), .kinds = {}});
    CollectedLeague league(place_, share() > 0 ? &faults : nullptr);
    live_with_every_source(league, 3);
    for (const std::string table :
         {"raw.br_roster", "raw.espn_roster", "raw.standings", "raw.injury_report",
          "raw.inactive_player", "raw.play_by_play", "raw.active_player", "raw.prop_line"})
        ASSERT_GT(count_rows(league.database(), table), 10) << table;
    const auto before = table_digests(league);
    const auto report = value_of(
        operate::rebuild(league.database(), league.ledger(), league.clock(), league.folder()));
    EXPECT_GT(report.answers, 200);
    EXPECT_EQ(table_digests(league), before);
}

using support::Engine;
INSTANTIATE_TEST_SUITE_P(Faults, RebuiltCollection,
                         testing::Values(std::tuple(Engine::kDuckDb, 0.0),
                                         std::tuple(Engine::kDuckDb, 0.15),
                                         std::tuple(Engine::kPostgres, 0.0)));

}  // namespace
}  // namespace tipoff
