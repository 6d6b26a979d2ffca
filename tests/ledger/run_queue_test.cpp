// Planned runs: from their plan over waiting and trying again to their end.

#include "ledger/run_queue.h"

#include <gtest/gtest.h>

#include "ledger/heartbeat.h"
#include "ledger/ledger.h"
#include "support/database.h"
#include "support/engines.h"

namespace tipoff::ledger {
namespace {

using namespace std::chrono_literals;
using support::outcome_of;
using support::value_of;

const Instant kNoon = value_of(parse_instant("2025-12-01T17:00:00Z"));

class ARunQueue : public support::OnEachEngine {
protected:
    ARunQueue() : OnEachEngine({&kRun.spec(), &kInputChange.spec()}) {}

    PlannedRun planned(std::string scope = "nbac_schedule 2025-12-01", Instant at = kNoon) {
        return {.step = "collect",
                .scope = std::move(scope),
                .job = "morning_operations",
                .logical_time = at,
                .deadline = at + 6h,
                .most_attempts = 3};
    }

    std::int64_t plan(const PlannedRun& run) {
        const auto transaction = value_of(database_->begin());
        const std::int64_t count = value_of(queue_.plan(*transaction, {&run, 1}));
        value_of(transaction->commit());
        return count;
    }

    std::vector<RunRow> rows() { return value_of(read_rows(*database_, kRun, "ORDER BY run_id")); }
    RunRow only_row() {
        const auto all = rows();
        EXPECT_EQ(all.size(), 1U);
        return all.at(0);
    }

    RunHandle begin(const std::string& scope = "nbac_schedule 2025-12-01") {
        return value_of(ledger_.start({"collect", scope, std::nullopt, ""}));
    }

    RunState fail_once(const RunHandle& run) {
        return value_of(ledger_.finish(
            run, {.state = RunState::kFailed, .reason = "unreachable", .may_pass = true}));
    }

