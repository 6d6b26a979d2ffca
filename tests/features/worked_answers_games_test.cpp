// Box scores, schedules and lines of 2021-22 and 2022-23, worked out from the files by hand.
#include <cmath>

#include "worked_answers.h"

namespace tipoff::features {
namespace {

using namespace test;

// ---- an overtime

// 27 December 2022, New York at Dallas, 121 to 126 after one overtime: 265 minutes each, 53 of 5.
//   DAL 90 FGA, 33 FTA, 9 TOV, 7 OREB: 90 + 0.44 * 33 + 9 = 113.52 plays, less 7 = 106.52
//   NYK 103 FGA, 24 FTA, 9 TOV, 17 OREB: 103 + 10.56 + 9 - 17 = 105.56; mean 106.04
//   pace 48 * 106.04 / 53 = 96.036226
//   12600 / 106.04 = 118.823086 scored, 12100 / 106.04 = 114.107884 allowed
//   TS 126 / (2 * (90 + 14.52)) = 0.602755; eFG (44 + 0.5 * 13) / 90 = 0.561111
TEST_F(WorkedAnswers, DallasAgainstNewYorkInOvertime) {
    const conform::TeamOffense& dallas = offense("0022200512", "DAL");
    EXPECT_EQ(dallas.minutes, 265);
    EXPECT_EQ(dallas.overtime_periods, 1);
    EXPECT_NEAR(dallas.possessions, 106.04, 1e-9);
    EXPECT_NEAR(dallas.pace, 96.036226, 1e-6);
    EXPECT_NEAR(dallas.offensive_rating, 118.823086, 1e-6);
    EXPECT_NEAR(dallas.true_shooting, 0.602755, 1e-6);
    EXPECT_NEAR(dallas.effective_field_goal, 0.561111, 1e-6);
    EXPECT_NEAR(defense("0022200512", "DAL").defensive_rating, 114.107884, 1e-6);
    EXPECT_NEAR(offense("0022200512", "NYK").possessions, 106.04, 1e-9);
}

// Doncic that night: 60 points, 21 of 31 with 2 threes, 22 FTA, 4 TOV in 47 minutes.
//   31 + 0.44 * 22 + 4 = 44.68 of the team's 113.52 plays, in 47 of 53 minutes:
//   44.68 * 53 / (47 * 113.52) = 2368.04 / 5335.44 = 0.443832
//   TS 60 / (2 * (31 + 9.68)) = 60 / 81.36 = 0.737463; eFG (21 + 1) / 31 = 0.709677
TEST_F(WorkedAnswers, DoncicInOvertime) {
    const conform::PlayerGame& doncic = player_game("0022200512", kDoncic);
    EXPECT_EQ(doncic.points, 60);
    EXPECT_NEAR(doncic.usage_rate, 0.443832, 1e-6);
    EXPECT_NEAR(doncic.true_shooting, 0.737463, 1e-6);
    EXPECT_NEAR(doncic.effective_field_goal, 0.709677, 1e-6);
}

// ---- games of 48 minutes

// 26 February 2023, Houston at Portland. Lillard: 71 points, 22 of 38 with 13 threes, 14 FTA, 2 TOV
// in 39 minutes; Portland 77 FGA, 35 FTA, 13 TOV.
//   38 + 6.16 + 2 = 46.16 of 77 + 15.4 + 13 = 105.4: 46.16 * 48 / (39 * 105.4) = 0.539016
//   TS 71 / (2 * (38 + 6.16)) = 71 / 88.32 = 0.803895; eFG (22 + 6.5) / 38 = 0.75
// Shots: rim 6 of 10, paint 2 of 3, mid-range 1 of 3, right corner 0 of 1, above the break 13
// of 21.
TEST_F(WorkedAnswers, LillardScores71) {
    const conform::PlayerGame& lillard = player_game("0022200917", kLillard);
    EXPECT_NEAR(lillard.usage_rate, 0.539016, 1e-6);
    EXPECT_NEAR(lillard.true_shooting, 0.803895, 1e-6);
    EXPECT_NEAR(lillard.effective_field_goal, 0.75, 1e-12);
    EXPECT_EQ(lillard.restricted_area_makes, 6);
    EXPECT_EQ(lillard.restricted_area_attempts, 10);
    EXPECT_EQ(lillard.paint_makes, 2);
    EXPECT_EQ(lillard.paint_attempts, 3);
    EXPECT_EQ(lillard.mid_range_makes, 1);
    EXPECT_EQ(lillard.mid_range_attempts, 3);
    EXPECT_EQ(lillard.left_corner_3_attempts, 0);
    EXPECT_EQ(lillard.right_corner_3_makes, 0);
    EXPECT_EQ(lillard.right_corner_3_attempts, 1);
    EXPECT_EQ(lillard.above_break_3_makes, 13);
    EXPECT_EQ(lillard.above_break_3_attempts, 21);
}

// Houston allowed it: 131 points on 42 of 77 with 20 threes, and 13 turnovers.
//   POR 105.4 - 6 OREB = 99.4; HOU 100 + 0.44 * 25 + 13 - 18 = 106; mean 102.7
//   13100 / 102.7 = 127.555988; eFG (42 + 10) / 77 = 0.675325
// Portland's shots: rim 16 of 26, paint 3 of 6, mid-range 3 of 6, left corner 2 of 3, right corner
// 0 of 3, above the break 18 of 33.
TEST_F(WorkedAnswers, HoustonAllows131) {
    const conform::TeamDefense& houston = defense("0022200917", "HOU");
    EXPECT_NEAR(houston.possessions, 102.7, 1e-9);
    EXPECT_NEAR(houston.defensive_rating, 127.555988, 1e-6);
    EXPECT_NEAR(houston.effective_field_goal_allowed, 0.675325, 1e-6);
    EXPECT_EQ(houston.points_allowed, 131);
    EXPECT_EQ(houston.turnovers_forced, 13);
    EXPECT_EQ(houston.steals, 7);
    EXPECT_EQ(houston.blocks, 2);
    EXPECT_EQ(houston.restricted_area_makes_allowed, 16);
    EXPECT_EQ(houston.restricted_area_attempts_allowed, 26);
    EXPECT_EQ(houston.paint_attempts_allowed, 6);
    EXPECT_EQ(houston.mid_range_makes_allowed, 3);
    EXPECT_EQ(houston.left_corner_3_makes_allowed, 2);
    EXPECT_EQ(houston.left_corner_3_attempts_allowed, 3);
    EXPECT_EQ(houston.right_corner_3_makes_allowed, 0);
    EXPECT_EQ(houston.right_corner_3_attempts_allowed, 3);
    EXPECT_EQ(houston.above_break_3_makes_allowed, 18);
    EXPECT_EQ(houston.above_break_3_attempts_allowed, 33);
}

// 3 January 2023, Washington at Milwaukee; the rounded minutes of Milwaukee add up to 239, the game
// had 240. Antetokounmpo: 55 points, 20 of 33 without a three, 16 FTA, 5 TOV in 37 minutes;
// Milwaukee 100 FGA, 17 FTA, 12 TOV.
//   33 + 7.04 + 5 = 45.04 of 119.48: 45.04 * 48 / (37 * 119.48) = 0.489038
//   TS 55 / (2 * 40.04) = 0.686813; eFG 20 / 33 = 0.606061
// Shots: rim 18 of 24, paint 1 of 3, mid-range 1 of 3, above the break 0 of 3.
TEST_F(WorkedAnswers, AntetokounmpoScores55) {
    const conform::PlayerGame& player = player_game("0022200561", kAntetokounmpo);
    EXPECT_EQ(offense("0022200561", "MIL").minutes, 239);
    EXPECT_NEAR(player.usage_rate, 0.489038, 1e-6);
    EXPECT_NEAR(player.true_shooting, 0.686813, 1e-6);
    EXPECT_NEAR(player.effective_field_goal, 0.606061, 1e-6);
    EXPECT_EQ(player.restricted_area_makes, 18);
    EXPECT_EQ(player.restricted_area_attempts, 24);
    EXPECT_EQ(player.paint_makes, 1);
    EXPECT_EQ(player.mid_range_attempts, 3);
    EXPECT_EQ(player.above_break_3_makes, 0);
    EXPECT_EQ(player.above_break_3_attempts, 3);
}

// 3 November 2022 at Orlando. Curry's 13 of 22: rim 2 of 4, mid-range 3 of 3, left corner 1 of 2,
// right corner 1 of 1, above the break 6 of 11, and a heave from the backcourt that missed.
TEST_F(WorkedAnswers, CurryShootsFromSixZones) {
    const conform::PlayerGame& curry = player_game("0022200118", kCurry);
    EXPECT_EQ(curry.restricted_area_makes, 2);
    EXPECT_EQ(curry.restricted_area_attempts, 4);
    EXPECT_EQ(curry.paint_attempts, 0);
    EXPECT_EQ(curry.mid_range_makes, 3);
    EXPECT_EQ(curry.mid_range_attempts, 3);
    EXPECT_EQ(curry.left_corner_3_makes, 1);
    EXPECT_EQ(curry.left_corner_3_attempts, 2);
    EXPECT_EQ(curry.right_corner_3_makes, 1);
    EXPECT_EQ(curry.right_corner_3_attempts, 1);
    EXPECT_EQ(curry.above_break_3_makes, 6);
    EXPECT_EQ(curry.above_break_3_attempts, 11);
    EXPECT_EQ(curry.backcourt_makes, 0);
    EXPECT_EQ(curry.backcourt_attempts, 1);
}

// 10 June 2022, fourth game of the finals at Boston; no team box, so Golden State is the sum of its
// players: 91 FGA, 15 FTA, 16 TOV, 16 OREB, 107 points in 241 rounded minutes.
//   GSW 91 + 6.6 + 16 - 16 = 97.6; BOS 85 + 8.36 + 15 - 11 = 97.36; mean 97.48
//   10700 / 97.48 = 109.766106
// Curry: 43 points, 14 of 26 with 7 threes, 9 FTA, 5 TOV in 41 minutes.
//   26 + 3.96 + 5 = 34.96 of 113.6: 34.96 * 48 / (41 * 113.6) = 0.360289
//   TS 43 / 59.92 = 0.717623; eFG (14 + 3.5) / 26 = 0.673077
TEST_F(WorkedAnswers, CurryInTheFinals) {
    const conform::TeamOffense& warriors = offense("0042100404", "GSW");
    EXPECT_EQ(warriors.primary_source, "player_sum");
    EXPECT_EQ(warriors.overtime_periods, 0);
    EXPECT_NEAR(warriors.possessions, 97.48, 1e-9);
    EXPECT_NEAR(warriors.offensive_rating, 109.766106, 1e-6);
    const conform::PlayerGame& curry = player_game("0042100404", kCurry);
    EXPECT_NEAR(curry.usage_rate, 0.360289, 1e-6);
    EXPECT_NEAR(curry.true_shooting, 0.717623, 1e-6);
    EXPECT_NEAR(curry.effective_field_goal, 0.673077, 1e-6);
    EXPECT_EQ(curry.started, true);
    EXPECT_FALSE(curry.restricted_area_attempts) << "no shots of the playoffs are on record";
}

// ---- rest and density

// 18 October 2022: the first game of Golden State and of the Lakers.
TEST_F(WorkedAnswers, CurryOnOpeningNightIsFresh) {
    expect_features("2022-10-18", kCurry,
                    {{"team_days_rest", kUnknown},
                     {"opponent_days_rest", kUnknown},
                     {"rest_advantage", kUnknown},
                     {"is_back_to_back", 0},
                     {"team_games_last_14_days", 0},
                     {"player_games_last_14_days", 0},
                     {"travel_miles", kUnknown},
                     {"fatigue_score", 0},
                     {"team_games_played_season", 0},
                     {"days_into_season", kUnknown}});
}

// He last played on 16 June, in the finals: 14 + 31 + 31 + 30 + 18 = 124 days before, less one.
// Only a player who never appeared has no days of rest.
TEST_F(WorkedAnswers, CurryHasRestedSinceTheFinals) {
    expect_features("2022-10-18", kCurry, {{"player_days_rest", 123}});
}

// 22 October 2022: Orlando played at Detroit on the 19th and at Atlanta on the 21st, Banchero 35
// and 34 minutes. Boston also played the day before (the 21st, at Miami): no advantage. Atlanta
// (33.757 N, 84.396 W) to Orlando (28.539 N, 81.384 W) is 402.1 miles, one time zone. Fatigue: 30
// for the second night + 10 * 402.1 / 2500 = 31.608; two games in four and in seven days and 69
// minutes add nothing.
TEST_F(WorkedAnswers, BancheroOnTheSecondNight) {
    expect_features("2022-10-22", kBanchero,
                    {{"is_home", 1},
                     {"team_days_rest", 0},
                     {"opponent_days_rest", 0},
                     {"rest_advantage", 0},
                     {"is_back_to_back", 1},
                     {"team_games_last_4_days", 2},
                     {"team_games_last_6_days", 2},
                     {"team_games_last_7_days", 2},
                     {"team_games_last_14_days", 2},
                     {"player_days_rest", 0},
                     {"player_games_last_7_days", 2},
                     {"player_minutes_last_7_days", 69},
                     {"travel_miles", 402.1, 0.5},
                     {"time_zone_change", 0},
                     {"fatigue_score", 31.608, 0.005},
                     {"days_into_season", 4}});
}

// 30 October 2022 at Detroit. Golden State's nights: 18, 21, 23, 25, 27 and 29 October; [23, 29]
// has four. Curry 31, 30, 37 and 39 minutes = 137. Charlotte (35.225 N, 80.839 W) to Detroit
// (42.341 N, 83.055 W) is 505.9 miles.
// Fatigue: 30 + 8 * (4 - 2) + 20 * (137 - 90) / 150 + 505.9 / 250 = 30 + 16 + 6.2667 + 2.0236.
TEST_F(WorkedAnswers, CurryAfterFourGamesInAWeek) {
    expect_features("2022-10-30", kCurry,
                    {{"team_games_last_4_days", 2},
                     {"team_games_last_6_days", 3},
                     {"team_games_last_7_days", 4},
                     {"team_games_last_14_days", 6},
                     {"player_games_last_7_days", 4},
                     {"player_games_last_14_days", 6},
                     {"player_minutes_last_7_days", 137},
                     {"travel_miles", 505.9, 0.5},
                     {"fatigue_score", 54.2903, 0.005}});
}

// 10 January 2023, at home after a home game on the 7th; since 27 December his team played on the
// 27th, 28th, 30th, 2nd, 4th and 7th without Curry, who last played on 14 December, 27 days before,
// and was put on the list on the 15th. His team's last 10 games began on 18 December.
// Fatigue: 5 for two days of rest.
TEST_F(WorkedAnswers, CurryAfterAMissedMonthIsRested) {
    expect_features("2023-01-10", kCurry,
                    {{"team_days_rest", 2},
                     {"team_games_last_4_days", 1},
                     {"team_games_last_7_days", 2},
                     {"team_games_last_14_days", 6},
                     {"player_days_rest", 26},
                     {"player_games_last_7_days", 0},
                     {"player_games_last_14_days", 0},
                     {"player_minutes_last_7_days", 0},
                     {"listed_out", 1},
                     {"appearance_share_last_10", 0},
                     {"travel_miles", 0},
                     {"fatigue_score", 5}});
}

// ---- lines

// 27 December 2022, New York at Dallas. One file: total 216.5, Dallas favoured by 5.5; the other:
// total 218.5, New York +5. Of two books the lower of each: 216.5 and, of Dallas's handicaps -5.5
// and -5, -5.5. (216.5 + 5.5) / 2 = 111 and (216.5 - 5.5) / 2 = 105.5. Doncic's line is 31.5.
TEST_F(WorkedAnswers, DoncicsTeamTotalIsThatOfTwoBooks) {
    expect_features("2022-12-27", kDoncic,
                    {{"game_total", 216.5},
                     {"team_spread", -5.5},
                     {"implied_team_total", 111},
                     {"points_line", 31.5},
                     {"points_line_books", 1}});
    EXPECT_EQ(team_before("2022-12-27", "NYK").implied_team_total, 105.5);
}

// 20 October 2022, Clippers at Lakers: total 227.5, spread -4.5 with its sign, so that the home
// side gets 4.5: (227.5 - 4.5) / 2 = 111.5 and (227.5 + 4.5) / 2 = 116. 20 October 2021, Chicago at
// Detroit: total 220.5, spread 2.5 without a sign; Chicago has the lower moneyline (-220 against
// +190): (220.5 - 2.5) / 2 = 109 and (220.5 + 2.5) / 2 = 111.5.
TEST_F(WorkedAnswers, LakersAndDetroitAreUnderdogsAtHome) {
    EXPECT_EQ(team_before("2022-10-20", "LAL").home_spread, 4.5);
    EXPECT_EQ(team_before("2022-10-20", "LAL").implied_team_total, 111.5);
    EXPECT_EQ(team_before("2022-10-20", "LAC").implied_team_total, 116);
    EXPECT_EQ(team_before("2021-10-20", "DET").home_spread, 2.5);
    EXPECT_EQ(team_before("2021-10-20", "DET").implied_team_total, 109);
    EXPECT_EQ(team_before("2021-10-20", "CHI").implied_team_total, 111.5);
}

}  // namespace
}  // namespace tipoff::features
