// What is wrong, read off the ledger: said once while it is so, and its end said once.
#include "operate/problems.h"

#include <gtest/gtest.h>

#include "collect/raw_tables.h"
#include "coordinate/batch_tables.h"
#include "ledger/ops_tables.h"
#include "operate/alert_tables.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using ledger::RunRow;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

const Instant kNoon = value_of(parse_instant("2025-12-10T17:00:00Z"));

support::Tables tables() {
    support::Tables all = ledger::ops_tables();
    const auto of_alerts = alert_tables();
    all.insert(all.end(), of_alerts.begin(), of_alerts.end());
    const auto of_batches = coordinate::batch_tables();
    all.insert(all.end(), of_batches.begin(), of_batches.end());
    all.push_back(&collect::kPlayer.spec());
    return all;
}

class Problems : public testing::Test {
protected:
    /// A run that ended now.
    RunRow ended(std::string step, std::string scope, std::string state, std::string reason = "") {
        const std::int64_t token = ++tokens_;
        RunRow run;
        run.run_id = "run-" + std::to_string(token);
        run.step = std::move(step);
        run.scope = std::move(scope);
        run.state = std::move(state);
        run.reason = std::move(reason);
        run.logical_time = clock_.league_now() + std::chrono::microseconds{token};
        run.planned_at = clock_.wall_now();
        run.finished_at = clock_.wall_now();
        run.fencing_token = token;
        return run;
    }
    void keep(const RunRow& run) {
        support::merge_rows(*database_, ledger::kRun, std::vector<RunRow>{run});
    }
    RunRow of_date(std::string step, std::string_view date, std::string state) {
        RunRow run = ended(std::move(step), "2025-26 " + std::string(date), std::move(state));
        run.game_date = run.scope_from = run.scope_to = value_of(parse_date(date));
        return run;
    }

    /// A batch that ended now, each of its players with a reason.
    void keep_batch(const std::string& batch_id,
                    const std::vector<std::pair<PlayerId, std::string>>& reasons) {
        coordinate::BatchRow batch;
        batch.batch_id = batch_id;
        batch.game_date = value_of(parse_date("2025-12-10"));
        batch.state = reasons.empty() ? "complete" : "partial";
        batch.finished_at = clock_.wall_now();
        support::merge_rows(*database_, coordinate::kBatch, std::vector{batch});
        std::vector<coordinate::WorkItemRow> items;
        for (const auto& [player, reason] : reasons) {
            items.push_back({.batch_id = batch_id,
                             .player_id = player,
                             .game_id = GameId{1},
                             .game_date = batch.game_date,
                             .outcome = "gap",
                             .reason = reason,
                             .detail = "no worker answered",
                             .worker = {}});
        }
        if (!items.empty()) support::merge_rows(*database_, coordinate::kWorkItem, items);
    }

    /// "severity signature: title" of each.
    std::vector<std::string> found() {
        std::vector<std::string> told;
        for (const Problem& problem : value_of(problems(*database_, clock_)))
            told.push_back(std::string(word_of(problem.alert.severity)) + " " +
                           problem.alert.signature + ": " + problem.alert.title);
        return told;
    }
    void note() {
        const auto transaction = value_of(database_->begin());
        value_of(
            note_problems(*database_, *transaction, Alerts({{.name = "email"}}, clock_), clock_));
        value_of(transaction->commit());
    }
    using Told = std::vector<std::string>;

    support::TempFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "problems.duckdb", tables());
    std::int64_t tokens_ = 0;
};

TEST_F(Problems, AreTheNewestEndOfEachStepAndSource) {
    EXPECT_EQ(found(), Told{});
    keep(ended("collect", "espn_rosters 2025-12-10", "failed", "unreachable"));
    keep(ended("collect", "bdl_standings 2025-12-10", "degraded", "INCOMPLETE"));
    keep(ended("features", "2025-26 2025-12-09..2025-12-09", "abandoned", "LEASE_EXPIRED"));
    keep(ended("conform", "2025-26 2025-12-09..2025-12-09", "failed", "io"));
    keep(ended("conform", "2025-26 2025-12-10..2025-12-10 live", "succeeded"));
    EXPECT_EQ(found(), (Told{"warning run.collect.bdl_standings.incomplete: bdl_standings is "
                             "incomplete",
                             "error run.collect.espn_rosters.failed: espn_rosters failed: "
                             "unreachable",
                             "error run.features.failed: features abandoned: LEASE_EXPIRED"}));
    // What was passed over or called off says nothing of how it went.
    clock_.advance(1min);
    keep(ended("collect", "espn_rosters 2025-12-10", "skipped", "FRESH"));
    keep(ended("features", "2025-26 2025-12-09..2025-12-09", "cancelled", "CANCELLED"));
    EXPECT_EQ(found().size(), 3U);
    // After a week nobody is told of it any more.
    clock_.advance(24h * 7);
    EXPECT_EQ(found(), Told{});
}

TEST_F(Problems, AreRunsThatWaitLong) {
    RunRow waiting = ended("grades", "2025-26 2025-12-09..2025-12-09", "retry_wait");
    waiting.finished_at.reset();
    waiting.waits_for = "raw.player_box of 2025-12-09: 8 of 10";
    waiting.deadline = kNoon + 20h;
    keep(waiting);
    clock_.advance(119min);
    EXPECT_EQ(found(), Told{});
    clock_.advance(2min);
    EXPECT_EQ(found(),
              Told{"warning wait.grades: grades waits for raw.player_box of 2025-12-09: 8 of 10"});
}

