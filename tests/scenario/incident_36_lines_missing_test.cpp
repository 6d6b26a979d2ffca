// I-36: lines were missing for two months, forecasts went on, and NO_LINE was silently the rule.
// I-32: one of nine game books was collected, and the run was a success.

#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::told;

TEST_P(TableIncident, I36NoLinesWhereThereWereLinesAreRed) {
    home_.change("DELETE FROM raw.prop_line WHERE game_date = $1");
    EXPECT_EQ(told(home_.lights("raw.prop_line").completeness), "red: 0 of 2 games");
    const auto report =
        value_of(coverage(home_.database(), {.dates = {home_.last_day(), home_.last_day()}}));
    EXPECT_EQ(report.lines.lined, 0);
    EXPECT_EQ(report.lines.no_line, report.predicted) << "and they are still predicted";
}

TEST_P(TableIncident, I36AfterTwoMonthsItIsStillRedAsLongAsTheSourceIsAsked) {
    home_.change("DELETE FROM raw.prop_line WHERE game_date <= $1");
    EXPECT_EQ(told(home_.lights("raw.prop_line").completeness), "green: nothing due")
        << "a league in which nobody ever asked for lines";
    const auto run = value_of(home_.ledger().start({.step = "collect",
                                                    .scope = "oddsapi_player_props 2022-11-01",
                                                    .dates = {},
                                                    .input_hash = ""}));
    value_of(home_.ledger().finish(run, {.state = ledger::RunState::kSucceeded,
                                         .rows = 0,
                                         .merges = 0,
                                         .reason = "",
                                         .detail = ""}));
    support::execute(home_.database(), "UPDATE ops.run SET started_at = $1 WHERE run_id = $2",
                     {eastern_instant(home_.last_day().plus_days(-5), {}), run.run_id});
    EXPECT_EQ(told(home_.lights("raw.prop_line").completeness), "red: 0 of 2 games")
        << "a run that succeeded with nothing is no reason to be content";
}

TEST_P(TableIncident, I32OneOfTwoBoxScoresIsNotEnough) {
    home_.change(
        "DELETE FROM raw.player_box WHERE game_id = (SELECT min(game_id) FROM "
        "raw.player_box WHERE game_date = $1)");
    EXPECT_EQ(told(home_.lights("raw.player_box").completeness), "red: 2 of 4 teams");
    EXPECT_EQ(told(home_.lights("raw.schedule").completeness), "green: 2 of 2 games");
}

}  // namespace
}  // namespace tipoff::operate
