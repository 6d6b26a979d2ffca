#include "league/shot_chart.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

namespace tipoff::league {
namespace {

ShotEvent some_shot() {
    ShotEvent shot;
    shot.zone = static_cast<Zone>(*rc::gen::inRange(0, static_cast<int>(kZones)));
    shot.made = *rc::gen::arbitrary<bool>();
    shot.kind = shot.zone == Zone::kRestrictedArea ? static_cast<ShotKind>(*rc::gen::inRange(0, 3))
                                                   : static_cast<ShotKind>(*rc::gen::inRange(0, 2));
    return shot;
}

RC_GTEST_PROP(ShotSpots, LieInTheZoneOfTheShot, ()) {
    const ShotEvent shot = some_shot();
    Random random(*rc::gen::arbitrary<std::uint64_t>(), Stream::kShotChart);
    const ShotSpot spot = spot_of(shot, random);
    const double feet =
        std::sqrt(spot.x_tenths * spot.x_tenths + spot.y_tenths * spot.y_tenths) / 10.0;
    RC_ASSERT(spot.distance_feet == static_cast<int>(feet));
    RC_ASSERT(std::abs(spot.x_tenths) <= 250);
    RC_ASSERT(spot.y_tenths > -53);
    switch (shot.zone) {
        case Zone::kRestrictedArea: RC_ASSERT(feet < 4.0); break;
        case Zone::kPaint: RC_ASSERT(feet >= 4.0 && feet < 16.0); break;
        case Zone::kMidRange: RC_ASSERT(feet >= 8.0 && feet < 24.0); break;
        case Zone::kLeftCorner3: RC_ASSERT(spot.x_tenths >= 220 && spot.y_tenths < 88); break;
        case Zone::kRightCorner3: RC_ASSERT(spot.x_tenths <= -220 && spot.y_tenths < 88); break;
        case Zone::kAboveBreak3: RC_ASSERT(feet >= 23.7); break;
        case Zone::kBackcourt: RC_ASSERT(feet >= 42.0); break;
    }
    RC_ASSERT(!spot.action.empty());
}

RC_GTEST_PROP(ShotSpots, NameTheSideAndRangeOfTheSpot, ()) {
    const ShotEvent shot = some_shot();
    Random random(*rc::gen::arbitrary<std::uint64_t>(), Stream::kShotChart);
    const ShotSpot spot = spot_of(shot, random);
    const std::string side(spot.side_of_floor);
    if (side.starts_with("Left")) RC_ASSERT(spot.x_tenths > 0);
    if (side.starts_with("Right")) RC_ASSERT(spot.x_tenths <= 0);
    if (spot.range == "Less Than 8 ft.") RC_ASSERT(spot.distance_feet < 8);
    if (spot.range == "8-16 ft.") RC_ASSERT(spot.distance_feet >= 8 && spot.distance_feet < 16);
    if (is_three(shot.zone)) {
        RC_ASSERT(spot.range == "24+ ft." || spot.range == "Back Court Shot");
    }
}

TEST(ShotSpots, DunksGoInMostly) {
    Random random(1, Stream::kShotChart);
    int made = 0;
    int all = 0;
    for (int i = 0; i < 20'000; ++i) {
        ShotEvent shot{.player = 0, .zone = Zone::kRestrictedArea, .made = i % 3 != 0};
        if (spot_of(shot, random).action.find("Dunk") == std::string_view::npos) continue;
        ++all;
        made += shot.made ? 1 : 0;
    }
    EXPECT_GT(all, 500);
    EXPECT_GT(made, all * 8 / 10);
}

}  // namespace
}  // namespace tipoff::league
