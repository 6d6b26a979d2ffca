// Upkeep of the run history, counted by hand.
#include "operate/upkeep.h"

#include <gtest/gtest.h>

#include <set>

#include "coordinate/batch_tables.h"
#include "ledger/ops_tables.h"
#include "operate/alert_tables.h"
#include "operate/schedule_tables.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using ledger::RunRow;
using support::value_of;
using namespace std::chrono_literals;
using std::chrono::days;

const Instant kNow = value_of(parse_instant("2026-01-20T12:00:00Z"));

support::Tables tables() {
    support::Tables all = ledger::ops_tables();
    for (const auto& more : {alert_tables(), schedule_tables(), coordinate::batch_tables()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

class Upkeep : public testing::Test {
protected:
    void run(std::string id, std::string state, std::chrono::seconds ago,
             std::string scope = "nbac_schedule", std::string reason = "unreachable") {
        RunRow row;
        row.run_id = std::move(id);
        row.step = "collect";
        row.scope = std::move(scope);
        row.state = std::move(state);
        row.reason = std::move(reason);
        row.logical_time = kNow - ago + std::chrono::microseconds{++tokens_};
        row.planned_at = kNow - ago;
        row.fencing_token = tokens_;
        if (row.state == "running") {
            row.lease_until = kNow - ago + 30s;
        } else if (row.state == "retry_wait") {
            row.deadline = kNow - ago + 1h;
        } else {
            row.finished_at = kNow - ago;
        }
        support::merge_rows(*database_, ledger::kRun, std::vector<RunRow>{row});
    }
    void batch(const std::string& id, const std::string& state, std::chrono::seconds ago) {
        coordinate::BatchRow row;
        row.batch_id = id;
        row.state = state;
        if (state != "running") row.finished_at = kNow - ago;
        support::merge_rows(*database_, coordinate::kBatch, std::vector{row});
        support::merge_rows(*database_, coordinate::kWorkItem,
                            std::vector<coordinate::WorkItemRow>{
                                {.batch_id = id, .player_id = PlayerId{1}, .outcome = "gap"}});
    }
    void decision(Instant at) {
        support::merge_rows(*database_, kScheduleDecision,
                            std::vector<ScheduleDecisionRow>{{.job = "grades",
                                                              .decided_at = at,
                                                              .ordinal = 0,
                                                              .logical_time = std::nullopt,
                                                              .game_date = std::nullopt,
                                                              .verdict = "due",
                                                              .why = "",
                                                              .next_at = std::nullopt,
                                                              .workflows_version = ""}});
    }
    void message(std::string id, std::string state, Instant at) {
        OutboxRow row;
        row.message_id = std::move(id);
        row.state = std::move(state);
        row.created_at = at;
        row.not_before = at;
        support::merge_rows(*database_, kOutbox, std::vector<OutboxRow>{row});
    }

    /// "id" of runs that are as they were, "id=state" of those that were closed.
    std::set<std::string> left() {
        std::set<std::string> ids;
        for (const RunRow& row : value_of(store::read_rows(*database_, ledger::kRun)))
            ids.insert(row.run_id);
        return ids;
    }
    std::string state_of(const std::string& id) {
        return value_of(store::read_rows(*database_, ledger::kRun, "WHERE run_id = $1", {id}))
            .at(0)
            .state;
    }
    using Ids = std::set<std::string>;

    support::TempFolder folder_;
    ManualClock clock_{kNow};
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "upkeep.duckdb", tables());
    ledger::Ledger ledger_{*database_, clock_};
    std::int64_t tokens_ = 0;
};

TEST_F(Upkeep, OfNothingHasNothingToDo) {
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(report.changed(), 0);
    EXPECT_EQ(report.words(), "nothing to do");
}

TEST_F(Upkeep, ClosesWhatNobodyWillEnd) {
    run("dead", "running", 1h);
    run("alive", "running", 10s);
    run("overdue", "retry_wait", 2h);
    run("waits", "retry_wait", 30min);
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(report.abandoned, 1);
    EXPECT_EQ(report.overdue, 1);
    EXPECT_EQ(report.words(), "1 abandoned, 1 past their deadline");
    EXPECT_EQ(state_of("dead"), "abandoned");
    EXPECT_EQ(state_of("alive"), "running");
    EXPECT_EQ(state_of("overdue"), "failed");
    EXPECT_EQ(state_of("waits"), "retry_wait");
}

/// A clock that can be set.
class SetClock final : public Clock {
public:
    Instant league_now() const override { return wall; }
    Instant wall_now() const override { return wall; }
    std::chrono::microseconds elapsed() const override { return run; }
    Instant wall = kNow;
    std::chrono::microseconds run{};
};

TEST_F(Upkeep, ClosesNothingRightAfterAJumpOfTheClock) {
    SetClock clock;
    ledger::Ledger ledger(*database_, clock);
    run("alive", "running", 10s);
    run("waits", "retry_wait", 30min);
    clock.wall += 2h;
    EXPECT_EQ(value_of(upkeep(*database_, ledger, clock, {})).changed(), 0);
    EXPECT_EQ(state_of("alive"), "running");
    clock.wall += ledger::kLease;
    clock.run += ledger::kLease;
    EXPECT_EQ(value_of(upkeep(*database_, ledger, clock, {})).changed(), 2);
    EXPECT_EQ(state_of("alive"), "abandoned");
}

TEST_F(Upkeep, RemovesWhatIsOldInPages) {
    support::execute(*database_,
                     "INSERT INTO ops.schedule_decision BY NAME SELECT 'lines' AS job, TIMESTAMPTZ "
                     "'2025-01-01T12:00:00Z' + to_seconds(i) AS decided_at, 0 AS ordinal, '' AS "
                     "verdict, '' AS why, '' AS workflows_version FROM range(45000) AS made(i)",
                     {});
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {.dry_run = true})).decisions, 45'000);
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {})).decisions, 45'000);
    EXPECT_EQ(support::count_rows(*database_, "ops.schedule_decision"), 0);
}

