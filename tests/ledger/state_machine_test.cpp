// The run ledger's state machine walked whole: every state, every event, the lease's holder and a
// stranger; and two workers beside a reaper in every order.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "ledger/ledger.h"
#include "ledger/run_queue.h"
#include "ledger/run_rows.h"
#include "support/database.h"
#include "support/engines.h"

namespace tipoff::ledger {
namespace {

using namespace std::chrono_literals;
using support::count_rows;
using support::outcome_of;
using support::value_of;

const Instant kNoon = value_of(parse_instant("2025-12-01T17:00:00Z"));

/// Named apart from the rows of other tests: GCC 12 takes the fields of two types of one name in
/// unnamed namespaces for the same.
struct WorkersOutput {
    std::string scope;
    std::string written_by;
    std::string run_id;
};
const store::Table<WorkersOutput> kOutput{"features",
                                          "output",
                                          "",
                                          {store::key<&WorkersOutput::scope>("scope", ""),
                                           store::key<&WorkersOutput::written_by>("written_by", ""),
                                           store::value<&WorkersOutput::run_id>("run_id", "")}};

class TheStateMachine : public support::OnEachEngine {
protected:
    TheStateMachine() : OnEachEngine({&kRun.spec(), &kInputChange.spec(), &kOutput.spec()}) {}

    /// A planned run in this state, its lease held by the returned handle where it runs.
    RunHandle run_in(RunState state) {
        RunRow row;
        const auto transaction = value_of(database_->begin());
        row.fencing_token = value_of(next_fencing_token(*transaction));
        row.run_id = run_id_of(kNoon, row.fencing_token);
        row.step = "collect";
        row.scope = "scope " + row.run_id;
        row.job = "morning_operations";
        row.logical_time = kNoon;
        row.state = to_string(state);
        row.attempt = state == RunState::kPlanned || state == RunState::kReady ? 0 : 1;
        row.most_attempts = 3;
        row.row_version = 1;
        row.planned_at = kNoon;
        row.deadline = kNoon + 6h;
        if (is_final(state)) row.finished_at = kNoon;
        if (state == RunState::kRunning) {
            row.heartbeat_at = kNoon;
            row.lease_until = kNoon + kLease;
        }
        value_of(transaction->append(kRun.batch({&row, 1})));
        value_of(transaction->commit());
        return {row.run_id, row.fencing_token, row.attempt};
    }

    RunRow row(const RunHandle& run) {
        return value_of(read_rows(*database_, kRun, "WHERE run_id = $1", {run.run_id})).at(0);
    }

    store::Database* const database_ = &db();
    ManualClock clock_{kNoon};
    Ledger ledger_{*database_, clock_};
    RunQueue queue_{*database_, clock_};
};

INSTANTIATE_TEST_SUITE_P(Engines, TheStateMachine, support::kEngines, support::engine_name);

struct Event {
    const char* name;
    std::function<void(Ledger&, RunQueue&, ManualClock&, const RunRow&, const RunHandle&)> apply;
    /// What the state becomes, where the event changes it.
    std::function<std::optional<RunState>(RunState)> becomes;
};

bool waits(RunState state) {
    return state == RunState::kPlanned || state == RunState::kReady ||
           state == RunState::kRetryWait;
}

std::optional<RunState> only(bool applies, RunState to) {
    return applies ? std::optional(to) : std::nullopt;
}

const std::vector<Event>& events_of_the_holder() {
    static const std::vector<Event> events{
        {"start",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow& row, const RunHandle&) {
             (void)ledger.start({row.step, row.scope, std::nullopt, ""}).has_value();
         },
         [](RunState state) { return only(waits(state), RunState::kRunning); }},
        {"beat",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.beat(run).has_value();
         },
         [](RunState) { return std::nullopt; }},
        {"prepare to write",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.prepare_to_write(run).has_value();
         },
         [](RunState) { return std::nullopt; }},
        {"succeed",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kSucceeded}).has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kSucceeded); }},
        {"succeed without something",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kDegraded, .reason = "INPUT_MISSING"})
                 .has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kDegraded); }},
        {"succeed rightly without rows",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kEmptyOk}).has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kEmptyOk); }},
        {"have nothing to do",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kSkipped, .reason = "UNCHANGED"})
                 .has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kSkipped); }},
        {"find that it is too early",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kFailed, .not_before = kNoon + 1h})
                 .has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kRetryWait); }},
        {"find that it is too early, and too late after that",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kFailed, .not_before = kNoon + 7h})
                 .has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kFailed); }},
        {"fail for now",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             (void)ledger.finish(run, {.state = RunState::kFailed, .may_pass = true}).has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kRetryWait); }},
        {"fail for good",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle& run) {
             ledger.finish_failed(run, Error(ErrorCode::kInvalidInput, "no"));
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kFailed); }},
    };
    return events;
}

