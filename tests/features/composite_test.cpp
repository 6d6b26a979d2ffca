// The signs and ranges of the composite factors, which are what people get wrong about them.
#include "features/composite.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "features/feature_list.h"

namespace tipoff::features {
namespace {

FatigueInputs any_load() {
    return {
        .days_rest = static_cast<double>(*rc::gen::inRange(0, 8)),
        .games_last_4_days = static_cast<double>(*rc::gen::inRange(0, 5)),
        .games_last_7_days = static_cast<double>(*rc::gen::inRange(0, 8)),
        .player_minutes_last_7_days = static_cast<double>(*rc::gen::inRange(0, 320)),
        .travel_miles = static_cast<double>(*rc::gen::inRange(0, 5000)),
        .time_zone_change = static_cast<double>(*rc::gen::inRange(-3, 4)),
    };
}

RC_GTEST_PROP(Fatigue, MoreRestNeverRaisesIt, ()) {
    FatigueInputs load = any_load();
    const double before = fatigue_score(load);
    load.days_rest += *rc::gen::inRange(0, 5);
    RC_ASSERT(fatigue_score(load) <= before);
}

RC_GTEST_PROP(Fatigue, MoreLoadNeverLowersIt, ()) {
    const FatigueInputs load = any_load();
    FatigueInputs heavier = load;
    heavier.games_last_4_days += *rc::gen::inRange(0, 2);
    heavier.games_last_7_days += *rc::gen::inRange(0, 2);
    heavier.player_minutes_last_7_days += *rc::gen::inRange(0, 60);
    heavier.travel_miles += *rc::gen::inRange(0, 2000);
    RC_ASSERT(fatigue_score(heavier) >= fatigue_score(load));
    RC_ASSERT(fatigue_score(heavier) >= 0);
    RC_ASSERT(fatigue_score(heavier) <= 100);
}

TEST(Fatigue, WorkedByHand) {
    // Second night of a back-to-back (30), 3 games in 4 days (10), 4 in 7 (16), 165 minutes (20 *
    // 75/150 = 10), 1,250 miles (5), 2 zones (4).
    EXPECT_DOUBLE_EQ(fatigue_score({.days_rest = 0,
                                    .games_last_4_days = 3,
                                    .games_last_7_days = 4,
                                    .player_minutes_last_7_days = 165,
                                    .travel_miles = 1250,
                                    .time_zone_change = -2}),
                     75);
    EXPECT_DOUBLE_EQ(fatigue_score({}),
                     0);  // the season's first game: nothing known, nothing spent
}

ZoneMismatchInputs any_zones() {
    ZoneMismatchInputs zones;
    double total = 0;
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        zones.share[z] = *rc::gen::inRange(1, 100);
        total += zones.share[z];
        zones.accuracy[z] = *rc::gen::inRange(10, 80) / 100.0;
        zones.accuracy_factor[z] = *rc::gen::inRange(80, 121) / 100.0;
    }
    for (double& share : zones.share)
        share /= total;
    return zones;
}

RC_GTEST_PROP(ZoneMismatch, AWeakerDefenceNeverLowersIt, ()) {
    const ZoneMismatchInputs zones = any_zones();
    ZoneMismatchInputs weaker = zones;
    weaker.accuracy_factor[*rc::gen::inRange<std::size_t>(0, kZoneGroups)] +=
        *rc::gen::inRange(0, 30) / 100.0;
    RC_ASSERT(shot_zone_mismatch_score(weaker) >= shot_zone_mismatch_score(zones));
}

RC_GTEST_PROP(ZoneMismatch, TheZoneHeLivesInCountsMost, ()) {
    // One weak zone: the player with more of his attempts there (taken from a zone of equal worth)
    // gains at least as much.
    ZoneMismatchInputs zones = any_zones();
    zones.accuracy_factor.fill(1);
    zones.accuracy_factor[kRestrictedArea] = 1.2;
    ZoneMismatchInputs lives_there = zones;
    const double moved = zones.share[kMidRange] * *rc::gen::inRange(0, 101) / 100.0;
    lives_there.share[kMidRange] -= moved;
    lives_there.share[kRestrictedArea] += moved;
    RC_ASSERT(shot_zone_mismatch_score(lives_there) >= shot_zone_mismatch_score(zones));
}

TEST(ZoneMismatch, WorkedByHand) {
    // Half of the attempts at the rim (60%, allowed 1.1 of the league's), half above the break
    // (40%, allowed 0.9): 100 * (0.5 * 0.6 * 0.1 * 2 + 0.5 * 0.4 * -0.1 * 3) = 0. At the rim alone:
    // 100 * 1 * 0.6 * 0.1 * 2 = 12.
    EXPECT_NEAR(shot_zone_mismatch_score({.share = {0.5, 0, 0, 0, 0.5},
                                          .accuracy = {0.6, 0.4, 0.4, 0.4, 0.4},
                                          .accuracy_factor = {1.1, 1, 1, 1, 0.9}}),
                0, 1e-12);
    EXPECT_NEAR(shot_zone_mismatch_score({.share = {1, 0, 0, 0, 0},
                                          .accuracy = {0.6, 0.4, 0.4, 0.4, 0.4},
                                          .accuracy_factor = {1.1, 1, 1, 1, 1}}),
                12, 1e-12);
}

TEST(ZoneMismatch, IsUnknownWhenAZoneIs) {
    ZoneMismatchInputs zones{.share = {1, 0, 0, 0, 0},
                             .accuracy = {0.6, 0.4, 0.4, 0.4, 0.4},
                             .accuracy_factor = {1, 1, 1, 1, 1}};
    zones.accuracy_factor[kPaint] = kUnknown;
    EXPECT_TRUE(std::isnan(shot_zone_mismatch_score(zones)));
}

RC_GTEST_PROP(Pace, AFasterGameNeverLowersIt, ()) {
    const double factor = *rc::gen::inRange(80, 130) / 100.0;
    RC_ASSERT(pace_score(factor + *rc::gen::inRange(0, 20) / 100.0) >= pace_score(factor));
}

TEST(Pace, WorkedByHandAndUnknown) {
    EXPECT_NEAR(pace_score(1.03), 3, 1e-12);
    EXPECT_TRUE(std::isnan(pace_score(kUnknown)));
}

RC_GTEST_PROP(UsageSpike, MoreVacatedUsageNeverLowersIt, ()) {
    const double vacated = *rc::gen::inRange(0, 200) / 100.0;
    RC_ASSERT(usage_spike_score(vacated + *rc::gen::inRange(0, 50) / 100.0) >=
              usage_spike_score(vacated));
    RC_ASSERT(usage_spike_score(vacated) <= 100);
}

TEST(UsageSpike, WorkedByHand) {
    // A fifth of the usage is vacated: the other four fifths grow by a quarter.
    EXPECT_NEAR(usage_spike_score(0.2), 25, 1e-12);
    EXPECT_DOUBLE_EQ(usage_spike_score(0), 0);
}

TEST(FeatureList, NamesAreUniqueAndDescribed) {
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        EXPECT_EQ(find_feature(kFeatures[i].name), i) << kFeatures[i].name;
        EXPECT_LT(kFeatures[i].low, kFeatures[i].high) << kFeatures[i].name;
        EXPECT_FALSE(kFeatures[i].meaning.empty() || kFeatures[i].unit.empty() ||
                     kFeatures[i].inputs.empty())
            << kFeatures[i].name;
    }
}

}  // namespace
}  // namespace tipoff::features
