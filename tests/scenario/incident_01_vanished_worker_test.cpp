// I-01: sixty-two runs "running" for ever, since one of two ways to end them forgot the last word.
// Here the worker of each kind of run vanishes without any, and the program goes on around it.

#include <gtest/gtest.h>

#include "ledger/run_queue.h"
#include "operate/run_work.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace operate;
using namespace scenario;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

/// One of each kind of work that can be planned.
std::vector<RunWork> every_kind_of_work() {
    const GameDate date = opening_night();
    std::vector<RunWork> works{
        {.kind = TaskKind::kCollect, .source = collect::find_source("bdl_standings")},
        {.kind = TaskKind::kGrade, .step = Step::kGrades},
        {.kind = TaskKind::kTrain},
        {.kind = TaskKind::kUpkeep},
        {.kind = TaskKind::kSummary},
        {.kind = TaskKind::kTestAlerts}};
    for (const Step step : {Step::kConform, Step::kFeatures, Step::kForecasts})
        works.push_back({.kind = TaskKind::kDerive, .step = step, .is_live = true});
    for (RunWork& work : works)
        work.game_date = date;
    return works;
}

class I01RunsWhoseWorkerVanished : public support::HomeOnEachEngine {};

TEST_P(I01RunsWhoseWorkerVanished, EndWhateverTheyWereDoing) {
    IncidentLeague league(place_);
    std::vector<ledger::PlannedRun> planned;
    for (const RunWork& work : every_kind_of_work())
        planned.push_back(planned_run(work, "by_test", on_day(0, 6), on_day(0, 12)));
    ledger::RunQueue queue(league.database(), league.clock());
    const auto transaction = value_of(league.database().begin());
    ASSERT_EQ(value_of(queue.plan(*transaction, planned)), std::ssize(planned));
    value_of(transaction->commit());
    for (const ledger::PlannedRun& run : planned)
        value_of(league.league().ledger().start({.step = run.step, .scope = run.scope}));
    value_of(league.league().ledger().start({.step = "import", .scope = "files by hand"}));
    const std::int64_t all = std::ssize(planned) + 1;
    ASSERT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), all);

    // Within their lease nobody touches them.
    league.clock().advance(29s);
    league.pass();
    EXPECT_EQ(std::ssize(runs_where(league, "state = 'running'")), all);
    league.clock().advance(2s);
    league.pass();
    EXPECT_TRUE(runs_where(league, "state = 'running'").empty());
    const auto by_hand = runs_where(league, "step = 'import'");
    ASSERT_EQ(by_hand.size(), 1U);
    EXPECT_EQ(by_hand[0].state, "abandoned");
    EXPECT_EQ(by_hand[0].reason, "LEASE_EXPIRED");

    // Planned ones go again, each in its own row, and have ended by their deadline.
    league.operate_until(on_day(0, 12, 1));
    const auto ended = runs_where(league, "job = 'by_test'");
    ASSERT_EQ(ended.size(), planned.size());
    for (const ledger::RunRow& run : ended) {
        EXPECT_TRUE(run.finished_at.has_value()) << run.step << " " << run.state;
        EXPECT_TRUE(run.attempt > 1 || !run.reason.empty()) << run.step << " " << run.state;
        EXPECT_LE(run.attempt, run.most_attempts);
    }
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, I01RunsWhoseWorkerVanished, support::kEngines,
                         support::engine_name);

}  // namespace
}  // namespace tipoff
