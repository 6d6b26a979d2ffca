/// Tables by their schedule: due, done, late, failed, never, and a summer.
#include "operate/datasets.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "operate/mini_home.h"
#include "operate/schedule_store.h"
#include "operate/watched_tables.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::MiniHome;
using namespace std::chrono_literals;

/// A home at noon of its last day, whose schedule was first seen the evening before.
class Datasets : public testing::Test {
protected:
    Datasets() {
        value_of(note_jobs(home_.database(), workflows_, at(home_.last_day().plus_days(-1), 20)));
        home_.go_to(at(home_.last_day(), 12));
    }

    static Instant at(GameDate date, int hour, int minute = 0) {
        return eastern_instant(date, {.hour = hour, .minute = minute, .second = 0});
    }
    [[nodiscard]] GameDate today() const { return home_.last_day(); }

    Dataset of(std::string_view table) {
        for (Dataset& dataset :
             value_of(datasets(home_.database(), workflows_, home_.clock().league_now()))) {
            if (dataset.table == table) return dataset;
        }
        ADD_FAILURE() << table;
        return {};
    }
    /// "late: due at ..., ...".
    std::string told(std::string_view table) {
        const Dataset dataset = of(table);
        return std::string(to_string(dataset.state)) + ": " + dataset.why;
    }

    ledger::RunHandle begin(std::string step, std::string scope) {
        return value_of(home_.ledger().start({.step = std::move(step),
                                              .scope = std::move(scope),
                                              .dates = std::nullopt,
                                              .input_hash = ""}));
    }

    MiniHome home_;
    Workflows workflows_ = value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
};

TEST_F(Datasets, AreAllWatchedTablesWithTheirJobsAndRows) {
    const auto all = value_of(datasets(home_.database(), workflows_, home_.clock().league_now()));
    ASSERT_EQ(all.size(), watched_tables().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string name = watched_tables()[i].table->qualified_name();
        EXPECT_EQ(all[i].table, name);
        EXPECT_EQ(all[i].rows, support::count_rows(home_.database(), name)) << name;
        EXPECT_FALSE(all[i].jobs.empty()) << name;
        EXPECT_FALSE(all[i].why.empty()) << name;
        for (const std::string& job : all[i].jobs)
            EXPECT_NE(all[i].schedule.find(job + ": "), std::string::npos) << name;
    }
}

TEST_F(Datasets, AreLateFromWhenTheyAreDueUntilARunForItHasSucceeded) {
    const Dataset due = of("raw.br_roster");
    EXPECT_EQ(due.schedule, "br_rosters: cron 30 6 * * *");
    EXPECT_EQ(due.should_update_at, at(today(), 6, 30));
    EXPECT_EQ(due.next_update_at, at(today().plus_days(1), 6, 30));
    EXPECT_EQ(due.last_success_at, std::nullopt);
    EXPECT_EQ(told("raw.br_roster"), "never: none of its sources was ever asked");

    // One for the day before does not stand for the one of today.
    home_.go_to(at(today().plus_days(-1), 22));
    value_of(home_.ledger().finish(begin("collect", "br_rosters"), {}));
    home_.go_to(at(today(), 7));
    EXPECT_EQ(of("raw.br_roster").state, DatasetState::kFresh) << "it is on time for an hour";
    home_.go_to(at(today(), 12));
    const std::string when = to_eastern_string(at(today(), 6, 30));
    EXPECT_EQ(told("raw.br_roster"), "late: due at " + when + "; the newest run: succeeded");

    const auto run = begin("collect", "br_rosters");
    EXPECT_EQ(told("raw.br_roster"), "late: due at " + when + "; the newest run: running");
    value_of(home_.ledger().finish(run, {}));
    EXPECT_EQ(told("raw.br_roster"), "fresh: done for " + when);
    EXPECT_EQ(of("raw.br_roster").last_run->run_id, run.run_id);
    EXPECT_EQ(of("raw.br_roster").last_success_at, home_.clock().wall_now());
}

TEST_F(Datasets, HaveFailedWhereTheNewestRunDidAndNothingElseHasFilledThem) {
    const auto run = begin("collect", "nbac_injury_report " + to_string(today()));
    home_.ledger().finish_failed(run, Error(ErrorCode::kIo, "the host is gone"));
    const Dataset failed = of("raw.injury_report");
    EXPECT_EQ(failed.state, DatasetState::kFailed) << failed.why;
    EXPECT_EQ(failed.last_run->run_id, run.run_id);
    EXPECT_EQ(failed.last_run->state, "failed");
    EXPECT_NE(failed.why.find("failed"), std::string::npos);
    // Its other source fills the table as well.
    value_of(home_.ledger().finish(begin("collect", "bdl_injuries " + to_string(today())), {}));
    EXPECT_EQ(of("raw.injury_report").state, DatasetState::kFresh);
}

TEST_F(Datasets, OfGamesAreDueByTheGamesOfTheDay) {
    const Dataset lines = of("raw.prop_line");
    EXPECT_EQ(lines.jobs, (std::vector<std::string>{"betting_lines", "early_games"}));
    const auto games = value_of(
        read_known_games(home_.database(), {today(), today()}, home_.clock().league_now()));
    ASSERT_FALSE(games.empty());
    const Instant first_look = games.front().tip_off - 6h;
    ASSERT_GT(first_look, home_.clock().league_now());
    EXPECT_EQ(lines.next_update_at, first_look);
    home_.go_to(first_look + 10min);
    EXPECT_EQ(of("raw.prop_line").should_update_at, first_look);
    EXPECT_EQ(of("raw.prop_line").next_update_at, first_look + 1h);
    // A job that is paused is not waited for.
    const auto before = of("raw.br_roster");
    EXPECT_TRUE(before.should_update_at);
    value_of(pause_job(home_.database(), "br_rosters", "test", home_.clock().league_now()));
    const auto paused = of("raw.br_roster");
    EXPECT_FALSE(paused.should_update_at);
    EXPECT_FALSE(paused.next_update_at);
    EXPECT_EQ(paused.schedule, "br_rosters: cron 30 6 * * * (paused)");
}

TEST_F(Datasets, OfDerivedTablesChangeWithTheRunsThatTheirRowsName) {
    const Dataset features = of("features.feature_store");
    EXPECT_EQ(features.step, "features");
    ASSERT_TRUE(features.last_change_at);
    const auto named = value_of(
        home_.database().read("SELECT max(finished_at) FROM ops.run WHERE step = 'features'", {}));
    EXPECT_EQ(features.last_change_at, store::ColumnCodec<Instant>::get(named.data[0], 0));
    EXPECT_EQ(features.last_success_at, features.last_change_at);
    EXPECT_EQ(of("raw.player_box").last_change_at, std::nullopt);
    EXPECT_EQ(told("raw.player_box"), "never: no run on record has filled it");
}

TEST_F(Datasets, AreNotExpectedInSummer) {
    value_of(home_.ledger().finish(begin("collect", "br_rosters"), {}));
    home_.go_to(at(today().plus_days(150), 12));
    EXPECT_EQ(told("raw.br_roster"), "off_season: no games within 7 days");
    EXPECT_EQ(of("raw.prop_line").should_update_at, std::nullopt);
}

}  // namespace
}  // namespace tipoff::operate
