// I-16: the breaker never opened, since it counted exceptions where runs returned false, and forgot
// when the process ended. I-12: two code paths owned one counter. I-07: a success with no records
// kept the good document out for three months.

#include <gtest/gtest.h>

#include "operate/problems.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

constexpr std::string_view kList = "playerindex";

league::FaultPlan never_answers(league::FaultKind kind, std::string address) {
    return league::FaultPlan(
        {.seed = 1, .share = 0, .kinds = {kind}, .never = {std::move(address)}});
}

ledger::SourceBreakerRow breaker_of(OperatedLeague& league) {
    const auto rows = value_of(store::read_rows(league.database(), ledger::kSourceBreaker,
                                                "WHERE source = 'nbac_player_list'"));
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? ledger::SourceBreakerRow{} : rows[0];
}

ledger::RunRow run_of(OperatedLeague& league) {
    const auto runs = runs_where(league, "scope LIKE 'nbac_player_list %' AND job <> ''");
    EXPECT_EQ(runs.size(), 1U);
    return runs.empty() ? ledger::RunRow{} : runs[0];
}

class I16TheBreaker : public support::HomeOnEachEngine {};

TEST_P(I16TheBreaker, OpensStaysOpenAcrossRestartsAndClosesByItself) {
    league::FaultPlan faults = never_answers(league::FaultKind::kUnavailable, std::string(kList));
    ledger::SourceBreakerRow open;
    {
        IncidentLeague league(place_, &faults);
        league.operate_until(on_day(0, 6, 30));
        open = breaker_of(league);
        ASSERT_TRUE(open.open_until.has_value());
        EXPECT_GE(open.failures, operate::kFailuresBeforeOpen);
        // I-12: one counts for the source, one for the run, and they agree.
        EXPECT_EQ(run_of(league).attempt, open.failures);
        EXPECT_EQ(run_of(league).reason, "LEFT_ALONE");
        EXPECT_EQ(number(league,
                         "SELECT CAST(count(*) AS BIGINT) FROM ops.alert WHERE state = "
                         "'open' AND signature = 'source.nbac_player_list.left_alone'"),
                  1);
    }
    {
        IncidentLeague league(place_, &faults);
        sleep_until(league, on_day(0, 6, 31));
        while (league.clock().league_now() < *open.open_until) {
            league.pass();
            league.clock().advance(1min);
        }
        EXPECT_EQ(asked(league, kList), 0) << "left alone by another process as well";
        EXPECT_EQ(breaker_of(league).failures, open.failures);
        league.operate_until(*open.open_until + 5min);
        EXPECT_EQ(breaker_of(league).failures, open.failures + 1) << "one try, one count";
        EXPECT_EQ(run_of(league).attempt, open.failures + 1);
        EXPECT_GT(*breaker_of(league).open_until, *open.open_until);
    }
    IncidentLeague league(place_);
    sleep_until(league, *open.open_until + 5min);
    league.operate_until(on_day(0, 11, 30));
    EXPECT_EQ(run_of(league).state, "succeeded");
    EXPECT_EQ(count_rows(league.database(), "ops.source_breaker"), 0);
    EXPECT_EQ(count_rows(league.database(),
                         "ops.alert WHERE state = 'open' AND signature LIKE '%nbac_player_list%'"),
              0);
}

/// The free list of events, which tells what is left, does not answer.
TEST_P(I16TheBreaker, ThatIsOverIsNotWhatKeepsASourceWithoutQuota) {
    league::FaultPlan faults =
        never_answers(league::FaultKind::kUnavailable, "basketball_nba/events?");
    IncidentLeague league(place_, &faults);
    league.operate_until(on_day(0, 7));
    const ledger::SourceBreakerRow over{.source = "oddsapi_game_lines",
                                        .failures = operate::kFailuresBeforeOpen,
                                        .open_until = league.clock().league_now() - 1h,
                                        .reason = "unreachable",
                                        .changed_at = league.clock().league_now() - 2h};
    const ledger::SourceQuotaRow used{.source = "oddsapi",
                                      .requests_left = operate::kQuotaReserve,
                                      .observed_at = league.clock().league_now()};
    support::merge_rows(league.database(), ledger::kSourceBreaker, std::vector{over});
    support::merge_rows(league.database(), ledger::kSourceQuota, std::vector{used});
    value_of(league.controller().trigger("betting_lines"));
    const auto runs = runs_where(league, "scope LIKE 'oddsapi_game_lines %'");
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].state, "skipped");
    EXPECT_EQ(runs[0].reason, "QUOTA_KEPT");
}

