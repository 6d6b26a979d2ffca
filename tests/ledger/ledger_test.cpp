#include "ledger/ledger.h"

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "support/database.h"
#include "support/engines.h"

namespace tipoff::ledger {
namespace {

using namespace std::chrono_literals;
using store::DateScope;
using support::count_rows;
using support::outcome_of;
using support::told;
using support::value_of;

const Instant kNoon = value_of(parse_instant("2022-10-18T12:00:00Z"));
constexpr std::chrono::microseconds kTick{1};

GameDate day(std::string_view text) { return value_of(parse_date(text)); }
DateScope dates(std::string_view from, std::string_view to) { return {day(from), day(to)}; }

/// What a step writes.
struct Output {
    std::int64_t id = 0;
    std::string run_id;
};
const store::Table<Output> kOutput{
    "features",
    "output",
    "",
    {store::key<&Output::id>("id", ""), store::bookkeeping<&Output::run_id>("run_id", "")}};

class ALedger : public support::OnEachEngine {
protected:
    ALedger() : OnEachEngine({&kRun.spec(), &kInputChange.spec(), &kOutput.spec()}) {}

    RunHandle start(std::string step = "features", std::string scope = "2022-23",
                    std::optional<DateScope> of_dates = std::nullopt) {
        return value_of(ledger_.start({std::move(step), std::move(scope), of_dates, "hash"}));
    }

    RunRow row(const RunHandle& run) {
        return value_of(read_rows(*database_, kRun, "WHERE run_id = $1", {run.run_id})).at(0);
    }

    std::string state(const RunHandle& run) { return row(run).state; }

    void end(const RunHandle& run, RunState as = RunState::kSucceeded) {
        value_of(
            ledger_.finish(run, {.state = as, .rows = 0, .merges = 0, .reason = {}, .detail = {}}));
    }

    /// A run of these dates from its start to this end, a second long.
    RunHandle ended(RunState as, const DateScope& of_dates, std::string step = "features") {
        const RunHandle run = start(
            std::move(step), to_string(of_dates.from) + ".." + to_string(of_dates.to), of_dates);
        clock_.advance(1s);
        end(run, as);
        return run;
    }

    /// Everything that a run writes at its end, up to the commit.
    Status write_outputs(store::Transaction& transaction, const RunHandle& run) {
        const std::vector<Output> rows{{1, run.run_id}, {2, run.run_id}};
        TIPOFF_CHECK(transaction.merge(kOutput.batch(rows), std::nullopt));
        TIPOFF_CHECK(ledger_.finish(
            transaction, run,
            {.state = RunState::kSucceeded, .rows = 2, .merges = transaction.merges()}));
        return {};
    }

    std::int64_t outputs() { return count_rows(*database_, "features.output"); }

