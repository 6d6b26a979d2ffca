#include "collect/shot_zone.h"

#include <gtest/gtest.h>

namespace tipoff::collect {
namespace {

TEST(ShotZone, HasNbacsNames) {
    EXPECT_EQ(find_shot_zone("Restricted Area"), ShotZone::kRestrictedArea);
    EXPECT_EQ(find_shot_zone("Left Corner 3"), ShotZone::kLeftCorner3);
    EXPECT_EQ(find_shot_zone("Backcourt"), ShotZone::kBackcourt);
    EXPECT_EQ(find_shot_zone("01Restricted Area"), std::nullopt);
    EXPECT_EQ(find_shot_zone(""), std::nullopt);
}

TEST(ShotZone, IsThatOfThePlace) {
    EXPECT_EQ(shot_zone_at(0, 0, false), ShotZone::kRestrictedArea);
    EXPECT_EQ(shot_zone_at(0, 4.4, false), ShotZone::kRestrictedArea);
    EXPECT_EQ(shot_zone_at(0, 4.5, false), ShotZone::kPaint);
    EXPECT_EQ(shot_zone_at(-8, 13.7, false), ShotZone::kPaint);
    EXPECT_EQ(shot_zone_at(8.1, 5, false), ShotZone::kMidRange);
    EXPECT_EQ(shot_zone_at(0, 13.9, false), ShotZone::kMidRange);
    EXPECT_EQ(shot_zone_at(-22.5, 8.8, true), ShotZone::kLeftCorner3);
    EXPECT_EQ(shot_zone_at(22.5, -4, true), ShotZone::kRightCorner3);
    EXPECT_EQ(shot_zone_at(22.3, 8.9, true), ShotZone::kAboveBreak3);
    EXPECT_EQ(shot_zone_at(0, 41.7, true), ShotZone::kAboveBreak3);
    EXPECT_EQ(shot_zone_at(0, 42, true), ShotZone::kBackcourt);
}

}  // namespace
}  // namespace tipoff::collect