class I16TheQuota : public support::HomeOnEachEngine {};

TEST_P(I16TheQuota, IsAsUpToDateAsTheFreeListOfEvents) {
    IncidentLeague league(place_);
    league.operate_until(on_day(0, 7));
    const ledger::SourceQuotaRow used{
        .source = "oddsapi", .requests_left = 3, .observed_at = league.clock().league_now()};
    support::merge_rows(league.database(), ledger::kSourceQuota, std::vector{used});
    value_of(league.controller().trigger("betting_lines"));
    const auto runs = runs_where(league, "scope LIKE 'oddsapi_%'");
    EXPECT_EQ(runs.size(), 3U);
    for (const ledger::RunRow& run : runs)
        EXPECT_NE(run.state, "skipped") << run.scope << ": " << run.reason;
    EXPECT_GT(asked(league, "/odds?"), 0);
    EXPECT_GT(number(league, "SELECT requests_left FROM ops.source_quota"), 3);
}

class I07AnEmptyDocument : public support::HomeOnEachEngine {};

TEST_P(I07AnEmptyDocument, IsNoSuccessAndDoesNotKeepTheGoodOneOut) {
    const std::string of_source =
        "scope LIKE 'nbac_player_boxscore %' AND game_date = " + sql_day(0);
    {
        league::FaultPlan faults = never_answers(league::FaultKind::kEmptyList, "leaguegamelog");
        IncidentLeague league(place_, &faults);
        league.pass();
        sleep_until(league, on_day(0, 22));
        league.operate_until(on_day(1, 3));
        EXPECT_GT(asked(league, "leaguegamelog"), 0);
        EXPECT_EQ(
            count_rows(league.database(), "raw.player_box WHERE source = 'nbac_player_boxscore'"),
            0);
        EXPECT_TRUE(runs_where(league, of_source + " AND state = 'succeeded'").empty());
        EXPECT_FALSE(runs_where(league, of_source + " AND state IN ('degraded', 'failed', "
                                                    "'retry_wait')")
                         .empty());
        bool is_told = false;
        for (const auto& problem : value_of(operate::problems(league.database(), league.clock())))
            is_told |= problem.alert.signature.contains("nbac_player_boxscore");
        EXPECT_TRUE(is_told);
    }
    IncidentLeague league(place_);
    sleep_until(league, on_day(1, 3));
    league.operate_until(on_day(1, 5));
    EXPECT_GT(count_rows(league.database(), "raw.player_box WHERE source = 'nbac_player_boxscore'"),
              20);
    EXPECT_FALSE(runs_where(league, of_source + " AND state = 'succeeded' AND rows > 0").empty());
}

class I11WhatWillNotPass : public support::HomeOnEachEngine {};

TEST_P(I11WhatWillNotPass, EndsAtOnce) {
    IncidentLeague league(place_);
    league.operate_until(on_day(0, 7));
    // A model cannot be fitted on no games, however often.
    const auto trained = value_of(league.controller().trigger("weekly_training"));
    ASSERT_EQ(trained.size(), 1U);
    EXPECT_EQ(trained[0].state, "failed");
    EXPECT_LE(trained[0].attempt, 1);
    EXPECT_FALSE(trained[0].detail.empty());
    // Nor does a run of a step that this program does not know wait for ever.
    support::execute(league.database(),
                     "UPDATE ops.run SET run_id = 'other', step = 'weather', state = 'planned', "
                     "finished_at = NULL, job = 'by_test', attempt = 0 WHERE step = 'train'");
    league.pass();
    const auto other = runs_where(league, "step = 'weather'");
    ASSERT_EQ(other.size(), 1U);
    EXPECT_EQ(other[0].state, "failed");
    EXPECT_EQ(other[0].reason, "NOT_KNOWN");
}

INSTANTIATE_TEST_SUITE_P(Engines, I16TheBreaker, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I16TheQuota, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I07AnEmptyDocument, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I11WhatWillNotPass, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