const std::vector<Event>& events_of_others() {
    static const std::vector<Event> events{
        {"look while the lease lives",
         [](Ledger& ledger, RunQueue&, ManualClock&, const RunRow&, const RunHandle&) {
             (void)ledger.abandon_expired(false).has_value();
         },
         [](RunState) { return std::nullopt; }},
        {"look after the lease",
         [](Ledger& ledger, RunQueue&, ManualClock& clock, const RunRow&, const RunHandle&) {
             clock.advance(kLease + 1us);
             (void)ledger.abandon_expired(false).has_value();
         },
         [](RunState state) { return only(state == RunState::kRunning, RunState::kRetryWait); }},
        {"look after lease and deadline",
         [](Ledger& ledger, RunQueue& queue, ManualClock& clock, const RunRow&, const RunHandle&) {
             clock.advance(6h);
             (void)ledger.abandon_expired(false).has_value();
             (void)queue.close_overdue().has_value();
         },
         [](RunState state) {
             if (state == RunState::kRunning) return std::optional(RunState::kAbandoned);
             return only(waits(state), RunState::kFailed);
         }},
        {"make ready",
         [](Ledger&, RunQueue& queue, ManualClock&, const RunRow& row, const RunHandle&) {
             if (!waits(value_of(parse_run_state(row.state)))) return;
             const Move move{.run = &row, .to = RunState::kReady};
             (void)queue.move({&move, 1}).has_value();
         },
         [](RunState state) {
             return only(waits(state) && state != RunState::kReady, RunState::kReady);
         }},
        {"let wait for data",
         [](Ledger&, RunQueue& queue, ManualClock&, const RunRow& row, const RunHandle&) {
             if (!waits(value_of(parse_run_state(row.state)))) return;
             const Move move{.run = &row, .to = RunState::kRetryWait, .waits_for = "raw.schedule"};
             (void)queue.move({&move, 1}).has_value();
         },
         [](RunState state) { return only(waits(state), RunState::kRetryWait); }},
        {"pass over",
         [](Ledger&, RunQueue& queue, ManualClock&, const RunRow& row, const RunHandle&) {
             if (!waits(value_of(parse_run_state(row.state)))) return;
             const Move move{.run = &row, .to = RunState::kSkipped, .reason = "UNCHANGED"};
             (void)queue.move({&move, 1}).has_value();
         },
         [](RunState state) { return only(waits(state), RunState::kSkipped); }},
        {"cancel",
         [](Ledger&, RunQueue& queue, ManualClock&, const RunRow& row, const RunHandle&) {
             (void)queue.cancel(row.run_id, "by hand").has_value();
         },
         [](RunState state) { return only(!is_final(state), RunState::kCancelled); }},
    };
    return events;
}

