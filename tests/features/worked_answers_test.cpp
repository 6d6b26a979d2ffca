// Windows, usage, zones and opponents before games of 2022-23, worked out from the files by hand.
// The order of values is that of the games, oldest first.
#include "worked_answers.h"

namespace tipoff::features {
namespace {

using namespace test;

// ---- over a season's start

// 18 October 2022. Curry's last games are those of the playoffs: points 27 33 30 24 27 30 32 14 29
// 21 | 32 31 20 15 34 29 31 43 16 34, minutes of the last ten 37 39 33 35 38 32 37 41 37 40.
//   3: 93 / 3; 5: 153 / 5; 10: 285 / 10; 20: 552 / 20. Minutes 369 / 10, the last three 118 / 3.
//   squares of the last ten points 8829: (8829 - 285^2 / 10) / 9 = 78.5, root 8.860023
//   squares of their minutes 13691: (13691 - 369^2 / 10) / 9 = 8.322222, root 2.884826
//   last 20: 185 of 410, 83 threes, 119 FTA: 552 / (2 * (410 + 52.36)) = 0.596937;
//   (185 + 41.5) / 410 = 0.552439
TEST_F(WorkedAnswers, CurrysWindowsReachIntoLastSeason) {
    expect_features("2022-10-18", kCurry,
                    {{"points_mean_last_3", 31},
                     {"points_mean_last_5", 30.6},
                     {"points_mean_last_10", 28.5},
                     {"points_mean_last_20", 27.6},
                     {"points_mean_season", kUnknown},
                     {"points_per_minute_season", kUnknown},
                     {"usage_mean_season", kUnknown},
                     {"points_sd_last_10", 8.860023},
                     {"minutes_last_game", 40},
                     {"minutes_mean_last_3", 39.333333},
                     {"minutes_mean_last_10", 36.9},
                     {"minutes_sd_last_10", 2.884826},
                     {"minutes_trend", 2.433333},
                     {"true_shooting_last_20", 0.596937},
                     {"effective_field_goal_last_20", 0.552439},
                     {"games_this_season", 0},
                     {"seasons_on_record", 1}});
}

// 21 October 2022, after 33 points in 33 minutes on the 18th (10 of 22, 4 of 13 threes, 8 FTA): the
// windows hold one game of this season and the others of the last.
//   3: 16 34 33; 5: 31 43 16 34 33; 10: 285 - 32 + 33 = 286; 20: 552 - 27 + 33 = 558
TEST_F(WorkedAnswers, CurrysWindowsHoldBothSeasons) {
    expect_features("2022-10-21", kCurry,
                    {{"points_mean_last_3", 27.666667},
                     {"points_mean_last_5", 31.4},
                     {"points_mean_last_10", 28.6},
                     {"points_mean_last_20", 27.9},
                     {"points_mean_season", 33},
                     {"points_per_minute_season", 1},
                     {"minutes_mean_last_10", 36.5},
                     {"games_this_season", 1},
                     {"games_with_team", 87},
                     {"seasons_on_record", 2}});
}

// Starters are on record in playoff games only. Of his last ten games (20 May to 16 June 2022)
// Looney started the first seven; Poole none.
TEST_F(WorkedAnswers, LooneyStartedSevenOfTenAndPooleNone) {
    expect_features("2022-10-18", kLooney, {{"start_share_last_10", 0.7}});
    expect_features("2022-10-18", kPoole, {{"start_share_last_10", 0}});
}

// ---- over a trade

// 11 February 2023, the third game of Irving for Dallas. Points: 18 32 28 28 27 25 19 29 24 15 | 30
// 48 38 30 40 32 26 20 for Brooklyn, 24 25 for Dallas. Minutes of the last ten 39 39 41 38 38 41 39
// 31 | 37 35.
//   3: 69 / 3; 5: 127 / 5; 10: 313 / 10; 20: 558 / 20
//   squares 10449: (10449 - 313^2 / 10) / 9 = 72.455556, root 8.512083
//   a minute: 313 / 378; minutes 103 / 3, 183 / 5, 378 / 10; trend 34.333333 - 37.8
//   last ten: 212 FGA, 71 FTA, 89 threes tried, 39 made, 56 rebounds, 72 assists
//   last 20: 199 of 415, 76 threes, 97 FTA: 558 / (2 * (415 + 42.68)); (199 + 38) / 415
//   42 games this season with 1133 points in 1549 minutes; of Dallas's last ten games he played two
TEST_F(WorkedAnswers, IrvingsWindowsFollowHimToDallas) {
    expect_features("2023-02-11", kIrving,
                    {{"points_mean_last_3", 23},
                     {"points_mean_last_5", 25.4},
                     {"points_mean_last_10", 31.3},
                     {"points_mean_last_20", 27.9},
                     {"points_mean_season", 26.976190},
                     {"points_sd_last_10", 8.512083},
                     {"points_per_minute_last_10", 0.828042},
                     {"points_per_minute_season", 0.731440},
                     {"minutes_mean_last_3", 34.333333},
                     {"minutes_mean_last_5", 36.6},
                     {"minutes_mean_last_10", 37.8},
                     {"minutes_trend", -3.466667},
                     {"field_goals_attempted_mean_last_10", 21.2},
                     {"free_throws_attempted_mean_last_10", 7.1},
                     {"three_pointers_attempted_mean_last_10", 8.9},
                     {"threes_mean_last_10", 3.9},
                     {"rebounds_mean_last_10", 5.6},
                     {"assists_mean_last_10", 7.2},
                     {"true_shooting_last_20", 0.609596},
                     {"effective_field_goal_last_20", 0.571084},
                     {"games_with_team", 2},
                     {"games_this_season", 42},
                     {"games_on_record", 75},
                     {"appearance_share_last_10", 0.2}});
}

// His last ten had 7 11 7 2 5 6 7 4 | 4 3 rebounds, 7 6 9 10 6 9 6 4 | 5 10 assists. Over all 75
// games, faded with a half-life of 10: rebounds 75.381860, assists 91.609764, threes 52.173110 in
// 552.227345 minutes; of 40: 207.474199, 238.603253, 141.495981 in 1584.136913.
TEST_F(WorkedAnswers, IrvingsReboundsAssistsAndThreesFollowHim) {
    expect_features("2023-02-11", kIrving,
                    {{"rebounds_mean_season", 5.023810},
                     {"assists_mean_season", 5.380952},
                     {"threes_mean_season", 3.261905},
                     {"rebounds_mean_last_20", 5.3},
                     {"assists_mean_last_20", 6.35},
                     {"threes_mean_last_20", 3.8},
                     {"rebounds_per_minute_ewm", 0.136505},
                     {"assists_per_minute_ewm", 0.165891},
                     {"threes_per_minute_ewm", 0.094478},
                     {"rebounds_per_minute_ewm_long", 0.130970},
                     {"assists_per_minute_ewm_long", 0.150620},
                     {"threes_per_minute_ewm_long", 0.089321},
                     {"three_point_pct_long", 0.392817}});
}

// His usage in those ten games, plays of his minutes and of the team's plays (48 minutes each):
//   30.64 in 39 of 105.00  0.359150    32.64 in 39 of  97.80  0.410760
//   26.96 in 41 of 107.64  0.293227    23.84 in 38 of 103.88  0.289889
//   34.08 in 38 of 121.88  0.353203    32.64 in 41 of 101.16  0.377745
//   22.84 in 39 of 112.36  0.250185    21.44 in 31 of 100.92  0.328948
//   22.88 in 37 of 103.48  0.286840    21.28 in 35 of 105.36  0.276993   sum 3.226940
TEST_F(WorkedAnswers, IrvingsUsageIsOfBothTeams) {
    expect_features("2023-02-11", kIrving, {{"usage_mean_last_10", 0.322694}});
}

// 3 March 2023, the second game of Durant for Phoenix; his last for Brooklyn was on 8 January.
// Points 31 45 39 17 31 29 34 30 28 43 23 24 32 26 23 25 44 33 17 | 23 for Phoenix.
//   3: 73 / 3; 5: 142 / 5; 10: 270 / 10; 20: 597 / 20; one of Phoenix's last ten games
TEST_F(WorkedAnswers, DurantsWindowsSpanHurtAndTrade) {
    expect_features("2023-03-03", kDurant,
                    {{"points_mean_last_3", 24.333333},
                     {"points_mean_last_5", 28.4},
                     {"points_mean_last_10", 27},
                     {"points_mean_last_20", 29.85},
                     {"player_days_rest", 1},
                     {"games_with_team", 1},
                     {"appearance_share_last_10", 0.1}});
}

// ---- games that do not count

// 10 January 2023. The eleven games of December and January that Curry missed are no games of his:
// points 33 22 33 25 32 19 30 12 32 20 38 to 14 December.
//   3: 90 / 3; 5: 132 / 5; 10: 22 33 25 32 19 30 12 32 20 38 = 263; 20: 594; 26 games, 779 points
TEST_F(WorkedAnswers, CurrysMissedGamesLeaveNoTrace) {
    expect_features("2023-01-10", kCurry,
                    {{"points_mean_last_3", 30},
                     {"points_mean_last_5", 26.4},
                     {"points_mean_last_10", 26.3},
                     {"points_mean_last_20", 29.7},
                     {"points_mean_season", 29.961538},
                     {"minutes_last_game", 30},
                     {"games_this_season", 26}});
}

// 22 October 2022. Thybulle entered on the 18th and 20th for seconds (0 minutes): no game for his
// means, which are those of the playoffs (2 0 4 5 3 3 and so on), and yet appearances.
// Philadelphia's last ten games began on 25 April; he played minutes in 7.
//   3: 5 3 3; 5: 0 4 5 3 3; 10: 7 3 5 2 2 0 4 5 3 3 = 34 in 36 19 10 14 15 21 20 15 11 12 = 173
TEST_F(WorkedAnswers, ThybullesSecondsAreNoGames) {
    expect_features("2022-10-22", kThybulle,
                    {{"points_mean_last_3", 3.666667},
                     {"points_mean_last_5", 3},
                     {"points_mean_last_10", 3.4},
                     {"points_per_minute_last_10", 0.196532},
                     {"points_mean_season", kUnknown},
                     {"minutes_last_game", 12},
                     {"minutes_mean_last_3", 12.666667},
                     {"games_this_season", 0},
                     {"player_days_rest", 1},
                     {"player_games_last_7_days", 2},
                     {"player_minutes_last_7_days", 0},
                     {"appearance_share_last_10", 0.7}});
}

// 15 April 2023, first game of the playoffs. On 9 April Bridges stayed on for four seconds, to keep
// his run of games: an appearance (5 days of rest), no game of his means. To 7 April, points 18 32
// 27 44 27 42 30 24 26 22 in 37 34 38 34 40 36 39 40 38 37 minutes.
//   3: 72 / 3; 5: 144 / 5; 10: 292 / 10; minutes 373 / 10
//   82 games this season, 56 for Phoenix and, from 11 February, 26 for Brooklyn; nine of Brooklyn's
//   last ten
TEST_F(WorkedAnswers, BridgesFourSecondsAreNoGame) {
    expect_features("2023-04-15", kBridges,
                    {{"points_mean_last_3", 24},
                     {"points_mean_last_5", 28.8},
                     {"points_mean_last_10", 29.2},
                     {"minutes_last_game", 37},
                     {"minutes_mean_last_10", 37.3},
                     {"player_days_rest", 5},
                     {"player_games_last_7_days", 1},
                     {"player_games_last_14_days", 5},
                     {"player_minutes_last_7_days", 0},
                     {"games_this_season", 82},
                     {"games_with_team", 26},
                     {"appearance_share_last_10", 0.9},
                     {"is_playoffs", 1},
                     {"team_games_played_season", 82},
                     {"days_into_season", 179},
                     {"points_line", 26.5}});
}

// ---- weights that fade

// 26 October 2022, the fifth game of Banchero's life. Points 27 20 23 21 in 35 34 33 34 minutes;
// FGA 18 18 19 13, FTA 7 8 11 11, FTM 5 7 9 9, threes tried 0 6 7 3.
//   half-life 10: weights 0.812252 0.870551 0.933033 1, sum 3.615836
//     points 81.801585, minutes 122.817642, FGA 61.018079, FTA 33.913534, threes 14.754534
//   half-life 30: weights 0.933033 0.954842 0.977160 1
//     points 87.763402 in 131.367049 minutes; FTM 29.143496 of FTA 35.918724
//   minutes, half-life 5: 0.659754 0.757858 0.870551 1: 111.586738 / 3.288163
//     half-life 2: 0.353553 0.5 0.707107 1: 86.708893 / 2.560660
//     half-life 20: 0.901250 0.933033 0.965936 1: 129.142787 / 3.800220
//   spread: mean 22.75, squares of the rest 28.75, root of 28.75 / 3; minutes root of 2 / 3
TEST_F(WorkedAnswers, BancherosFirstFourGamesFade) {
    expect_features("2022-10-26", kBanchero,
                    {{"points_mean_ewm", 22.623146},
                     {"points_per_minute_ewm", 0.666041},
                     {"points_per_minute_ewm_long", 0.668078},
                     {"field_goals_attempted_mean_ewm", 16.875235},
                     {"free_throws_attempted_mean_ewm", 9.379168},
                     {"three_pointers_attempted_mean_ewm", 4.080532},
                     {"field_goals_attempted_per_minute_ewm", 0.496819},
                     {"free_throws_attempted_per_minute_ewm", 0.276129},
                     {"free_throw_pct_long", 0.811373},
                     {"minutes_mean_ewm", 33.935892},
                     {"minutes_mean_ewm_short", 33.861929},
                     {"minutes_mean_ewm_long", 33.982978},
                     {"points_sd_last_10", 3.095696},
                     {"minutes_sd_last_10", 0.816497},
                     {"points_mean_last_3", 21.333333},
                     {"points_mean_last_10", 22.75},
                     {"points_mean_last_20", 22.75},
                     {"games_on_record", 4},
                     {"seasons_on_record", 1}});
}

// The same games: rebounds 9 12 5 4 (2 2 1 0 of them offensive), assists 5 2 3 2, threes 0 1 2 0 of
// 0 6 7 3.
//   half-life 10: rebounds 26.422043, assists 10.601462, threes 2.736617, in 122.817642 minutes
//   half-life 40: 29.049418, 11.627045, 2.931578, offensive rebounds 4.813378 in 132.501889
//   half-life 60: threes 2.954188 of 15.782558
TEST_F(WorkedAnswers, BancherosFirstFourGamesOfReboundsAssistsAndThrees) {
    expect_features("2022-10-26", kBanchero,
                    {{"rebounds_mean_ewm", 7.307313},
                     {"assists_mean_ewm", 2.931953},
                     {"threes_mean_ewm", 0.756842},
                     {"rebounds_per_minute_ewm", 0.215132},
                     {"assists_per_minute_ewm", 0.086319},
                     {"threes_per_minute_ewm", 0.022282},
                     {"rebounds_per_minute_ewm_long", 0.219238},
                     {"assists_per_minute_ewm_long", 0.087750},
                     {"threes_per_minute_ewm_long", 0.022125},
                     {"offensive_rebounds_per_minute_ewm_long", 0.036327},
                     {"three_pointers_attempted_per_minute_ewm", 0.120134},
                     {"three_point_pct_long", 0.187181}});
}

// His usage in them: 25.08 plays in 35 of the team's 112.36, 25.52 in 34 of 112.20, 25.84 in 33 of
// 114.12, 18.84 in 34 of 109.88: 0.306118 0.321107 0.329350 0.242061, mean 0.299659. By minutes
// 10.714133 10.917647 10.868559 8.230069, faded 36.577741 of 122.817642 minutes.
TEST_F(WorkedAnswers, BancherosUsage) {
    expect_features("2022-10-26", kBanchero,
                    {{"usage_mean_last_10", 0.299659},
                     {"usage_mean_season", 0.299659},
                     {"usage_mean_ewm", 0.297822}});
}

// ---- free throws and threes

// 28 February 2023, after the 71 points. Lillard's last ten: points 42 42 29 40 28 33 38 40 39 71 =
// 402 in 379 minutes, 232 FGA, 121 FTA, 127 threes tried, 53 made, 56 rebounds, 69 assists.
//   squares 17448: (17448 - 402^2 / 10) / 9 = 143.066667, root 11.961048
//   last 20: 778 points, 231 of 448, 98 threes, 228 FTA: 778 / (2 * (448 + 100.32)) = 0.709440;
//   (231 + 49) / 448 = 0.625
TEST_F(WorkedAnswers, LillardsThreesAndFreeThrows) {
    expect_features("2023-02-28", kLillard,
                    {{"points_mean_last_3", 50},
                     {"points_mean_last_10", 40.2},
                     {"points_mean_last_20", 38.9},
                     {"points_sd_last_10", 11.961048},
                     {"points_per_minute_last_10", 1.060686},
                     {"field_goals_attempted_mean_last_10", 23.2},
                     {"free_throws_attempted_mean_last_10", 12.1},
                     {"three_pointers_attempted_mean_last_10", 12.7},
                     {"threes_mean_last_10", 5.3},
                     {"rebounds_mean_last_10", 5.6},
                     {"assists_mean_last_10", 6.9},
                     {"true_shooting_last_20", 0.709440},
                     {"effective_field_goal_last_20", 0.625},
                     {"points_line", 37.5}});
}

// ---- zones. Order: rim, paint, mid-range, corner three, above the break.

// 21 October 2022 at Miami: one game with shots of Tatum, 6 2 5 2 5 attempts, 6 1 4 1 1 made.
// The league in 16 games: 930 506 350 267 822 attempts, 561 205 158 96 269 made; faded with a
// half-life of 1,230 games 925.972 503.887 348.508 265.868 818.502, of 2862.737 the shares 0.323457
// 0.176016 0.121739 0.092872 0.285916, and the accuracies 0.603256 0.405084 0.451308 0.359549
// 0.327203.
//   share with 7 of the league's attempts: (6 + 7 * 0.323457) / (20 + 7) = 0.306081, ...
//   accuracy with 50 55 95 100 210 attempts at the league's: (6 + 50 * 0.603256) / (6 + 50) =
//   0.645764
TEST_F(WorkedAnswers, TatumsZonesAfterOneGame) {
    expect_features("2022-10-21", kTatum,
                    {{"zone_completeness", 1},
                     {"zone_attempts_weighted", 20},
                     {"zone_share_restricted_area", 0.306081},
                     {"zone_share_paint", 0.119708},
                     {"zone_share_mid_range", 0.216747},
                     {"zone_share_corner_3", 0.098152},
                     {"zone_share_above_break_3", 0.259312},
                     {"zone_accuracy_restricted_area", 0.645764},
                     {"zone_accuracy_paint", 0.408414},
                     {"zone_accuracy_mid_range", 0.468743},
                     {"zone_accuracy_corner_3", 0.362303},
                     {"zone_accuracy_above_break_3", 0.324245}});
}

// Miami had one game, on the 19th: Chicago took 23 11 23 10 26 and made 13 3 12 1 12. The league,
// faded by team games with a half-life of 2,460: accuracies 0.603258 0.405083 0.451312 0.359545
// 0.327204, attempts a game 29.0591 15.8131 10.9371 8.3434 25.6864.
//   accuracy with 420 520 1600 1150 2800 attempts at the league's:
//     (13 + 420 * 0.603258) / (23 + 420) / 0.603258 = 0.996726, ...
//   volume with 12 games of the league's: (23 + 12 * 29.0591) / 13 / 29.0591 = 0.983961, ...
//   mismatch 100 * (0.306081 * 0.645764 * -0.003274 * 2 + 0.119708 * 0.408414 * -0.006769 * 2
//     + 0.216747 * 0.468743 * 0.002211 * 2 + 0.098152 * 0.362303 * -0.006223 * 3
//     + 0.259312 * 0.324245 * 0.003777 * 3) = -0.121784
TEST_F(WorkedAnswers, TatumAgainstMiamisZoneDefence) {
    expect_features("2022-10-21", kTatum,
                    {{"opponent_zone_completeness", 1},
                     {"opponent_accuracy_factor_restricted_area", 0.996726},
                     {"opponent_accuracy_factor_paint", 0.993231},
                     {"opponent_accuracy_factor_mid_range", 1.002211},
                     {"opponent_accuracy_factor_corner_3", 0.993777},
                     {"opponent_accuracy_factor_above_break_3", 1.003777},
                     {"opponent_volume_factor_restricted_area", 0.983961},
                     {"opponent_volume_factor_paint", 0.976587},
                     {"opponent_volume_factor_mid_range", 1.084841},
                     {"opponent_volume_factor_corner_3", 1.015273},
                     {"opponent_volume_factor_above_break_3", 1.000939},
                     {"shot_zone_mismatch_score", -0.121784}});
}

// 28 February 2023: 47 games of Lillard, faded with a half-life of 30 games:
// 172.0754 49.0120 56.8211 23.0968 314.2249 attempts, 615.2303 in all; made
// 113.5898 22.4181 29.1391 7.4267 123.4497. The league's shares 0.300587 0.194370 0.119756 0.096413
// 0.288874, accuracies 0.666165 0.440053 0.417825 0.386533 0.353493.
//   (172.0754 + 7 * 0.300587) / 622.2303 = 0.279928; (123.4497 + 210 * 0.353493) / 524.2249 =
//   0.377096
// Golden State's 61 games, half-life 20: weight 25.8122, 531.2521 tries at the rim, 363.3831 made:
//   (363.3831 + 420 * 0.666165) / 951.2521 / 0.666165 = 1.014962
//   (531.2521 + 12 * 26.4481) / 37.8122 / 26.4481 = 0.848579
TEST_F(WorkedAnswers, LillardsZonesInFebruary) {
    expect_features("2023-02-28", kLillard,
                    {{"zone_completeness", 1},
                     {"zone_attempts_weighted", 615.2303, 1e-3},
                     {"zone_share_restricted_area", 0.279928},
                     {"zone_share_paint", 0.080955},
                     {"zone_share_above_break_3", 0.508248},
                     {"zone_accuracy_restricted_area", 0.661478},
                     {"zone_accuracy_corner_3", 0.374340},
                     {"zone_accuracy_above_break_3", 0.377096},
                     {"opponent_accuracy_factor_restricted_area", 1.014962},
                     {"opponent_accuracy_factor_paint", 1.035412},
                     {"opponent_volume_factor_restricted_area", 0.848579},
                     {"opponent_volume_factor_paint", 1.281778},
                     {"shot_zone_mismatch_score", 1.526319, 1e-3}});
}

// No shots of the playoffs are on record: nothing is known of zones there, although the season's
// are. Before Boston's first game of them there is none to miss; before the second one is missing.
TEST_F(WorkedAnswers, TatumHasNoZonesInThePlayoffs) {
    expect_features("2023-04-15", kTatum,
                    {{"zone_completeness", kUnknown},
                     {"zone_share_restricted_area", kUnknown},
                     {"opponent_zone_completeness", kUnknown}});
    expect_features("2023-04-18", kTatum,
                    {{"zone_completeness", 0},
                     {"zone_share_restricted_area", kUnknown},
                     {"opponent_zone_completeness", 0},
                     {"opponent_accuracy_factor_paint", kUnknown},
                     {"shot_zone_mismatch_score", kUnknown},
                     {"points_line", 30.5}});
}

// ---- teams

// 11 February 2023, Dallas at Sacramento (who had met the day before). Dallas's last ten games:
// pace 90.54 103.24 88.18 95.02 95.20 99.00 100.12 99.54 96.36 94.72 = 961.92; ratings 108.2395
// 122.0457 112.2704 105.2410 116.5966 112.1212 112.8646 124.5730 114.1553 128.8007 = 1156.9079;
// 1,114 points. Sacramento's: pace 107.78 95.90 98.04 101.2891 (one overtime) 101.22 102.48 97.92
// 100.24 103.26 94.72 = 1002.8491; allowed 92.7816 117.8311 119.3390 99.2489 107.6862 104.4106
// 138.8889 119.7127 123.9589 128.8007 = 1152.6587; 1,163 points. Net ratings: 44.7961 in 57 games
// and 121.2990 in 55.
TEST_F(WorkedAnswers, DallasAndSacramentoBeforeTheirSecondMeeting) {
    expect_features("2023-02-11", kIrving,
                    {{"team_pace_last_10", 96.192},
                     {"team_offensive_rating_last_10", 115.690790},
                     {"team_points_mean_last_10", 111.4},
                     {"opponent_pace_last_10", 100.284906},
                     {"opponent_defensive_rating_last_10", 115.265868},
                     {"opponent_points_allowed_mean_last_10", 116.3},
                     {"team_net_rating_season", 0.785896},
                     {"opponent_net_rating_season", 2.205436}});
}

// Both teams' paces, faded with a half-life of 20 games: 96.934876 behind 29.229549 games and
// 101.722588 behind 29.102309; the league's, half-life 600 team games, 100.698784.
//   (96.934876 * 29.229549 + 5 * 100.698784) / 34.229549 / 100.698784 = 0.968082; Sacramento's
//   1.008676; the product 0.976481, 2.3519 percent slow
// Sacramento's defence the same way with 10 games: 115.002302, the league's 112.965243:
//   (115.002302 * 29.102309 + 10 * 112.965243) / 39.102309 / 112.965243 = 1.013421
TEST_F(WorkedAnswers, PaceAndDefenceAgainstTheLeagues) {
    expect_features("2023-02-11", kIrving,
                    {{"expected_pace_factor", 0.976481},
                     {"pace_score", -2.351859, 1e-4},
                     {"opponent_defence_factor", 1.013421}});
}

// 21 October 2022, Boston at Miami. Miami allowed 85 90 107 127 103 102 93 103 100 116 points in
// its last ten, nine of the playoffs: mean 102.6; ratings 87.7555 95.7854 107.5161 131.7427
// 105.4464 110.3418 101.4841 107.4932 100.9489 110.1405 = 1058.6546. Net ratings are those of one
// game each: 102.5446 - 110.1405 and 125.5981 - 116.6268. Forwards (Tatum is one): one with a known
// position scored 4 in 28 minutes against Miami; in the league 1,385 in 3,000, faded 1360.060 in
// 2946.477, 93.7357 minutes a team game:
//   (4 + 937.357 * 0.461589) / (28 + 937.357) / 0.461589 = 0.979972
TEST_F(WorkedAnswers, MiamisDefenceBeforeTatum) {
    expect_features("2022-10-21", kTatum,
                    {{"opponent_points_allowed_mean_last_10", 102.6},
                     {"opponent_defensive_rating_last_10", 105.865471},
                     {"opponent_net_rating_season", -7.595898},
                     {"team_net_rating_season", 8.971292},
                     {"opponent_position_factor", 0.979972}});
}

// ---- absent teammates

// 16 December 2022 at Philadelphia. On the list before that day and not seen since: Curry (15
// December), Thompson (14), Wiggins (5), Iguodala (19 October, last played in June). Minutes a
// game, half-life 10, times the share of the last ten games (25 November to 14 December):
//   Curry 34.336136 * 9 / 10 = 30.902522, Thompson 32.684157 * 8 / 10 = 26.147326,
//   Wiggins 33.085245 * 5 / 10 = 16.542622, Iguodala none: 73.592470, three of 10 minutes or more
//   usage 0.310624 * 30.902522 / 48 + 0.253714 * 26.147326 / 48 + 0.218630 * 16.542622 / 48
//     = 0.199981 + 0.138207 + 0.075348 = 0.413536; 100 * 0.413536 / (1 - 0.413536) = 70.513446
TEST_F(WorkedAnswers, PooleWithoutCurryThompsonAndWiggins) {
    expect_features("2022-12-16", kPoole,
                    {{"teammates_out", 3},
                     {"minutes_vacated", 73.592470},
                     {"usage_vacated", 0.413536},
                     {"usage_spike_score", 70.513446, 1e-4},
                     {"listed_out", 0}});
}

// 26 October 2022. Orlando's last ten games: six of last season, four of this. Out are Moritz
// Wagner (20.367904 minutes, 6 of the ten), Fultz (21.004605, 6), Schofield (13.862952, 4) and Gary
// Harris (none of the ten): 12.220742 + 12.602763 + 5.545181 = 30.368686, two of 10 or more.
//   usage 0.220061 * 12.220742 / 48 + 0.278063 * 12.602763 / 48 + 0.156308 * 5.545181 / 48
//     = 0.056027 + 0.073008 + 0.018057 = 0.147092; 100 * 0.147092 / 0.852908 = 17.245973
TEST_F(WorkedAnswers, BancheroWithoutWagnerAndFultz) {
    expect_features("2022-10-26", kBanchero,
                    {{"teammates_out", 2},
                     {"minutes_vacated", 30.368686},
                     {"usage_vacated", 0.147092},
                     {"usage_spike_score", 17.245973, 1e-4}});
}

}  // namespace
}  // namespace tipoff::features
