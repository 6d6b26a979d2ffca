// Every feature has a group, and tables behind it that there are.

#include "features/feature_origins.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/error.h"
#include "features/feature_list.h"

namespace tipoff::features {
namespace {

using Tables = std::vector<std::string_view>;

const FeatureSpec& spec_of(std::string_view name) { return kFeatures.at(find_feature(name)); }

TEST(FeatureOrigins, AFeatureIsOfItsFamilysGroup) {
    EXPECT_EQ(group_of(feature_index("points_mean_last_3")), "Scoring form");
    EXPECT_EQ(group_of(feature_index("zone_completeness")), "Shot zones");
    EXPECT_EQ(group_of(feature_index("usage_spike_score")), "Composite factors");
    EXPECT_THROW(std::ignore = group_of(kFeatureCount), InvariantBroken);
}

TEST(FeatureOrigins, TablesComeInTheOrderOfTheInputsAndOnce) {
    EXPECT_EQ(tables_behind(spec_of("points_mean_last_3")),
              Tables{"analytics.player_game_summary"});
    EXPECT_EQ(tables_behind(spec_of("travel_miles")), (Tables{"raw.schedule", "analytics.game"}));
    EXPECT_EQ(tables_behind(spec_of("zone_completeness")),
              (Tables{"raw.shot", "analytics.player_game_summary"}));
    // Through other features, by name and by what a star stands for.
    EXPECT_EQ(
        tables_behind(spec_of("pace_score")),
        (Tables{"analytics.team_offense_game_summary", "analytics.team_defense_game_summary"}));
    EXPECT_EQ(tables_behind(spec_of("shot_zone_mismatch_score")), Tables{"raw.shot"});
}

TEST(FeatureOrigins, AnInputThatNobodyKnowsIsBroken) {
    EXPECT_THROW(std::ignore = tables_behind({"a", "b", 0, 1, "c", "player games, tea leaves", ""}),
                 InvariantBroken);
}

TEST(FeatureOrigins, EveryFeatureSaysWhatItMeansAndComesFromATable) {
    for (const FeatureSpec& spec : kFeatures) {
        EXPECT_FALSE(spec.unit.empty() || spec.meaning.empty()) << spec.name;
        EXPECT_FALSE(tables_behind(spec).empty()) << spec.name;
    }
}

}  // namespace
}  // namespace tipoff::features
