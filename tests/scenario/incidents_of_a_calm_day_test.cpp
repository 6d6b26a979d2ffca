// Incidents that a day in peace must not show: I-05 (bookkeeping that blocked the pipeline), I-06
// (runs for games that had not begun), I-41 (steps out of their order), I-48 and I-49 (the wrong
// night, the wrong zone), I-50 ("YESTERDAY" taken for a date), I-53 (a register that nobody
// refreshed), I-68 (forecasts never graded).

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/crash_point.h"
#include "ledger/run_queue.h"
#include "operate/problems.h"
#include "operate/run_work.h"
#include "operate/schedule_store.h"
#include "operate/status.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace operate;
using namespace scenario;
using ledger::RunRow;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

std::map<std::string, std::int64_t, std::less<>> passed;
void count_points(std::string_view point) { ++passed[std::string(point)]; }

/// The day after opening night: its players have played by then.
constexpr int kDay = 1;
Instant end_of_day() { return on_day(kDay + 1, 12); }
GameDate date() { return opening_night().plus_days(kDay); }

/// Plans a run by hand, as somebody might who does not look at the schedule.
void plan(OperatedLeague& league, std::vector<RunWork> works, Instant deadline) {
    const Instant now = league.clock().league_now();
    std::vector<ledger::PlannedRun> runs;
    for (RunWork& work : works) {
        work.game_date = date();
        runs.push_back(planned_run(work, "by_test", now, deadline));
    }
    const auto transaction = value_of(league.database().begin());
    value_of(ledger::RunQueue(league.database(), league.clock()).plan(*transaction, runs));
    value_of(transaction->commit());
}

/// The second day of a season, from its morning to the noon after, under the program's own
/// workflows, but that nobody grades.
class ACalmDay : public testing::Test {
protected:
    static void SetUpTestSuite() {
        place_ = std::make_unique<support::HomePlace>();
        league_ = std::make_unique<IncidentLeague>(*place_);
        value_of(note_jobs(league_->database(), workflows(), on_day(0, 6)));
        value_of(pause_job(league_->database(), "grades", "test", on_day(0, 6)));
        league_->pass();
        sleep_until(*league_, on_day(kDay, 5));
        bool has_planned = false;
        passed.clear();
        set_crash_hook(&count_points);
        league_->operate_until(end_of_day(), [&](Instant now) {
            if (now < on_day(kDay, 12) || has_planned) return;
            has_planned = true;
            plan(*league_,
                 {{.kind = TaskKind::kCollect, .source = collect::find_source("nbac_gamebook")},
                  {.kind = TaskKind::kDerive, .step = Step::kForecasts, .is_live = true},
                  {.kind = TaskKind::kDerive, .step = Step::kFeatures, .is_live = true},
                  {.kind = TaskKind::kDerive, .step = Step::kConform, .is_live = true}},
                 end_of_day());
        });
        set_crash_hook(nullptr);
    }
    static void TearDownTestSuite() {
        league_.reset();
        place_.reset();
    }

    static const Workflows& workflows() {
        static const Workflows known =
            value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
        return known;
    }
    static OperatedLeague& league() { return *league_; }
    static store::Database& database() { return league_->database(); }

    static inline std::unique_ptr<support::HomePlace> place_;
    static inline std::unique_ptr<IncidentLeague> league_;
};

