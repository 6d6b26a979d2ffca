// Incidents of scheduling, on a simulated opening night: two schedulers look every ten minutes and
// collect what is due to the end of the night.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "operate/schedule_store.h"
#include "operate/schedule_tables.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using operate::Decision;
using operate::Verdict;
using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

/// Collecting alone: what else a job does is not this test's.
struct Night {
    explicit Night(const support::HomePlace& place, std::string_view job_name,
                   league::FaultPlan* faults = nullptr)
        : league(place, faults), job(*workflows.find(job_name)) {
        league.collect_all({"nbac_schedule", "nbac_player_list"}, {opening_night()});
        value_of(operate::note_jobs(league.database(), workflows, now()));
    }

    [[nodiscard]] Instant now() { return league.clock().league_now(); }

    /// One scheduler's look. Another one saw the same and comes second.
    void look() {
        const auto decisions = value_of(operate::decide_now(league.database(), workflows, now()));
        value_of(operate::keep_decisions(league.database(), workflows, decisions, now()));
        for (const Decision& decision : decisions) {
            if (decision.job != job.name || decision.verdict != Verdict::kDue) continue;
            const bool first = plan(decision);
            const bool second = plan(decision);
            EXPECT_TRUE(first);
            EXPECT_FALSE(second);
            last = decision.logical_time;
            ran.push_back(decision);
            for (const operate::Task& task : decision.tasks) {
                dates.insert(task.game_date);
                if (task.kind == operate::TaskKind::kCollect)
                    league.collect(task.name, {.dates = {task.game_date}});
            }
        }
    }

    void look_until(GameDate date, TimeOfDay time) {
        for (const Instant end = eastern_instant(date, time); now() <= end;) {
            look();
            league.clock().advance(10min);
        }
    }

    const operate::Workflows workflows =
        value_of(operate::read_workflows(operate::default_workflows_text(), "workflows.yaml"));
    CollectedLeague league;
    const operate::Job& job;
    std::optional<Instant> last;
    std::vector<Decision> ran;
    std::set<GameDate> dates;  ///< of all tasks

private:
    bool plan(const Decision& decision) {
        const auto transaction = value_of(league.database().begin());
        if (!operate::advance(*transaction, job.name, last, *decision.logical_time)) return false;
        return transaction->commit().has_value();
    }
};

std::int64_t games_with_boxes(CollectedLeague& league, std::string_view table) {
    return count_rows(league.database(), "(SELECT DISTINCT game_id FROM " + std::string(table) +
                                             " WHERE game_date = DATE '" +
                                             to_string(opening_night()) + "')");
}

std::int64_t games_of_night(CollectedLeague& league) {
    return count_rows(league.database(),
                      "(SELECT DISTINCT game_id FROM raw.schedule WHERE source "
                      "= 'nbac_schedule' AND game_date = DATE '" +
                          to_string(opening_night()) + "')");
}

class I33GamesOfALateNight : public testing::TestWithParam<std::tuple<support::Engine, double>> {};

TEST_P(I33GamesOfALateNight, AreAllCollectedInTheirWindowsWhichThenEnd) {
    const auto [engine, share] = GetParam();
    if (!support::is_installed(engine)) GTEST_SKIP() << support::kNotInstalled;
    const support::HomePlace place(engine);
    league::FaultPlan faults({.seed = 3, .share = share, .kinds = {}});
    Night night(place, "post_game", share > 0 ? &faults : nullptr);
    const auto games = games_of_night(night.league);
    ASSERT_GT(games, 0);
    night.look_until(opening_night().plus_days(1), {.hour = 12, .minute = 0, .second = 0});
    EXPECT_EQ(games_with_boxes(night.league, "raw.player_box"), games);
    EXPECT_EQ(games_with_boxes(night.league, "raw.team_box"), games);
    // I-48: the windows past midnight are of the night before, every task of them.
    EXPECT_EQ(night.dates, std::set{opening_night()});
    ASSERT_FALSE(night.ran.empty());
    EXPECT_EQ(eastern_date(*night.ran.back().logical_time), opening_night().plus_days(1));
    EXPECT_LT(night.ran.size(), 8U) << "they end once every game is final with its rows";
    EXPECT_EQ(count_rows(night.league.database(),
                         "ops.schedule_decision WHERE job = 'post_game' AND verdict = 'due'"),
              static_cast<std::int64_t>(night.ran.size()));
}

using support::Engine;
INSTANTIATE_TEST_SUITE_P(Faults, I33GamesOfALateNight,
                         testing::Values(std::tuple(Engine::kDuckDb, 0.0),
                                         std::tuple(Engine::kDuckDb, 0.15),
                                         std::tuple(Engine::kPostgres, 0.0)));

class I38LinesOfANight : public support::HomeOnEachEngine {};

TEST_P(I38LinesOfANight, AreAskedForAgainUntilTheGamesBegin) {
    Night night(place_, "betting_lines");
    night.look_until(opening_night().plus_days(1), {.hour = 3, .minute = 0, .second = 0});
    ASSERT_GT(night.ran.size(), 6U);
    const auto games = value_of(operate::read_known_games(
        night.league.database(), {opening_night(), opening_night()}, night.now()));
    EXPECT_EQ(night.ran.front().logical_time, games.front().tip_off - 6h);
    EXPECT_LT(*night.ran.back().logical_time, games.back().tip_off);
    EXPECT_GE(*night.ran.back().logical_time, games.back().tip_off - 10min);
    EXPECT_GT(count_rows(night.league.database(), "raw.prop_line"), 100);
    EXPECT_EQ(count_rows(night.league.database(), "raw.prop_line WHERE in_play"), 0);
}

class I39AChangeOfTheWorkflows : public support::HomeOnEachEngine {};

TEST_P(I39AChangeOfTheWorkflows, IsSeenInWhatIsKept) {
    Night night(place_, "betting_lines");
    night.look();
    std::string changed(operate::default_workflows_text());
    const auto at = changed.find("{from: 6h, every: 60m, closing: 10m}");
    ASSERT_NE(at, std::string::npos);
    changed.replace(at, 9, "{from: 1h");
    const auto other = value_of(operate::read_workflows(changed, "workflows.yaml"));
    const auto decisions =
        value_of(operate::decide_now(night.league.database(), other, night.now()));
    value_of(
        operate::keep_decisions(night.league.database(), other, decisions, night.now() + 1min));
    EXPECT_EQ(count_rows(night.league.database(),
                         "(SELECT DISTINCT workflows_version FROM "
                         "ops.schedule_decision)"),
              2);
}

INSTANTIATE_TEST_SUITE_P(Engines, I38LinesOfANight, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I39AChangeOfTheWorkflows, support::kEngines,
                         support::engine_name);

}  // namespace
}  // namespace tipoff
