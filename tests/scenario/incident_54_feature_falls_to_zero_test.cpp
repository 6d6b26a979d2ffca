// I-54: shot zones were unknown for a season, since an upstream had put digits before a name.
// I-61: minutes were 99.5% NULL and usage 100% NULL in training data, and had always been.

#include <gtest/gtest.h>

#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using test::told;

TEST_P(TableIncident, I54AFeatureThatFallsToZeroOvernightTurnsItsLightAndIsNamed) {
    home_.change(
        "UPDATE features.feature_store SET usage_mean_last_10 = NULL WHERE game_date = $1");
    const StatusLights lights = home_.lights("features.feature_store");
    EXPECT_EQ(lights.sanity.light, Light::kRed);
    EXPECT_TRUE(lights.sanity.says.starts_with("usage_mean_last_10: 0.0% known"))
        << lights.sanity.says;
    for (const ColumnFinding& finding : lights.findings)
        EXPECT_EQ(finding.column, "usage_mean_last_10") << finding.says;
    EXPECT_EQ(told(lights.completeness).substr(0, 6), "green:") << "every row is there";
}

TEST_P(TableIncident, I54AFeatureThatIsZeroForEverybodyTurnsItsLight) {
    home_.change("UPDATE features.feature_store SET points_mean_last_10 = 0 WHERE game_date = $1");
    const StatusLights lights = home_.lights("features.feature_store");
    EXPECT_EQ(lights.sanity.light, Light::kRed);
    EXPECT_TRUE(lights.sanity.says.starts_with("points_mean_last_10: ")) << lights.sanity.says;
}

TEST_P(TableIncident, I61AFeatureThatWasNeverKnownIsRedWhereItMustBe) {
    // Always NULL: no day differs from the days before.
    home_.change(
        "UPDATE features.feature_store SET usage_mean_last_10 = NULL WHERE game_date <= "
        "$1");
    const StatusLights lights = home_.lights("features.feature_store");
    EXPECT_EQ(told(lights.sanity), "red: usage_mean_last_10: 0.0% known, and half should be");
}

}  // namespace
}  // namespace tipoff::operate