TEST_F(ACalmDay, I05WritesOfItsLedgerAreFew) {
    const std::int64_t begun = number(league(), "SELECT CAST(sum(attempt) AS BIGINT) FROM ops.run");
    EXPECT_EQ(passed["ledger.before_start_commit"], begun) << "one transaction a begin";
    EXPECT_LE(passed["ledger.before_budget_commit"], begun) << "one more before it writes";
    const std::int64_t changes =
        number(league(), "SELECT CAST(sum(row_version) AS BIGINT) FROM ops.run");
    const std::int64_t runs = count_rows(database(), "ops.run");
    EXPECT_LE(changes, runs * 6);
    const auto hours =
        std::chrono::duration_cast<std::chrono::hours>(end_of_day() - on_day(kDay, 5)).count();
    EXPECT_LT(changes * 24 / hours, 2'000)
        << "one day of the incident had 2,466 writes of three tables";
    EXPECT_LT(count_rows(database(), "ops.schedule_decision"), 1'000);

    // A look with nothing to do begins nothing and writes nothing.
    league().pass();
    passed.clear();
    set_crash_hook(&count_points);
    const std::string before = to_string(value_of(store::digest(database(), ledger::ops_tables())));
    for (int i = 0; i < 20; ++i)
        league().pass();
    set_crash_hook(nullptr);
    EXPECT_EQ(passed["ledger.before_start_commit"], 0);
    EXPECT_EQ(to_string(value_of(store::digest(database(), ledger::ops_tables()))), before);
}

TEST_F(ACalmDay, I06AGameThatHasNotBegunIsWaitedForAndCostsNoAttempt) {
    const Instant first_tip_off =
        value_of(read_known_games(database(), {date(), date()}, on_day(kDay, 23))).front().tip_off;
    for (const char* results : {"leaguegamelog", "boxscoretraditionalv2", "/v1/box_scores",
                                "playbyplay", "/nba/boxscore", "/pdfs/"})
        EXPECT_EQ(asked(league(), results, first_tip_off, on_day(kDay, 12)), 0) << results;
    const auto books = runs_where(league(), "job = 'by_test' AND scope LIKE 'nbac_gamebook%'");
    ASSERT_EQ(books.size(), 1U);
    EXPECT_EQ(books[0].most_attempts - books[0].attempt, ledger::kMostAttempts - 1)
        << "an attempt that came to nothing yet is given back";
    EXPECT_LT(books[0].attempt, 20) << "it sleeps until the book can be there";
    EXPECT_TRUE(books[0].state == "succeeded" || books[0].state == "degraded") << books[0].state;
    EXPECT_GT(asked(league(), "/pdfs/"), 0);
    EXPECT_EQ(count_rows(database(), "ops.run WHERE step = 'collect' AND state = 'failed'"), 0);
}

TEST_F(ACalmDay, I41StepsOfAPhaseRunInTheOrderOfTheirData) {
    // Planned the wrong way round.
    std::map<std::string, std::int64_t> tokens;
    for (const RunRow& run : runs_where(league(), "job = 'by_test' AND step <> 'collect'")) {
        EXPECT_EQ(run.state, "succeeded") << run.step << " " << run.reason;
        tokens[run.step] = run.fencing_token;
    }
    ASSERT_EQ(tokens.size(), 3U);
    EXPECT_LT(tokens["conform"], tokens["features"]);
    EXPECT_LT(tokens["features"], tokens["forecasts"]);
    // And of every forecast of the day its features are older, and not of another plan.
    EXPECT_EQ(number(league(),
                     "SELECT CAST(count(*) AS BIGINT) FROM ops.run f WHERE step = 'forecasts' AND "
                     "state = 'succeeded' AND NOT EXISTS (SELECT 1 FROM ops.run e WHERE e.step = "
                     "'features' AND e.scope = f.scope AND e.fencing_token < f.fencing_token AND "
                     "e.state = 'succeeded')"),
              0);
}

TEST_F(ACalmDay, I48EveryRunIsOfItsNight) {
    bool is_past_midnight = false;
    for (const RunRow& run : runs_where(league(), "job = 'post_game'")) {
        if (run.logical_time < on_day(kDay, 12)) continue;
        EXPECT_EQ(run.game_date, date()) << run.scope;
        EXPECT_TRUE(run.scope.contains(to_string(date()))) << run.scope;
        is_past_midnight |= eastern_date(run.logical_time) > date();
    }
    EXPECT_TRUE(is_past_midnight);
    EXPECT_EQ(count_rows(database(), "raw.player_box WHERE game_date > " + sql_day(kDay)), 0);
}

TEST_F(ACalmDay, I49TimesOfDayAreEastern) {
    for (const auto& [job, hour, minute] :
         {std::tuple{"morning_operations", 6, 5}, std::tuple{"br_rosters", 6, 30},
          std::tuple{"nightly_features", 6, 45}, std::tuple{"daily_summary", 9, 0}}) {
        for (const RunRow& run : runs_where(league(), "job = '" + std::string(job) + "'")) {
            const GameDate day = eastern_date(run.logical_time);
            EXPECT_EQ(run.logical_time,
                      eastern_instant(day, {.hour = hour, .minute = minute, .second = 0}))
                << job;
        }
    }
}

TEST_F(ACalmDay, I50NothingIsAskedForByAWord) {
    for (const RunRow& run : runs_where(league(), "job <> ''")) {
        EXPECT_TRUE(run.game_date.has_value()) << run.step << " " << run.scope;
        for (const char* word : {"today", "yesterday", "tomorrow", "TODAY", "YESTERDAY"})
            EXPECT_FALSE(run.scope.contains(word)) << run.scope;
    }
    for (const char* word : {"today", "yesterday", "TODAY", "YESTERDAY"})
        EXPECT_EQ(asked(league(), word), 0) << word;
}

TEST_F(ACalmDay, I53RegistersAreRefreshedByThemselves) {
    for (const char* source : {"nbac_player_list", "br_rosters", "espn_rosters", "bdl_injuries"}) {
        for (const int day : {kDay, kDay + 1}) {
            EXPECT_FALSE(runs_where(league(), "step = 'collect' AND scope LIKE '" +
                                                  std::string(source) +
                                                  " %' AND state IN ('succeeded', 'degraded') AND "
                                                  "game_date = " +
                                                  sql_day(day))
                             .empty())
                << source << " of day " << day;
        }
    }
    const auto report = value_of(status(database(), date().plus_days(1), end_of_day()));
    std::set<std::string> registers{"raw.br_roster", "raw.espn_roster", "raw.active_player",
                                    "ref.player"};
    for (const StatusLights& lights : report.lights) {
        if (registers.erase(lights.table) == 0) continue;
        EXPECT_EQ(lights.age.light, Light::kGreen) << lights.table << " " << lights.age.says;
        EXPECT_EQ(lights.completeness.light, Light::kGreen)
            << lights.table << " " << lights.completeness.says;
        EXPECT_GT(lights.counts.held, 0) << lights.table;
        EXPECT_NE(lights.age.says, "no clock") << lights.table;
    }
    EXPECT_TRUE(registers.empty());
}

TEST_F(ACalmDay, I68ADateThatWasNeverGradedIsToldUntilItIs) {
    ASSERT_GT(count_rows(database(), "predictions.player_prop_prediction WHERE origin = 'live'"),
              0);
    const auto light = [] {
        const auto report = value_of(status(database(), date()));
        const auto grades = std::ranges::find(report.lights, "predictions.prediction_accuracy",
                                              &StatusLights::table);
        return grades->completeness.light;
    };
    const auto told = [] {
        std::vector<std::string> titles;
        for (const Problem& problem : value_of(problems(database(), league().clock()))) {
            if (problem.alert.signature.starts_with("grades.missing"))
                titles.push_back(problem.alert.title);
        }
        return titles;
    };
    EXPECT_EQ(light(), Light::kRed);
    EXPECT_TRUE(told().empty()) << "there is still time";

    // The machine is off for two days; nothing that fails could have been told.
    sleep_until(league(), on_day(kDay + 2, 13));
    EXPECT_EQ(told(),
              (std::vector<std::string>{to_string(date()) + " was forecast and is not graded"}));
    league().pass();
    EXPECT_EQ(
        count_rows(database(), "ops.alert WHERE state = 'open' AND signature = 'grades.missing'"),
        1);

    value_of(resume_job(database(), "grades", league().clock().league_now()));
    league().operate_until(on_day(kDay + 2, 15));
    EXPECT_EQ(light(), Light::kGreen);
    EXPECT_TRUE(told().empty());
    EXPECT_EQ(count_rows(database(),
                         "ops.alert WHERE state = 'resolved' AND signature = 'grades.missing'"),
              1);
}

}  // namespace
}  // namespace tipoff