    store::Database* const database_ = &db();
    ManualClock clock_{kNoon};
    Ledger ledger_{*database_, clock_};
};

INSTANTIATE_TEST_SUITE_P(Engines, ALedger, support::kEngines, support::engine_name);

// --- a run's life ---

TEST_P(ALedger, WritesARunAtItsStart) {
    const RunHandle run =
        value_of(ledger_.start({"features", "2022-23", dates("2022-10-18", "2023-04-09"), "hash"}));
    const RunRow found = row(run);
    EXPECT_EQ(found.step, "features");
    EXPECT_EQ(found.scope, "2022-23");
    EXPECT_EQ(found.game_date, std::nullopt);
    EXPECT_EQ(found.scope_from, day("2022-10-18"));
    EXPECT_EQ(found.scope_to, day("2023-04-09"));
    EXPECT_EQ(found.state, "running");
    EXPECT_EQ(found.attempt, 1);
    EXPECT_EQ(found.fencing_token, run.fencing_token);
    EXPECT_EQ(found.row_version, 1);
    EXPECT_TRUE(found.owner.ends_with(":" + std::to_string(::getpid()))) << found.owner;
    EXPECT_EQ(found.started_at, kNoon);
    EXPECT_EQ(found.finished_at, std::nullopt);
    EXPECT_EQ(found.heartbeat_at, kNoon);
    EXPECT_EQ(found.lease_until, kNoon + kLease);
    EXPECT_EQ(found.input_hash, "hash");
    EXPECT_EQ(found.reason, "");
}

TEST_P(ALedger, RunOfOneDayHasThatGameDate) {
    EXPECT_EQ(row(start("features", "one", dates("2022-10-18", "2022-10-18"))).game_date,
              day("2022-10-18"));
    EXPECT_EQ(row(start("import", "folder")).game_date, std::nullopt);
    EXPECT_EQ(row(start("import", "other")).scope_from, std::nullopt);
}

TEST_P(ALedger, EndIsWrittenOnceAndNeverChangesAgain) {
    for (const RunState end : {RunState::kSucceeded, RunState::kFailed, RunState::kSkipped,
                               RunState::kDegraded, RunState::kEmptyOk, RunState::kCancelled}) {
        SCOPED_TRACE(to_string(end));
        const Instant began = clock_.wall_now();
        const RunHandle run = start();
        clock_.advance(5s);
        value_of(ledger_.finish(
            run, {.state = end, .rows = 26, .merges = 3, .reason = "WHY", .detail = "in full"}));
        const RunRow found = row(run);
        EXPECT_EQ(found.state, to_string(end));
        EXPECT_EQ(found.finished_at, began + 5s);
        EXPECT_EQ(found.rows, 26);
        EXPECT_EQ(found.merges, 3);
        EXPECT_EQ(found.reason, "WHY");
        EXPECT_EQ(found.detail, "in full");
        EXPECT_EQ(found.row_version, 2);

        clock_.advance(1h);
        EXPECT_EQ(outcome_of(ledger_.beat(run)), "fenced");
        EXPECT_EQ(outcome_of(ledger_.prepare_to_write(run)), "fenced");
        EXPECT_EQ(
            outcome_of(ledger_.finish(
                run,
                {.state = RunState::kFailed, .rows = 0, .merges = 0, .reason = {}, .detail = {}})),
            "fenced");
        EXPECT_EQ(value_of(ledger_.abandon_expired(true)), 0);
        const RunHandle next = start();
        const RunRow later = row(run);
        EXPECT_EQ(later.state, found.state);
        EXPECT_EQ(later.finished_at, found.finished_at);
        EXPECT_EQ(later.lease_until, found.lease_until);
        EXPECT_EQ(later.row_version, found.row_version);
        value_of(ledger_.finish(next, {.state = RunState::kSucceeded}));
    }
}

TEST_P(ALedger, RunCannotEndAsRunning) {
    const RunHandle run = start();
    EXPECT_THROW(
        (void)ledger_.finish(
            run, {.state = RunState::kRunning, .rows = 0, .merges = 0, .reason = {}, .detail = {}}),
        InvariantBroken);
}

TEST_P(ALedger, FencedRunIsToldWhichItWas) {
    const RunHandle run = start();
    end(run);
    EXPECT_NE(told(ledger_.beat(run)).find(run.run_id), std::string::npos);
}

TEST_P(ALedger, RunThatNeverWasIsFenced) {
    const RunHandle run = start();
    EXPECT_EQ(outcome_of(ledger_.beat({"no such run", 1, 1})), "fenced");
    EXPECT_EQ(outcome_of(ledger_.beat({run.run_id, run.fencing_token + 1, run.attempt})), "fenced");
    EXPECT_EQ(outcome_of(ledger_.beat({run.run_id, run.fencing_token, run.attempt + 1})), "fenced");
    EXPECT_EQ(outcome_of(ledger_.beat(run)), "ok");
}

TEST_P(ALedger, UsesTheMachinesClockAndNeverTheLeagues) {
    class Replay final : public Clock {
    public:
        Instant league_now() const override { return kNoon - 24h * 365; }
        Instant wall_now() const override { return kNoon; }
        std::chrono::microseconds elapsed() const override { return 0us; }
    };
    const Replay clock;
    Ledger ledger(*database_, clock);
    const RunHandle run = value_of(ledger.start({"features", "replayed", std::nullopt, ""}));
    EXPECT_EQ(row(run).started_at, kNoon);
    EXPECT_EQ(row(run).lease_until, kNoon + kLease);
}

// --- attempts, ids, tokens ---

TEST_P(ALedger, CountsTheAttemptsSinceTheLastSuccess) {
    const auto attempt_ending = [&](RunState as) {
        const RunHandle run = start();
        clock_.advance(1s);
        end(run, as);
        clock_.advance(1s);
        return row(run).attempt;
    };
    EXPECT_EQ(attempt_ending(RunState::kFailed), 1);
    EXPECT_EQ(attempt_ending(RunState::kFailed), 2);
    start();
    clock_.advance(kLease + 1s);  // this one dies
    EXPECT_EQ(attempt_ending(RunState::kSucceeded), 4);
    EXPECT_EQ(attempt_ending(RunState::kSkipped), 1);
    EXPECT_EQ(attempt_ending(RunState::kFailed), 1);
    EXPECT_EQ(attempt_ending(RunState::kSucceeded), 2);
}

TEST_P(ALedger, CountsAttemptsOfTheSameStepAndScopeOnly) {
    end(start("features", "2022-23"), RunState::kFailed);
    clock_.advance(1s);
    EXPECT_EQ(row(start("features", "2021-22")).attempt, 1);
    EXPECT_EQ(row(start("forecasts", "2022-23")).attempt, 1);
    EXPECT_EQ(row(start("features", "2022-23")).attempt, 2);
}

TEST_P(ALedger, TokensRiseAndIdsSortByStart) {
    std::vector<RunHandle> runs;
    for (int i = 0; i < 12; ++i)
        runs.push_back(start("features", "scope " + std::to_string(i)));
    clock_.advance(500ms);
    runs.push_back(start("features", "half a second later"));
    clock_.advance(500ms);
    Ledger another(*database_, clock_);
    runs.push_back(value_of(another.start({"features", "a second later", std::nullopt, ""})));
    for (std::size_t i = 1; i < runs.size(); ++i) {
        EXPECT_LT(runs[i - 1].fencing_token, runs[i].fencing_token);
        EXPECT_LT(runs[i - 1].run_id, runs[i].run_id);
    }
}

// --- leases ---

TEST_P(ALedger, SecondRunOfTheSameIsBusyWhileTheLeaseLives) {
    const RunHandle first = start();
    clock_.advance(kLease);
    const auto second = ledger_.start({"features", "2022-23", std::nullopt, ""});
    EXPECT_EQ(outcome_of(second), "busy");
    EXPECT_NE(told(second).find(first.run_id), std::string::npos) << told(second);
    EXPECT_EQ(state(first), "running");
    EXPECT_EQ(outcome_of(ledger_.start({"features", "2021-22", std::nullopt, ""})), "ok");
    EXPECT_EQ(outcome_of(ledger_.start({"forecasts", "2022-23", std::nullopt, ""})), "ok");
}

TEST_P(ALedger, RunWhoseLeaseRanOutIsTakenOver) {
    const RunHandle dead = start();
    clock_.advance(kLease + kTick);
    const RunHandle next = start();
    EXPECT_EQ(state(dead), "abandoned");
    EXPECT_EQ(row(dead).reason, "LEASE_EXPIRED");
    EXPECT_EQ(row(dead).finished_at, kNoon + kLease + kTick);
    EXPECT_EQ(state(next), "running");
    EXPECT_EQ(row(next).attempt, 2);
    EXPECT_GT(next.fencing_token, dead.fencing_token);
}

TEST_P(ALedger, BeatExtendsTheLeaseAndNothingElse) {
    const RunHandle run = start();
    clock_.advance(20s);
    EXPECT_EQ(outcome_of(ledger_.beat(run)), "ok");
    EXPECT_EQ(row(run).heartbeat_at, kNoon + 20s);
    EXPECT_EQ(row(run).lease_until, kNoon + 20s + kLease);
    EXPECT_EQ(row(run).row_version, 1);
    clock_.advance(20s);
    EXPECT_EQ(outcome_of(ledger_.start({"features", "2022-23", std::nullopt, ""})), "busy");
}

TEST_P(ALedger, WorkerThatPreparesToWriteHasTheWriteBudget) {
    const RunHandle run = start();
    clock_.advance(10s);
    EXPECT_EQ(outcome_of(ledger_.prepare_to_write(run)), "ok");
    EXPECT_EQ(row(run).lease_until, kNoon + 10s + kWriteBudget);
    EXPECT_EQ(row(run).row_version, 2);
}

TEST_P(ALedger, SlowRunThatNobodyTookOverStillEnds) {
    const RunHandle run = start();
    clock_.advance(24h);
    EXPECT_EQ(outcome_of(ledger_.beat(run)), "ok");
    clock_.advance(24h);
    end(run);
    EXPECT_EQ(state(run), "succeeded");
}

TEST_P(ALedger, ExpiredRunsAreAbandonedAndLiveOnesAreNot) {
    const RunHandle dead = start("features", "dead");
    clock_.advance(20s);
    const RunHandle alive = start("features", "alive");
    const RunHandle done = start("features", "done");
    end(done);
    clock_.advance(20s);
    EXPECT_EQ(value_of(ledger_.abandon_expired(false)), 1);
    EXPECT_EQ(state(dead), "abandoned");
    EXPECT_EQ(row(dead).finished_at, kNoon + 40s);
    EXPECT_EQ(state(alive), "running");
    EXPECT_EQ(state(done), "succeeded");
    EXPECT_EQ(value_of(ledger_.abandon_expired(false)), 0);
}

TEST_P(ALedger, OnlyWriterOfAHomeAbandonsWhateverStillRuns) {
    const RunHandle one = start("features", "one");
    const RunHandle two = start("features", "two");
    const RunHandle done = start("features", "done");
    end(done, RunState::kFailed);
    // A home's lock says nothing of the other clients of a server: there only leases count.
    EXPECT_EQ(value_of(ledger_.abandon_expired(true)), is_duckdb() ? 2 : 0);
    if (!is_duckdb()) {
        EXPECT_EQ(state(one), "running");
        return;
    }
    for (const RunHandle& run : {one, two}) {
        EXPECT_EQ(state(run), "abandoned");
        EXPECT_EQ(row(run).reason, "PROCESS_DIED");
    }
    EXPECT_EQ(state(done), "failed");
}

// --- outputs and completion are one transaction ---

TEST_P(ALedger, EndIsCommittedTogetherWithTheOutputs) {
    const RunHandle run = start();
    const auto transaction = value_of(database_->begin());
    value_of(write_outputs(*transaction, run));
    EXPECT_EQ(state(run), "running");
    EXPECT_EQ(outputs(), 0);
    value_of(transaction->commit());
    EXPECT_EQ(state(run), "succeeded");
    EXPECT_EQ(row(run).merges, 1);
    EXPECT_EQ(outputs(), 2);
}

TEST_P(ALedger, OutputsThatAreDroppedLeaveTheRunRunning) {
    const RunHandle run = start();
    {
        const auto transaction = value_of(database_->begin());
        value_of(write_outputs(*transaction, run));
    }
    EXPECT_EQ(state(run), "running");
    EXPECT_EQ(outputs(), 0);
    end(run, RunState::kFailed);
    EXPECT_EQ(state(run), "failed");
}

TEST_P(ALedger, FencedWorkerWritesNothing) {
    const RunHandle slow = start();
    clock_.advance(kLease + kTick);
    const RunHandle next = start();
    {
        const auto transaction = value_of(database_->begin());
        EXPECT_EQ(outcome_of(write_outputs(*transaction, slow)), "fenced");
    }
    EXPECT_EQ(outputs(), 0);
    EXPECT_EQ(state(slow), "abandoned");
    const auto transaction = value_of(database_->begin());
    value_of(write_outputs(*transaction, next));
    value_of(transaction->commit());
    EXPECT_EQ(outputs(), 2);
    EXPECT_EQ(state(next), "succeeded");
}

TEST_P(ALedger, WorkerThatIsTakenOverAfterItPreparedToWriteWritesNothing) {
    const RunHandle slow = start();
    value_of(ledger_.prepare_to_write(slow));
    clock_.advance(kWriteBudget + kTick);
    start();
    const auto transaction = value_of(database_->begin());
    EXPECT_EQ(outcome_of(write_outputs(*transaction, slow)), "fenced");
}

TEST_P(ALedger, WorkerThatPreparedToWriteIsNotTakenOverWithinItsBudget) {
    const RunHandle slow = start();
    clock_.advance(kLease - 1s);
    value_of(ledger_.prepare_to_write(slow));
    clock_.advance(kWriteBudget);
    EXPECT_EQ(outcome_of(ledger_.start({"features", "2022-23", std::nullopt, ""})), "busy");
}

// --- transactions side by side ---

/// As with a database of many clients: a take-over can come between a worker's begin and its
/// commit.
class SideBySide : public ALedger {
protected:
    /// A worker whose lease ran out before its write transaction was through.
    RunHandle late_worker() {
        const RunHandle run = start();
        value_of(ledger_.prepare_to_write(run));
        clock_.advance(kWriteBudget + kTick);
        return run;
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, SideBySide, support::kEngines, support::engine_name);

TEST_P(SideBySide, ThoseWhoStartAtOnceAllStart) {
    constexpr int kThreads = 4;
    constexpr int kRuns = 5;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([this, thread] {
                for (int i = 0; i < kRuns; ++i)
                    start("collect", fmt::format("{} of {}", i, thread));
            });
        }
    }
    EXPECT_EQ(value_of(database_->read("SELECT DISTINCT fencing_token FROM ops.run", {})).rows(),
              std::size_t{kThreads * kRuns});
}

TEST_P(SideBySide, TakeOverBetweenBeginAndCommitFencesTheWorker) {
    const RunHandle worker = late_worker();
    RunHandle next;
    {
        const auto transaction = value_of(database_->begin());
        const std::vector<Output> rows{{1, worker.run_id}};
        value_of(transaction->merge(kOutput.batch(rows), std::nullopt));
        EXPECT_EQ(value_of(transaction->read("SELECT state FROM ops.run", {})).data[0].text(0),
                  "running");
        next = start();
        EXPECT_EQ(outcome_of(ledger_.finish(*transaction, worker,
                                            {.state = RunState::kSucceeded,
                                             .rows = 1,
                                             .merges = 1,
                                             .reason = {},
                                             .detail = {}})),
                  "fenced");
        EXPECT_EQ(outcome_of(transaction->commit()), "fenced");
    }
    EXPECT_EQ(outputs(), 0);
    EXPECT_EQ(state(worker), "abandoned");
    EXPECT_EQ(state(next), "running");
}

TEST_P(SideBySide, TakeOverAfterBeginAndBeforeTheFirstStatementFencesTheWorker) {
    const RunHandle worker = late_worker();
    const auto transaction = value_of(database_->begin());
    const RunHandle next = start();
    EXPECT_EQ(outcome_of(write_outputs(*transaction, worker)), "fenced");
    EXPECT_EQ(state(worker), "abandoned");
    EXPECT_EQ(state(next), "running");
}

TEST_P(SideBySide, WorkerThatEndsItsRowFirstIsNotTakenOver) {
    const RunHandle worker = late_worker();
    const auto transaction = value_of(database_->begin());
    value_of(write_outputs(*transaction, worker));
    EXPECT_EQ(outcome_of(ledger_.start({"features", "2022-23", std::nullopt, ""})), "busy");
    EXPECT_EQ(outcome_of(transaction->commit()), "ok");
    EXPECT_EQ(state(worker), "succeeded");
    EXPECT_EQ(outputs(), 2);
    EXPECT_EQ(row(start()).attempt, 1);
}

/// DuckDB finds conflicts by column, PostgreSQL by row. A worker stops beating before it writes, so
/// that neither matters; what is shown is that no beat can spoil what was written.
TEST_P(SideBySide, BeatBesideTheWriteTransactionDoesNotFenceTheWorker) {
    const RunHandle worker = start();
    const auto transaction = value_of(database_->begin());
    value_of(write_outputs(*transaction, worker));
    clock_.advance(10s);
    EXPECT_EQ(outcome_of(ledger_.beat(worker)), is_duckdb() ? "ok" : "fenced");
    EXPECT_EQ(outcome_of(transaction->commit()), "ok");
    EXPECT_EQ(state(worker), "succeeded");
    EXPECT_EQ(outputs(), 2);
}

TEST_P(SideBySide, BeatBetweenBeginAndTheEndDoesNotFenceTheWorker) {
    const RunHandle worker = start();
    const auto transaction = value_of(database_->begin());
    EXPECT_EQ(value_of(transaction->read("SELECT state FROM ops.run", {})).rows(), 1U);
    clock_.advance(10s);
    EXPECT_EQ(outcome_of(ledger_.beat(worker)), "ok");
    EXPECT_EQ(row(worker).heartbeat_at, kNoon + 10s);
    const std::string written = is_duckdb() ? "ok" : "fenced";
    EXPECT_EQ(outcome_of(write_outputs(*transaction, worker)), written);
    EXPECT_EQ(outcome_of(transaction->commit()), written);
    EXPECT_EQ(state(worker), is_duckdb() ? "succeeded" : "running");
}

// --- the success that stands ---

class StandingSuccess : public ALedger {
protected:
    /// The run that stands for these dates; empty when none does.
    std::string standing(const DateScope& of_dates) {
        const auto found = value_of(ledger_.standing_success("features", of_dates));
        return found ? found->run_id : "";
    }