TEST_P(TheStateMachine, TakesEachEventInEachStateAsItIsWritten) {
    const auto walk = [this](const Event& event, RunState from, bool as_holder) {
        const RunHandle run = run_in(from);
        RunHandle by = run;
        if (!as_holder) by.fencing_token += 1'000'000;
        const RunRow before = row(run);
        event.apply(ledger_, queue_, clock_, before, by);
        const RunRow after = row(run);
        const std::string what = std::string(event.name) + " in " + before.state;
        const auto becomes = as_holder || event.becomes(from) == RunState::kRunning
                                 ? event.becomes(from)
                                 : std::optional<RunState>();
        EXPECT_EQ(after.state, becomes ? to_string(*becomes) : before.state) << what;
        if (is_final(from)) {
            EXPECT_EQ(after.row_version, before.row_version) << what;
            EXPECT_EQ(after.finished_at, before.finished_at) << what;
        }
        const RunState now = value_of(parse_run_state(after.state));
        EXPECT_EQ(after.finished_at.has_value(), is_final(now)) << what;
        if (becomes) {
            EXPECT_GT(after.row_version, before.row_version) << what;
        }
        // Whatever it came to is in nobody's way.
        (void)queue_.cancel(run.run_id, "the walk goes on").has_value();
    };
    int steps = 0;
    for (const RunState from : kRunStates) {
        for (const Event& event : events_of_the_holder()) {
            walk(event, from, true);
            walk(event, from, false);
            steps += 2;
        }
        for (const Event& event : events_of_others()) {
            const Instant start = clock_.wall_now();
            walk(event, from, true);
            clock_.advance(start - clock_.wall_now());
            ++steps;
        }
    }
    EXPECT_EQ(steps, 11 * (11 * 2 + 7));
}

TEST_P(TheStateMachine, ALaterPlanTakesThePlaceOfARunThatWaitsAndOfNoOther) {
    for (const RunState from : kRunStates) {
        const RunHandle run = run_in(from);
        const RunRow before = row(run);
        const PlannedRun later{.step = before.step,
                               .scope = before.scope,
                               .job = before.job,
                               .logical_time = kNoon + 1h,
                               .deadline = kNoon + 6h};
        const auto transaction = value_of(database_->begin());
        EXPECT_EQ(value_of(queue_.plan(*transaction, {&later, 1})), 1) << before.state;
        value_of(transaction->commit());
        const RunRow after = row(run);
        EXPECT_EQ(after.state, waits(from) ? "skipped" : before.state);
        EXPECT_EQ(after.reason, waits(from) ? "SUPERSEDED" : before.reason) << before.state;
        EXPECT_EQ(after.row_version, before.row_version + (waits(from) ? 1 : 0)) << before.state;
        EXPECT_EQ(after.finished_at.has_value(), waits(from) || is_final(from)) << before.state;
    }
}

// --- two workers and a reaper ---

/// A worker between its steps: it begins, prepares, writes, and what it had begun is committed
/// last.
class Worker {
public:
    Worker(store::Database& database, Ledger& ledger, std::string name, std::string scope)
        : database_(database), ledger_(ledger), name_(std::move(name)), scope_(std::move(scope)) {}

    /// The next step; one that fails ends this try.
    void step() {
        switch (at_) {
            case 0: {
                const auto begun = ledger_.start({"collect", scope_, std::nullopt, ""});
                if (!begun) return;
                run_ = *begun;
                break;
            }
            case 1:
                if (!ledger_.prepare_to_write(run_)) return give_up();
                break;
            case 2: {
                transaction_ = value_of(database_.begin());
                const WorkersOutput row{scope_, name_ + std::to_string(run_.attempt), run_.run_id};
                value_of(transaction_->merge(kOutput.batch({&row, 1}), std::nullopt));
                if (!ledger_.finish(*transaction_, run_,
                                    {.state = RunState::kSucceeded, .rows = 1}))
                    return give_up();
                break;
            }
            case 3:
                if (transaction_->commit()) ++committed_;
                return give_up();
            default: break;
        }
        ++at_;
    }

    /// A sign of life, as long as it does not write; one that finds its run another's ends this
    /// try.
    void beat() {
        if (at_ == 1 && !ledger_.beat(run_)) give_up();
    }