TEST_F(Upkeep, OfTheSameFailureAgainAndAgainTheNewestStays) {
    run("first", "failed", 50h);
    run("second", "failed", 40h);
    run("newest", "failed", 30h);
    run("other reason", "failed", 50h, "nbac_schedule", "malformed");
    run("other scope", "failed", 50h, "bdl_games");
    run("success", "succeeded", 60h, "nbac_schedule", "");
    run("success again", "succeeded", 55h, "nbac_schedule", "");
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(report.folded, 2);
    EXPECT_EQ(left(), (Ids{"newest", "other reason", "other scope", "success", "success again"}));
}

TEST_F(Upkeep, FailuresOfTheLastDayAreLeftToBeLookedAt) {
    run("first", "failed", 23h);
    run("second", "failed", 2h);
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {})).changed(), 0);
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {.fold_after = 3h})).folded, 1);
    EXPECT_EQ(left(), Ids{"second"});
}

TEST_F(Upkeep, WhatIsOldGoesButTheNewestOfEachScope) {
    run("old failure", "failed", days{31}, "a", "one");
    run("old skip", "skipped", days{31}, "a", "two");
    run("old success", "succeeded", days{799}, "a", "");
    run("older success", "succeeded", days{801}, "a", "");
    run("last of b", "failed", days{900}, "b");
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    // Of "a" the failure and the skip ended at one instant: the one with the greater id stands.
    EXPECT_EQ(report.expired, 2);
    EXPECT_EQ(left(), (Ids{"old skip", "old success", "last of b"}));
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {.keep_successful = days{700}})).expired,
              1);
}

TEST_F(Upkeep, OldDecisionsAndMessagesThatWereSentGo) {
    decision(kNow - days{91});
    decision(kNow - days{89});
    message("sent long ago", "sent", kNow - days{91});
    message("still to be sent", "pending", kNow - days{91});
    message("sent", "sent", kNow - days{1});
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(report.decisions, 1);
    EXPECT_EQ(report.messages, 1);
    EXPECT_EQ(support::count_rows(*database_, "ops.outbox"), 2);
    EXPECT_EQ(support::count_rows(*database_, "ops.schedule_decision"), 1);
}

TEST_F(Upkeep, OldBatchesGoWithTheirPlayers) {
    batch("2025-10-21-1", "complete", days{91});
    batch("2026-01-19-1", "partial", days{1});
    batch("2025-10-20-1", "running", days{92});
    const UpkeepReport report = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(report.batches, 1);
    EXPECT_EQ(support::count_rows(*database_, "ops.batch"), 2);
    EXPECT_EQ(support::count_rows(*database_, "ops.work_item"), 2);
}

TEST_F(Upkeep, ADryRunSaysTheSameAndChangesNothing) {
    batch("2025-10-21-1", "failed", days{91});
    run("dead", "running", 1h);
    run("overdue", "retry_wait", 2h);
    run("first", "failed", 50h, "a");
    run("second", "failed", 40h, "a");
    run("old", "skipped", days{40}, "a", "FRESH");
    decision(kNow - days{91});
    const std::string before = to_string(value_of(store::digest(*database_, tables())));
    const UpkeepReport dry = value_of(upkeep(*database_, ledger_, clock_, {.dry_run = true}));
    EXPECT_EQ(to_string(value_of(store::digest(*database_, tables()))), before);
    const UpkeepReport real = value_of(upkeep(*database_, ledger_, clock_, {}));
    EXPECT_EQ(dry.words(), real.words());
    EXPECT_EQ(real.words(),
              "1 abandoned, 1 past their deadline, 1 folded, 1 expired, 1 old decisions, 1 "
              "old batches");
    EXPECT_EQ(value_of(upkeep(*database_, ledger_, clock_, {})).words(), "nothing to do");
}

}  // namespace
}  // namespace tipoff::operate
