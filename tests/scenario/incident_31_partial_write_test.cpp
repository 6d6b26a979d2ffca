// I-31: a backfill wrote 1 of 187 players and was marked a success; nobody saw it for six days.
// I-41: a column was empty for 71% of the rows, since a step had run before its input was there.

#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using test::told;

TEST_P(TableIncident, I31RowsThatWereNotWrittenTurnTheLightAlthoughTheRunSucceeded) {
    const std::int64_t before = home_.lights("features.feature_store").counts.expected;
    home_.change(
        "DELETE FROM features.feature_store WHERE game_date = $1 AND player_id <> (SELECT "
        "min(player_id) FROM features.feature_store WHERE game_date = $1)");
    const StatusLights lights = home_.lights("features.feature_store");
    EXPECT_EQ(told(lights.job), "green: succeeded");
    EXPECT_EQ(told(lights.completeness), "red: 1 of " + std::to_string(before) + " players");
    // A step that waits for its inputs sees the same.
    const auto counts = support::value_of(
        completeness(home_.database(), "features.feature_store", home_.last_day()));
    EXPECT_LT(counts.share(), 0.1);
}

TEST_P(TableIncident, I31ContextsThatAreMissingAreSeenThoughEverythingAfterThemAgrees) {
    // What comes after is whole against the contexts that there are: they are counted another way.
    for (const char* table :
         {"analytics.upcoming_player_game_context", "features.feature_store",
          "features.player_daily_cache", "features.player_composite_factors",
          "features.player_shot_zone_analysis", "predictions.player_prop_prediction"}) {
        home_.change("DELETE FROM " + std::string(table) +
                     " WHERE game_date = $1 AND player_id % 4 <> 0");
    }
    const StatusLights lights = home_.lights("analytics.upcoming_player_game_context");
    EXPECT_EQ(lights.completeness.light, Light::kRed) << told(lights.completeness);
    EXPECT_EQ(home_.lights("features.feature_store").completeness.light, Light::kGreen);
}

TEST_P(TableIncident, I41AColumnThatWasComputedBeforeItsInputIsRed) {
    home_.change(
        "UPDATE analytics.player_game_summary SET usage_rate = NULL WHERE game_date = $1 "
        "AND player_id % 10 < 7");
    const StatusLights lights = home_.lights("analytics.player_game_summary");
    EXPECT_EQ(lights.sanity.light, Light::kRed) << told(lights.sanity);
    EXPECT_TRUE(lights.sanity.says.starts_with("usage_rate: ")) << lights.sanity.says;
}

INSTANTIATE_TEST_SUITE_P(Engines, TableIncident, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
