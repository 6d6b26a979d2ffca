// I-09: a table failed while its upstream was stuck for eight hours, and nobody filled it
// afterwards. I-37: forecasts stood still behind a gate that waited for what was not coming.
// I-35, I-38: what had been computed without it stayed as it was. Each stretch of the day is a life
// of the program of its own, over one home.

#include <gtest/gtest.h>

#include "operate/completeness.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

league::FaultPlan stuck(std::vector<std::string> addresses) {
    return league::FaultPlan({.seed = 1,
                              .share = 0,
                              .kinds = {league::FaultKind::kUnavailable},
                              .never = std::move(addresses)});
}

const std::vector<std::string> kBoxScores{"leaguegamelog", "boxscoretraditionalv2",
                                          "box_scores",    "/nba/boxscore",
                                          "/pdfs/",        "playbyplay"};

std::string live_forecasts(int day, std::string_view state) {
    return "step = 'forecasts' AND scope LIKE '% live' AND game_date = " + sql_day(day) +
           " AND state = '" + std::string(state) + "'";
}

class I09AStuckUpstream : public support::HomeOnEachEngine {};

TEST_P(I09AStuckUpstream, IsWaitedForGoneWithoutAndMadeGoodByItself) {
    {
        league::FaultPlan faults = stuck(kBoxScores);
        IncidentLeague league(place_, &faults);
        league.pass();
        sleep_until(league, on_day(1, 5));
        league.operate_until(on_day(1, 14));
        ASSERT_EQ(count_rows(league.database(), "raw.player_box"), 0);
        // I-37: the next day is forecast without them, in time, and says so.
        const auto forecasts = runs_where(league, live_forecasts(1, "degraded"));
        ASSERT_FALSE(forecasts.empty());
        EXPECT_EQ(forecasts[0].reason, "INPUT_MISSING");
        EXPECT_TRUE(forecasts[0].detail.contains("raw.player_box of " + to_string(opening_night()) +
                                                 ": 0 of "))
            << forecasts[0].detail;
        EXPECT_TRUE(runs_where(league, live_forecasts(1, "succeeded")).empty());
        // Grades cannot do without, for now.
        const auto grades = runs_where(league, "step = 'grades' AND state = 'retry_wait'");
        ASSERT_EQ(grades.size(), 1U);
        EXPECT_TRUE(grades[0].waits_for.starts_with("raw.player_box of ")) << grades[0].waits_for;
    }
    IncidentLeague league(place_);
    sleep_until(league, on_day(1, 14));
    // It is left alone for two hours at most.
    league.operate_until(on_day(1, 16, 30));
    const auto boxes = value_of(
        operate::completeness(league.database(), "raw.player_box", opening_night(), on_day(1, 20)));
    EXPECT_GT(boxes.expected, 0);
    EXPECT_EQ(boxes.held, boxes.expected);
    // What was made without them is made again, and so is what waited.
    EXPECT_GT(count_rows(league.database(),
                         "analytics.player_game_summary WHERE game_date = " + sql_day(0)),
              0);
    EXPECT_FALSE(runs_where(league, live_forecasts(1, "succeeded")).empty());
    EXPECT_FALSE(
        runs_where(league, "step = 'grades' AND state = 'succeeded' AND game_date = " + sql_day(0))
            .empty());
    EXPECT_TRUE(
        runs_where(league, "step = 'grades' AND state NOT IN ('succeeded', 'skipped')").empty());
}

class I38LinesThatComeLate : public support::HomeOnEachEngine {};

TEST_P(I38LinesThatComeLate, LeadToForecastsWithThemInThatPass) {
    {
        league::FaultPlan faults = stuck({"/odds", "/v3/offers"});
        IncidentLeague league(place_, &faults);
        league.pass();
        sleep_until(league, on_day(1, 5));
        league.operate_until(on_day(1, 15, 30));
        ASSERT_GT(count_rows(league.database(), "predictions.player_prop_prediction"), 0);
        ASSERT_EQ(count_rows(league.database(), "predictions.pick"), 0);
    }
    IncidentLeague league(place_);
    sleep_until(league, on_day(1, 15, 30));
    const auto lines = [&] { return count_rows(league.database(), "raw.prop_line"); };
    for (int looks = 0; lines() == 0; ++looks) {
        ASSERT_LT(looks, 40) << "no lines came";
        league.pass();
        if (lines() == 0) league.clock().advance(10min);
    }
    EXPECT_GT(count_rows(league.database(), "predictions.pick"), 0);
    EXPECT_FALSE(
        runs_where(league, "job = 'recompute' AND " + live_forecasts(1, "succeeded")).empty());
}

class I42AWaitOfAPhase : public support::HomeOnEachEngine {};

TEST_P(I42AWaitOfAPhase, EndsAtItsDeadlineThoughNoMessageEverComes) {
    league::FaultPlan faults = stuck({"scheduleleaguev2", "scheduleLeagueV2"});
    IncidentLeague league(place_, &faults);
    league.operate_until(on_day(0, 18));
    const auto waited = runs_where(league, "job = 'nightly_features'");
    ASSERT_FALSE(waited.empty());
    for (const ledger::RunRow& run : waited) {
        EXPECT_EQ(run.state, "failed") << run.step;
        EXPECT_EQ(run.reason, "DEADLINE_PASSED");
        EXPECT_EQ(run.attempt, 0) << "it was never begun";
        EXPECT_TRUE(run.detail.starts_with("waited for raw.schedule around ")) << run.detail;
    }
    EXPECT_EQ(count_rows(league.database(),
                         "ops.run WHERE finished_at IS NULL AND deadline < TIMESTAMPTZ '" +
                             to_string(league.clock().league_now()) + "'"),
              0);
}

INSTANTIATE_TEST_SUITE_P(Engines, I09AStuckUpstream, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I38LinesThatComeLate, support::kEngines, support::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, I42AWaitOfAPhase, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
