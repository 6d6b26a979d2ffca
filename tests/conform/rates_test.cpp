#include "conform/rates.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tipoff::conform {
namespace {

// Boston 126, Philadelphia 117, 18 October 2022 (0022200001), from the league's box score:
//   BOS FGM 46 FGA 82 3PM 12 FTA 28 OREB 6 TOV 10; PHI FGM 40 FGA 80 3PM 13 FTA 28 OREB 4 TOV 14.
//   BOS 82 + 0.44 * 28 + 10 - 6 = 82 + 12.32 + 4 = 98.32
//   PHI 80 + 0.44 * 28 + 14 - 4 = 80 + 12.32 + 10 = 102.32
TEST(Rates, PossessionsOfBothTeamsOfAGame) {
    EXPECT_DOUBLE_EQ(team_possessions(82, 28, 10, 6), 98.32);
    EXPECT_DOUBLE_EQ(team_possessions(80, 28, 14, 4), 102.32);
}

// Sacramento at the Clippers, 24 February 2023, two overtimes: 58 minutes.
//   SAC 111 + 0.44 * 35 + 15 - 12 = 129.40; LAC 98 + 0.44 * 36 + 25 - 7 = 131.84; mean 130.62.
//   Pace 48 * 130.62 / 58 = 108.0993; Sacramento's rating 100 * 176 / 130.62 = 134.7420.
TEST(Rates, OvertimeStretchesTheGameNotThePace) {
    const double possessions =
        (team_possessions(111, 35, 15, 12) + team_possessions(98, 36, 25, 7)) / 2;
    EXPECT_NEAR(possessions, 130.62, 1e-9);
    EXPECT_NEAR(pace_of(possessions, 2), 108.0993, 1e-4);
    EXPECT_NEAR(rating_of(176, possessions), 134.7420, 1e-4);
}

// Jayson Tatum in Boston's game: 35 points on 20 FGA (13 made, 2 threes) and 9 FTA, 3 TOV, 39 MIN.
//   plays 20 + 3.96 + 3 = 26.96 of Boston's 82 + 12.32 + 10 = 104.32
//   usage 26.96 * 48 / (39 * 104.32) = 1294.08 / 4068.48 = 0.318075
//   TS 35 / (2 * 23.96) = 35 / 47.92 = 0.730384; eFG (13 + 1) / 20 = 0.7
TEST(Rates, APlayersNight) {
    EXPECT_DOUBLE_EQ(plays_used(20, 9, 3), 26.96);
    EXPECT_NEAR(usage_of(26.96, 39, plays_used(82, 28, 10), 0), 0.318075, 1e-6);
    EXPECT_NEAR(true_shooting_of(35, 20, 9), 0.730384, 1e-6);
    EXPECT_DOUBLE_EQ(effective_field_goal_of(13, 2, 20), 0.7);
}

// Malik Monk in the two-overtime game: 24 FGA, 10 FTA, 2 TOV in 41 of 58 minutes.
//   30.4 * 58 / (41 * (111 + 15.4 + 15)) = 1763.2 / (41 * 141.4) = 1763.2 / 5797.4 = 0.304136
TEST(Rates, UsageInOvertime) {
    EXPECT_NEAR(usage_of(plays_used(24, 10, 2), 41, plays_used(111, 35, 15), 2), 0.304136, 1e-6);
}

TEST(Rates, NothingIsMadeUpWithoutADenominator) {
    EXPECT_TRUE(std::isnan(true_shooting_of(0, 0, 0)));
    EXPECT_TRUE(std::isnan(effective_field_goal_of(0, 0, 0)));
    EXPECT_TRUE(std::isnan(usage_of(2, 0, 100, 0)));
    EXPECT_TRUE(std::isnan(usage_of(2, 10, 0, 0)));
    EXPECT_TRUE(std::isnan(rating_of(100, 0)));
    EXPECT_TRUE(std::isnan(rating_of(100, kUnknown)));
}

TEST(Rates, FreeThrowsAloneAreShotsToo) {
    // 2 points from 2 free throws: 2 / (2 * 0.88).
    EXPECT_NEAR(true_shooting_of(2, 0, 2), 1.136364, 1e-6);
}

}  // namespace
}  // namespace tipoff::conform