    [[nodiscard]] int committed() const { return committed_; }

private:
    void give_up() {
        transaction_.reset();
        at_ = 0;
    }

    store::Database& database_;
    Ledger& ledger_;
    std::string name_;
    std::string scope_;
    RunHandle run_;
    std::unique_ptr<store::Transaction> transaction_;
    int at_ = 0;
    int committed_ = 0;
};

TEST_P(TheStateMachine, OfTwoWorkersAndAReaperInEveryOrderHasOneOutputAndNoRunLeft) {
    constexpr int kDepth = 6;
    enum Act { kFirst, kSecond, kTimeGoesBy, kReap, kFirstBeats, kActs };
    int walked = 0;
    int with_output = 0;
    std::vector<int> acts;
    const auto walk = [&] {
        const std::string scope = "walk " + std::to_string(walked++);
        const PlannedRun planned{.step = "collect",
                                 .scope = scope,
                                 .job = "walk",
                                 .logical_time = clock_.league_now(),
                                 .deadline = clock_.league_now() + 24h,
                                 .most_attempts = 20};
        {
            const auto transaction = value_of(database_->begin());
            value_of(queue_.plan(*transaction, {&planned, 1}));
            value_of(transaction->commit());
        }
        int committed = 0;
        {
            Worker first(*database_, ledger_, "first ", scope);
            Worker second(*database_, ledger_, "second ", scope);
            for (const int act : acts) {
                if (act == kFirst) first.step();
                if (act == kSecond) second.step();
                if (act == kTimeGoesBy) clock_.advance(kWriteBudget + 1s);
                if (act == kReap) value_of(ledger_.abandon_expired(false));
                if (act == kFirstBeats) first.beat();
            }
            committed = first.committed() + second.committed();
        }
        const auto runs = value_of(read_rows(*database_, kRun, "WHERE scope = $1", {scope}));
        const std::int64_t outputs =
            count_rows(*database_, "features.output WHERE scope = '" + scope + "'");
        // A success that was begun again is another run; each has the output of one worker.
        std::int64_t succeeded = 0;
        for (const RunRow& run : runs)
            succeeded += run.state == "succeeded" ? 1 : 0;
        ASSERT_EQ(outputs, committed) << scope;
        ASSERT_EQ(succeeded, committed) << scope;
        with_output += committed > 0 ? 1 : 0;
        // What is left is running under a lease, or waits: the reaper and the deadline end it.
        clock_.advance(kWriteBudget + 1s);
        value_of(ledger_.abandon_expired(false));
        ASSERT_EQ(count_rows(*database_, "ops.run WHERE state = 'running'"), 0) << scope;
        for (const RunRow& run :
             value_of(read_rows(*database_, kRun, "WHERE finished_at IS NULL", {})))
            value_of(queue_.cancel(run.run_id, "the walk goes on"));
    };
    const std::function<void()> deeper = [&] {
        if (acts.size() == kDepth) {
            walk();
            return;
        }
        for (int act = 0; act < kActs; ++act) {
            // Time that goes by twice, and a second look at once, change nothing.
            const bool repeats = !acts.empty() && acts.back() == act && act >= kTimeGoesBy;
            // The workers are alike: the first to act is the first.
            const bool mirrors =
                act == kSecond && std::ranges::find(acts, static_cast<int>(kFirst)) == acts.end();
            // Who has begun nothing has no lease to extend.
            const bool is_idle = act == kFirstBeats &&
                                 (std::ranges::find(acts, static_cast<int>(kFirst)) == acts.end());
            if (repeats || mirrors || is_idle) continue;
            acts.push_back(act);
            deeper();
            acts.pop_back();
            if (testing::Test::HasFatalFailure()) return;
        }
    };
    deeper();
    EXPECT_GT(walked, 1000);
    EXPECT_GT(with_output, 50);
}

}  // namespace
}  // namespace tipoff::ledger