TEST_F(Problems, AreSourcesThatAreLeftAloneOrNearlyOutOfQuota) {
    support::merge_rows(*database_, ledger::kSourceBreaker,
                        std::vector<ledger::SourceBreakerRow>{
                            {"bdl_games", 3, kNoon + 15min, "HTTP 503", kNoon},
                            {"bdl_standings", 2, std::nullopt, "HTTP 503", kNoon}});
    support::merge_rows(
        *database_, ledger::kSourceQuota,
        std::vector<ledger::SourceQuotaRow>{{"oddsapi", 25, kNoon}, {"other", 26, kNoon}});
    EXPECT_EQ(found(), (Told{"error source.bdl_games.left_alone: bdl_games gave nothing 3 times "
                             "running and is left alone",
                             "warning source.oddsapi.quota: oddsapi has 25 requests left"}));
    clock_.advance(15min);
    EXPECT_EQ(found().size(), 1U) << "it is asked again";
}

TEST_F(Problems, AreForecastsThatWereNeverGraded) {
    keep(of_date("forecasts", "2025-12-05", "succeeded"));
    keep(of_date("forecasts", "2025-12-06", "succeeded"));
    keep(of_date("forecasts", "2025-12-07", "degraded"));
    keep(of_date("forecasts", "2025-12-08", "succeeded"));
    keep(of_date("forecasts", "2025-12-09", "succeeded"));  // there is time until tomorrow
    keep(of_date("forecasts", "2025-11-20", "succeeded"));  // too long ago
    keep(of_date("forecasts", "2025-12-04", "cancelled"));  // nothing was forecast
    RunRow range = ended("grades", "2025-26 2025-12-01..2025-12-05", "succeeded");
    range.scope_from = value_of(parse_date("2025-12-01"));
    range.scope_to = value_of(parse_date("2025-12-05"));
    keep(range);
    RunRow put_off = of_date("grades", "2025-12-06", "skipped");
    put_off.scope_from = put_off.scope_to = std::nullopt;
    put_off.reason = "NO_GAMES";
    keep(put_off);
    keep(of_date("grades", "2025-12-07", "skipped"));
    EXPECT_EQ(found(), Told{"error grades.missing: 2 dates were forecast and are not graded"});
    const auto alert = value_of(problems(*database_, clock_)).at(0).alert;
    EXPECT_TRUE(alert.body.starts_with("2025-12-07\n2025-12-08\n\n")) << alert.body;
    keep(of_date("grades", "2025-12-07", "succeeded"));
    EXPECT_EQ(found(), Told{"error grades.missing: 2025-12-08 was forecast and is not graded"});
    keep(of_date("grades", "2025-12-08", "empty_ok"));
    EXPECT_EQ(found(), Told{});
}

TEST_F(Problems, AreItemsOfTheNewestBatchThatWereGivenUp) {
    collect::Player named;
    named.player_id = PlayerId{7};
    named.player_name = "Nikola Jokić";
    support::merge_rows(*database_, collect::kPlayer, std::vector{named});
    keep_batch("2025-12-10-1", {{PlayerId{7}, "GIVEN_UP"}, {PlayerId{8}, "GIVEN_UP"}});
    EXPECT_EQ(found(), Told{"error batch.given_up: 2 work items were given up"});
    const auto alert = value_of(problems(*database_, clock_)).at(0).alert;
    EXPECT_TRUE(
        alert.body.starts_with("batch 2025-12-10-1\nNikola Jokić 7: no worker answered\n"
                               "player 8: no worker answered\n"))
        << alert.body;
    note();
    EXPECT_EQ(count_rows(*database_, "ops.alert WHERE state = 'open'"), 1);
    // Others of the next batch have a reason that is no fault of an item.
    clock_.advance(1min);
    keep_batch("2025-12-10-2", {{PlayerId{7}, "NO_ANSWER"}});
    EXPECT_EQ(found(), Told{});
    note();
    EXPECT_EQ(count_rows(*database_, "ops.alert WHERE state = 'resolved'"), 1);
}

TEST_F(Problems, AreRaisedOnceHoweverOftenSomebodyLooksAndResolvedOnce) {
    const auto open = [this] { return count_rows(*database_, "ops.alert WHERE state = 'open'"); };
    keep(ended("collect", "espn_rosters 2025-12-10", "failed", "unreachable"));
    for (int look = 0; look < 50; ++look) {
        note();
        clock_.advance(1min);
    }
    EXPECT_EQ(open(), 1);
    EXPECT_EQ(count_rows(*database_, "ops.alert WHERE times_raised = 1"), 1);
    // The next failure is another sign of the same.
    keep(ended("collect", "espn_rosters 2025-12-10", "failed", "unreachable"));
    note();
    note();
    EXPECT_EQ(count_rows(*database_, "ops.alert WHERE times_raised = 2"), 1);
    // An alert that is not this file's is not its to resolve.
    {
        const auto transaction = value_of(database_->begin());
        value_of(Alerts({{.name = "email"}}, clock_)
                     .raise(*transaction, {.signature = "board.moved", .title = "it moved"}));
        value_of(transaction->commit());
    }
    clock_.advance(1min);
    keep(ended("collect", "espn_rosters 2025-12-10", "succeeded"));
    note();
    note();
    EXPECT_EQ(open(), 1);
    EXPECT_EQ(count_rows(*database_,
                         "ops.alert WHERE state = 'resolved' AND signature = "
                         "'run.collect.espn_rosters.failed'"),
              1);
}

}  // namespace
}  // namespace tipoff::operate