    store::Database* const database_ = &db();
    ManualClock clock_{kNoon};
    Ledger ledger_{*database_, clock_};
    RunQueue queue_{*database_, clock_};
};

INSTANTIATE_TEST_SUITE_P(Engines, ARunQueue, support::kEngines, support::engine_name);

TEST_P(ARunQueue, PlansOneRowForAStepScopeLogicalTimeAndRevision) {
    EXPECT_EQ(plan(planned()), 1);
    EXPECT_EQ(plan(planned()), 0);
    const RunRow row = only_row();
    EXPECT_EQ(row.state, "planned");
    EXPECT_EQ(row.attempt, 0);
    EXPECT_EQ(row.logical_time, kNoon);
    EXPECT_EQ(row.deadline, kNoon + 6h);
    EXPECT_EQ(row.started_at, std::nullopt);
    EXPECT_EQ(row.finished_at, std::nullopt);
}

TEST_P(ARunQueue, StartBeginsThePlannedRunInPlaceOfANewOne) {
    plan(planned());
    const RunHandle run = begin();
    EXPECT_EQ(only_row().run_id, run.run_id);
    EXPECT_EQ(only_row().state, "running");
    EXPECT_EQ(only_row().attempt, 1);
    value_of(ledger_.finish(run, {.state = RunState::kSucceeded, .rows = 4}));
    EXPECT_EQ(only_row().state, "succeeded");
    EXPECT_NE(begin().run_id, run.run_id);
}

TEST_P(ARunQueue, FailureThatMayPassGoesAgainInTheSameRow) {
    plan(planned());
    RunHandle before = begin();
    EXPECT_EQ(fail_once(before), RunState::kRetryWait);
    const RunRow waiting = only_row();
    EXPECT_EQ(waiting.state, "retry_wait");
    EXPECT_EQ(waiting.finished_at, std::nullopt);
    ASSERT_TRUE(waiting.not_before);
    EXPECT_LE(*waiting.not_before, kNoon + 30s);
    EXPECT_EQ(outcome_of(ledger_.beat(before)), "fenced");

    const RunHandle again = begin();
    EXPECT_EQ(again.run_id, before.run_id);
    EXPECT_EQ(again.attempt, 2);
    EXPECT_GT(again.fencing_token, before.fencing_token);
    EXPECT_EQ(outcome_of(ledger_.beat(before)), "fenced");
    EXPECT_EQ(outcome_of(ledger_.beat(again)), "ok");
}

TEST_P(ARunQueue, AttemptsAreBounded) {
    plan(planned());
    EXPECT_EQ(fail_once(begin()), RunState::kRetryWait);
    EXPECT_EQ(fail_once(begin()), RunState::kRetryWait);
    EXPECT_EQ(fail_once(begin()), RunState::kFailed);
    EXPECT_EQ(only_row().attempt, 3);
    EXPECT_EQ(only_row().reason, "unreachable");
}

TEST_P(ARunQueue, FailureThatWillNotPassEndsAtOnce) {
    plan(planned());
    const RunHandle run = begin();
    ledger_.finish_failed(run, Error(ErrorCode::kInvalidInput, "the document has no field 'x'"));
    EXPECT_EQ(only_row().state, "failed");
    EXPECT_EQ(only_row().detail, "the document has no field 'x'");
}

TEST_P(ARunQueue, NotYetWaitsForItsInstantAndCostsNoAttempt) {
    plan(planned());
    for (int i = 0; i < 5; ++i) {
        const RunHandle run = begin();
        EXPECT_EQ(
            value_of(ledger_.finish(
                run, {.state = RunState::kEmptyOk, .reason = "NOT_YET", .not_before = kNoon + 1h})),
            RunState::kRetryWait);
    }
    EXPECT_EQ(only_row().not_before, kNoon + 1h);
    EXPECT_TRUE(value_of(queue_.due()).empty());
    EXPECT_EQ(value_of(queue_.next_wake()), kNoon + 1h);
    clock_.advance(1h);
    EXPECT_EQ(value_of(queue_.due()).size(), 1U);
}

TEST_P(ARunQueue, NothingGoesAgainPastItsDeadline) {
    plan(planned());
    const RunHandle run = begin();
    EXPECT_EQ(
        value_of(ledger_.finish(
            run, {.state = RunState::kEmptyOk, .reason = "NOT_YET", .not_before = kNoon + 6h})),
        RunState::kEmptyOk);
}

TEST_P(ARunQueue, RunThatWaitsPastItsDeadlineFailsAndSaysWhatItWaitedFor) {
    plan(planned());
    const RunRow row = only_row();
    const Move wait{.run = &row,
                    .to = RunState::kRetryWait,
                    .waits_for = "features.feature_store of 2025-12-01: 0 of 412"};
    EXPECT_EQ(value_of(queue_.move({&wait, 1})), 1);
    EXPECT_EQ(only_row().attempt, 0);
    clock_.advance(6h - 1s);
    EXPECT_EQ(value_of(queue_.close_overdue()), 0);
    clock_.advance(1s);
    EXPECT_EQ(value_of(queue_.close_overdue()), 1);
    EXPECT_EQ(only_row().state, "failed");
    EXPECT_EQ(only_row().reason, "DEADLINE_PASSED");
    EXPECT_NE(only_row().detail.find("0 of 412"), std::string::npos);
}

TEST_P(ARunQueue, MoveOfARowThatSomebodyBeganMeanwhileChangesNothing) {
    plan(planned());
    const RunRow seen = only_row();
    begin();
    const Move late{.run = &seen, .to = RunState::kReady};
    EXPECT_EQ(value_of(queue_.move({&late, 1})), 0);
    EXPECT_EQ(only_row().state, "running");
}

TEST_P(ARunQueue, LaterLogicalTimeTakesTheWorkOfTheOneThatWaits) {
    plan(planned());
    plan(planned("nbac_schedule 2025-12-01", kNoon + 1h));
    const auto both = rows();
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].state, "skipped");
    EXPECT_EQ(both[0].reason, "SUPERSEDED");
    EXPECT_EQ(both[1].state, "planned");
}