    const DateScope season_ = dates("2022-10-18", "2023-04-09");
    const DateScope one_day_ = dates("2023-01-10", "2023-01-10");
};

INSTANTIATE_TEST_SUITE_P(Engines, StandingSuccess, support::kEngines, support::engine_name);

TEST_P(StandingSuccess, IsTheNewestOfExactlyTheseDates) {
    EXPECT_EQ(standing(season_), "");
    const RunHandle first = ended(RunState::kSucceeded, season_);
    EXPECT_EQ(standing(season_), first.run_id);
    const RunHandle second = ended(RunState::kSucceeded, season_);
    EXPECT_EQ(standing(season_), second.run_id);
    EXPECT_EQ(value_of(ledger_.standing_success("features", season_))->input_hash, "hash");
}

TEST_P(StandingSuccess, IsOfAnotherScopeThatWasWrittenOverAPart) {
    ended(RunState::kSucceeded, season_);
    const RunHandle part = ended(RunState::kSucceeded, one_day_);
    EXPECT_EQ(standing(season_), "");
    EXPECT_EQ(standing(one_day_), part.run_id);
    const RunHandle again = ended(RunState::kSucceeded, season_);
    EXPECT_EQ(standing(season_), again.run_id);
    EXPECT_EQ(standing(one_day_), "");
}

TEST_P(StandingSuccess, IsNotTouchedByWhatWroteNothing) {
    const RunHandle first = ended(RunState::kSucceeded, season_);
    ended(RunState::kFailed, one_day_);
    ended(RunState::kSkipped, season_);
    start("features", "still running", one_day_);
    start("features", "dead", season_);
    clock_.advance(kLease + kTick);
    value_of(ledger_.abandon_expired(false));
    EXPECT_EQ(standing(season_), first.run_id);
    EXPECT_EQ(standing(one_day_), "");
}

TEST_P(StandingSuccess, IsNotTouchedByOtherStepsAndOtherDates) {
    const RunHandle first = ended(RunState::kSucceeded, season_);
    ended(RunState::kSucceeded, season_, "forecasts");
    ended(RunState::kSucceeded, one_day_, "conform");
    ended(RunState::kSucceeded, dates("2021-10-19", "2022-10-17"));
    ended(RunState::kSucceeded, dates("2023-04-10", "2023-06-12"));
    end(start("features", "no dates"));
    EXPECT_EQ(standing(season_), first.run_id);
}

TEST_P(StandingSuccess, OverlapOfASingleDayCounts) {
    ended(RunState::kSucceeded, season_);
    ended(RunState::kSucceeded, dates("2023-04-09", "2023-06-12"));
    EXPECT_EQ(standing(season_), "");
}

TEST_P(StandingSuccess, OfTwoThatEndedAtOneInstantIsTheLaterStarted) {
    const RunHandle whole = start("features", "whole", season_);
    const RunHandle part = start("features", "part", one_day_);
    end(part);
    end(whole);
    EXPECT_EQ(standing(one_day_), part.run_id);
    EXPECT_EQ(standing(season_), "");
}

}  // namespace
}  // namespace tipoff::ledger
