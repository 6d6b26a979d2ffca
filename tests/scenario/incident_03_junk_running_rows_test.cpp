// I-03: ten thousand junk rows of one day said "running", and dependency checks took the success
// behind them for one of them. I-04: half a million failed rows.

#include <gtest/gtest.h>

#include "base/crash_point.h"
#include "operate/upkeep.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using support::value_of;

constexpr std::int64_t kJunk = 10'284;
/// Of the incident; a tenth of them on a server.
constexpr std::int64_t kFailures = 500'000;

/// Rows of a step as somebody might have left them, `$1` of them.
void leave_rows(store::Database& database, std::int64_t count, std::string_view step,
                std::string_view scope, std::string_view state, Instant at) {
    const bool is_running = state == "running";
    support::execute(
        database,
        "INSERT INTO ops.run (run_id, step, scope, job, logical_time, revision, state, attempt, "
        "most_attempts, fencing_token, row_version, owner, planned_at, waits_for, started_at, "
        "finished_at, lease_until, rows, merges, input_hash, reason, detail) SELECT '" +
            std::string(state) +
            "-' || i, $2, $3, '', $4 + i * INTERVAL '1 microsecond', 1, $5, 1, 1, 0, 1, 'gone', "
            "$4, '', $4, "
            "CASE WHEN $6 THEN NULL ELSE $4 END, CASE WHEN $6 THEN $4 END, 0, 0, '', CASE WHEN $6 "
            "THEN '' ELSE 'unreachable' END, '' FROM generate_series(1, CAST($1 AS BIGINT)) AS "
            "made(i)",
        {count, std::string(step), std::string(scope), at, std::string(state), is_running});
}

class I03JunkRunningRows : public support::HomeOnEachEngine {};

TEST_P(I03JunkRunningRows, AreClosedAndStandInNobodysWay) {
    IncidentLeague league(place_);
    const std::string scope =
        "2025-26 " + to_string(opening_night()) + ".." + to_string(opening_night()) + " live";
    leave_rows(league.database(), kJunk, "conform", scope, "running",
               league.clock().wall_now() - std::chrono::hours{1});
    league.operate_until(on_day(0, 19));
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'abandoned'"), kJunk);

    // One row a run, updated by its key: no success has a second row that says something else.
    EXPECT_EQ(count_rows(league.database(),
                         "(SELECT 1 FROM ops.run WHERE owner <> 'gone' GROUP BY step, scope, "
                         "logical_time, revision HAVING count(*) > 1)"),
              0);
    for (const char* step : {"conform", "features", "forecasts"}) {
        EXPECT_FALSE(runs_where(league, "state = 'succeeded' AND scope = '" + scope +
                                            "' AND step = '" + step + "'")
                         .empty())
            << step;
    }
}

OperatedLeague* beside = nullptr;
int pages = 0;

/// Between two pages a run is begun and ended.
void run_beside(std::string_view point) {
    if (point != "upkeep.page") return;
    ++pages;
    auto& ledger = beside->league().ledger();
    const auto run = value_of(ledger.start({.step = "collect", .scope = "beside"}));
    value_of(ledger.finish(run, {.state = ledger::RunState::kSucceeded}));
}

class I04FailedRows : public support::HomeOnEachEngine {};

TEST_P(I04FailedRows, AreFoldedInPagesWhileRunsGoOn) {
    IncidentLeague league(place_);
    const std::int64_t failures = is_duckdb() ? kFailures : kFailures / 10;
    leave_rows(league.database(), failures, "collect", "nbac_schedule", "failed",
               league.clock().wall_now() - std::chrono::days{2});
    const auto dry = value_of(operate::upkeep(league.database(), league.league().ledger(),
                                              league.clock(), {.dry_run = true}));
    EXPECT_EQ(dry.folded, failures - 1);
    EXPECT_EQ(count_rows(league.database(), "ops.run"), failures);

    beside = &league;
    pages = 0;
    set_crash_hook(&run_beside);
    const auto done =
        value_of(operate::upkeep(league.database(), league.league().ledger(), league.clock(), {}));
    set_crash_hook(nullptr);
    EXPECT_EQ(done.folded, failures - 1) << "the newest of them stays";
    EXPECT_GE(pages, failures / 25'000);
    EXPECT_EQ(std::ssize(runs_where(league, "scope = 'beside' AND state = 'succeeded'")), pages);
    EXPECT_EQ(std::ssize(runs_where(league, "state = 'failed'")), 1);
}

TEST_P(I04FailedRows, AreFewOfASourceThatNeverAnswers) {
    // I-10: 322 tries in six hours.
    league::FaultPlan faults({.seed = 1,
                              .share = 0,
                              .kinds = {league::FaultKind::kForbidden},
                              .never = {"/v1/standings"}});
    IncidentLeague league(place_, &faults);
    league.operate_until(on_day(0, 12, 10));
    const auto runs = runs_where(league, "scope LIKE 'bdl_standings%'");
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].state, "failed");
    EXPECT_EQ(runs[0].reason, "refused");
    EXPECT_EQ(runs[0].attempt, 1) << "who is barred does not try again";
    EXPECT_NE(runs[0].detail.find("denies access (the upstream answered 403)"), std::string::npos)
        << runs[0].detail;
    EXPECT_EQ(asked(league, "/v1/standings"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, I03JunkRunningRows, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I04FailedRows, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