TEST_P(ARunQueue, WorkerThatDiedGoesAgainAndItsLateWordCountsForNothing) {
    plan(planned());
    const RunHandle dead = begin();
    clock_.advance(kLease + 1us);
    EXPECT_EQ(value_of(ledger_.abandon_expired(false)), 1);
    EXPECT_EQ(only_row().state, "retry_wait");
    EXPECT_EQ(only_row().reason, "LEASE_EXPIRED");
    EXPECT_EQ(outcome_of(ledger_.finish(dead, {.state = RunState::kSucceeded})), "fenced");
    for (int i = 0; i < 2; ++i) {
        begin();
        clock_.advance(kLease + 1us);
        value_of(ledger_.abandon_expired(false));
    }
    EXPECT_EQ(only_row().state, "abandoned");
    EXPECT_EQ(only_row().attempt, 3);
}

TEST_P(ARunQueue, CancelledRunFencesItsWorkerAndIsFinal) {
    plan(planned());
    const RunHandle run = begin();
    EXPECT_EQ(outcome_of(queue_.cancel(run.run_id, "by hand")), "ok");
    EXPECT_EQ(outcome_of(ledger_.finish(run, {.state = RunState::kSucceeded})), "fenced");
    EXPECT_EQ(only_row().state, "cancelled");
    EXPECT_EQ(outcome_of(queue_.cancel(run.run_id, "again")), "refused");
    EXPECT_EQ(outcome_of(queue_.cancel("no such run", "")), "not found");
}

TEST_P(ARunQueue, FinishedAtStandsExactlyInFinalStates) {
    plan(planned());
    const auto changed = [&](const std::string& what) {
        const auto transaction = value_of(database_->begin());
        return transaction->execute("UPDATE ops.run SET " + what, {}).has_value();
    };
    EXPECT_FALSE(changed("state = 'succeeded'"));
    EXPECT_FALSE(changed("finished_at = planned_at"));
    EXPECT_TRUE(changed("state = 'failed', finished_at = planned_at"));
}

// --- the reaper ---

/// Wall time apart from elapsed time, as after a sleep or a change of the clock.
class JumpingClock final : public Clock {
public:
    Instant league_now() const override { return wall; }
    Instant wall_now() const override { return wall; }
    std::chrono::microseconds elapsed() const override { return run; }
    void advance(std::chrono::microseconds by) {
        wall += by;
        run += by;
    }
    Instant wall = kNoon;
    std::chrono::microseconds run{};
};

TEST_P(ARunQueue, ReaperHoldsStillForALeaseAfterAJumpOfTheClock) {
    JumpingClock clock;
    Ledger ledger(*database_, clock);
    const RunHandle run = value_of(ledger.start({"collect", "alive", std::nullopt, ""}));
    Reaper reaper(*database_, clock);
    clock.wall += 2h;
    EXPECT_EQ(value_of(reaper.pass()), 0);
    clock.advance(10s);
    EXPECT_EQ(outcome_of(ledger.beat(run)), "ok");
    clock.advance(25s);
    EXPECT_EQ(value_of(reaper.pass()), 0);
    EXPECT_EQ(only_row().state, "running");
    clock.advance(kLease);
    EXPECT_EQ(value_of(reaper.pass()), 1);
    EXPECT_EQ(only_row().state, "abandoned");
}

TEST_P(ARunQueue, ARunIsNotTakenOverRightAfterAJumpOfTheClock) {
    JumpingClock clock;
    Ledger ledger(*database_, clock);
    const RunRequest request{"collect", "alive", std::nullopt, ""};
    const RunHandle run = value_of(ledger.start(request));
    clock.wall += 2h;
    EXPECT_EQ(outcome_of(ledger.start(request)), "busy");
    EXPECT_EQ(value_of(ledger.abandon_expired(false)), 0);
    EXPECT_EQ(outcome_of(ledger.beat(run)), "ok");
    clock.advance(kLease + 1s);
    EXPECT_EQ(outcome_of(ledger.start(request)), "ok") << "nobody beat any more";
}

