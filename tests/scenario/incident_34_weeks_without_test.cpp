// I-34: team box scores were missing for 26 days, of 100 games, since every check looked at one
// day. I-64: the hit rate fell when lines reached fewer players, and nobody saw it in the features.

#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using test::told;

TEST_P(TableIncident, I34WeeksWithoutATableAreRedOnEachOfTheirDays) {
    const GameDate first = home_.last_day().plus_days(-25);
    support::execute(home_.database(), "DELETE FROM raw.team_box WHERE game_date BETWEEN $1 AND $2",
                     {first, home_.last_day()});
    int days = 0;
    for (GameDate date = first; date <= home_.last_day(); date = date.plus_days(1)) {
        const StatusReport report = home_.status_of(date);
        const auto found = std::ranges::find(report.lights, "raw.team_box", &StatusLights::table);
        ASSERT_NE(found, report.lights.end());
        if (found->counts.expected == 0) continue;
        ++days;
        EXPECT_EQ(found->completeness.light, Light::kRed) << to_string(date);
        EXPECT_EQ(found->counts.held, 0) << to_string(date);
    }
    EXPECT_GE(days, 10) << "also the last of them, when it is usual";
    EXPECT_EQ(told(home_.lights("raw.player_box").completeness).substr(0, 5), "green");
}

TEST_P(TableIncident, I64LinesThatReachFewerPlayersTurnTheLightOfTheFeatures) {
    home_.change(
        "UPDATE features.feature_store SET points_line = 20.5 WHERE points_line IS NULL AND "
        "game_date <= $1");
    EXPECT_EQ(home_.lights("features.feature_store").sanity.light, Light::kGreen);
    home_.change(
        "UPDATE features.feature_store SET points_line = NULL WHERE game_date = $1 AND player_id % "
        "7 < 4");
    const auto light = home_.lights("features.feature_store").sanity;
    EXPECT_EQ(light.light, Light::kRed) << light.says;
    EXPECT_NE(light.says.find("points_line"), std::string::npos) << light.says;
}

}  // namespace
}  // namespace tipoff::operate