TEST_P(ARunQueue, ReaperClosesThousandsOfDeadRunsInPages) {
    const auto transaction = value_of(database_->begin());
    std::vector<PlannedRun> runs;
    for (int i = 0; i < 1500; ++i)
        runs.push_back(planned("scope " + std::to_string(i)));
    EXPECT_EQ(value_of(queue_.plan(*transaction, runs)), 1500);
    value_of(transaction->commit());
    clock_.advance(6h);
    Reaper reaper(*database_, clock_);
    EXPECT_EQ(value_of(reaper.pass()), kRunPage);
    EXPECT_EQ(value_of(reaper.pass()), 500);
    EXPECT_EQ(value_of(reaper.pass()), 0);
}

// --- the heartbeat ---

/// Lets nobody write while `is_away`.
class AwayDatabase final : public store::Database {
public:
    explicit AwayDatabase(store::Database& real) : real_(real) {}
    Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
        return real_.read(sql, values);
    }
    Expected<std::unique_ptr<store::Transaction>> begin() override {
        if (is_away) return fail(ErrorCode::kIo, "the disk is away");
        return real_.begin();
    }
    [[nodiscard]] std::string engine() const override { return real_.engine(); }

    bool is_away = false;

private:
    store::Database& real_;
};

TEST_P(ARunQueue, WorkerWhoseBeatsFailStopsBeforeItsLeaseIsOver) {
    AwayDatabase database(*database_);
    Ledger ledger(database, clock_);
    const RunHandle run = value_of(ledger.start({"collect", "silent", std::nullopt, ""}));
    Heartbeat heartbeat(ledger, run, clock_, 1h);
    database.is_away = true;
    heartbeat.beat();
    clock_.advance(kSilentWorkerStops - 1us);
    EXPECT_FALSE(heartbeat.is_lost());
    clock_.advance(1us);
    EXPECT_TRUE(heartbeat.is_lost());
    static_assert(kSilentWorkerStops < kLease && kBeat * 2 < kSilentWorkerStops);

    database.is_away = false;
    heartbeat.beat();
    EXPECT_FALSE(heartbeat.is_lost()) << "the row says that the run is still its own";
}

TEST_P(ARunQueue, ABeatThatWasNotDueIsNoLoss) {
    const RunHandle run = value_of(ledger_.start({"collect", "quiet", std::nullopt, ""}));
    const Heartbeat heartbeat(ledger_, run, clock_, 1h);
    clock_.advance(2 * kSilentWorkerStops);
    EXPECT_FALSE(heartbeat.is_lost());
}

TEST_P(ARunQueue, WorkerWhoseRunIsAnothersIsToldByItsBeat) {
    const RunHandle run = value_of(ledger_.start({"collect", "taken", std::nullopt, ""}));
    Heartbeat heartbeat(ledger_, run, clock_, 1h);
    clock_.advance(kLease + 1us);
    value_of(ledger_.abandon_expired(false));
    EXPECT_FALSE(heartbeat.is_lost());
    heartbeat.beat();
    EXPECT_TRUE(heartbeat.is_lost());
}

TEST_P(ARunQueue, WorkerThatLostItsRunIsToldBeforeItWrites) {
    const RunHandle run = value_of(ledger_.start({"collect", "lost", std::nullopt, ""}));
    Heartbeat heartbeat(ledger_, run, clock_, 1h);
    clock_.advance(kLease + 1us);
    value_of(ledger_.abandon_expired(false));
    EXPECT_EQ(outcome_of(heartbeat.stop_and_prepare_to_write()), "fenced");
}

}  // namespace
}  // namespace tipoff::ledger
