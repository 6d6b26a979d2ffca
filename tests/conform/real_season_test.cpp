// The season 2022-23, checked against answers worked out from the files by hand (the working stands
// beside each).

#include "real_season.h"

#include <gtest/gtest.h>

#include <cmath>

#include "conform/context.h"
#include "hand_made.h"

namespace tipoff::conform {
namespace {

using namespace test;

constexpr TeamId kBrooklyn{1610612751};
constexpr TeamId kChicago{1610612741};
constexpr TeamId kClippers{1610612746};
constexpr TeamId kDenver{1610612743};
constexpr TeamId kDetroit{1610612765};
constexpr TeamId kHouston{1610612745};
constexpr TeamId kMiami{1610612748};
constexpr TeamId kSacramento{1610612758};
constexpr TeamId kSanAntonio{1610612759};

constexpr std::int64_t kBrown = 1627759;
constexpr std::int64_t kDurant = 201142;
constexpr std::int64_t kEmbiid = 203954;
constexpr std::int64_t kIrving = 202681;
constexpr std::int64_t kMonk = 1628370;
constexpr std::int64_t kTatum = 1628369;

class RealSeason : public testing::Test {
protected:
    static void SetUpTestSuite() {
        facts_ = read_real_season();
        if (facts_) summaries_ = summarize(*facts_);
    }
    static void TearDownTestSuite() {
        facts_.reset();
        summaries_ = {};
    }
    void SetUp() override {
        if (!facts_) GTEST_SKIP() << "no real data in " << TIPOFF_SHARED_DATA;
    }

    static const TeamOffense& offense(std::string_view id, TeamId team) {
        for (const TeamOffense& row : summaries_.team_offense) {
            if (row.game_id == game(id) && row.team_id == team) return row;
        }
        throw std::out_of_range("no such team game");
    }
    static const PlayerGame& player_game(std::string_view id, std::int64_t player) {
        for (const PlayerGame& row : summaries_.player_games) {
            if (row.game_id == game(id) && row.player_id.value == player) return row;
        }
        throw std::out_of_range("no such player game");
    }
    static Contexts at(std::string_view date, const ContextOptions& options = {}) {
        return contexts(summaries_, *facts_, day(date), day(date), options);
    }
    static TeamContext team(std::string_view date, TeamId id) {
        for (const TeamContext& row : at(date).teams) {
            if (row.team_id == id) return row;
        }
        throw std::out_of_range("no such team context");
    }
    static std::optional<PlayerContext> player(std::string_view date, std::int64_t id) {
        for (const PlayerContext& row : at(date).players) {
            if (row.player_id.value == id) return row;
        }
        return std::nullopt;
    }

    static std::optional<RawFacts> facts_;
    static Summaries summaries_;
};

std::optional<RawFacts> RealSeason::facts_;
Summaries RealSeason::summaries_;

// ---- games

TEST_F(RealSeason, EveryGameOfTheRegularSeasonAddsUp) {
    // 1,230 games, 84 of the playoffs, 6 play-in games without a box score. The shot chart lacks
    // shots of four player games, all of one game each at most.
    const IntegrityReport& report = summaries_.integrity;
    EXPECT_EQ(report.games_with_result, 1320);
    EXPECT_EQ(report.of(IntegrityCheck::kNoPlayerBox).games, 6);
    for (const auto check :
         {IntegrityCheck::kTeamCount, IntegrityCheck::kPlayerPoints, IntegrityCheck::kScore,
          IntegrityCheck::kMinutes, IntegrityCheck::kForeignRow, IntegrityCheck::kSourcesDisagree,
          IntegrityCheck::kShotsCutOff}) {
        EXPECT_EQ(report.of(check).games, 0) << to_string(check);
    }
    EXPECT_LE(report.of(IntegrityCheck::kShotsDiffer).games, 4);
    EXPECT_EQ(report.games_ok, 1320 - 6 - report.of(IntegrityCheck::kShotsDiffer).games);
    EXPECT_EQ(report.rows_without_game, 0);
}

// Boston 126, Philadelphia 117:
//   BOS 82 FGA + 0.44 * 28 FTA + 10 TOV - 6 OREB = 98.32
//   PHI 80 FGA + 0.44 * 28 FTA + 14 TOV - 4 OREB = 102.32; mean 100.32, no overtime.
//   ratings 12600 / 100.32 = 125.5981 and 11700 / 100.32 = 116.6268
//   Boston: TS 126 / (2 * (82 + 12.32)) = 126 / 188.64 = 0.667939; eFG (46 + 6) / 82 = 0.634146
TEST_F(RealSeason, OpeningNightsPossessionsAndRatings) {
    const TeamOffense& boston = offense("0022200001", kBoston);
    EXPECT_NEAR(boston.possessions, 100.32, 1e-9);
    EXPECT_NEAR(boston.pace, 100.32, 1e-9);
    EXPECT_NEAR(boston.offensive_rating, 125.5981, 1e-4);
    EXPECT_NEAR(boston.true_shooting, 0.667939, 1e-6);
    EXPECT_NEAR(boston.effective_field_goal, 0.634146, 1e-6);
    EXPECT_EQ(boston.overtime_periods, 0);
    EXPECT_TRUE(boston.is_home);
    for (const TeamDefense& row : summaries_.team_defense) {
        if (row.game_id != game("0022200001") || row.team_id != kBoston) continue;
        EXPECT_NEAR(row.defensive_rating, 116.6268, 1e-4);
        EXPECT_EQ(row.points_allowed, 117);
        EXPECT_EQ(row.turnovers_forced, 14);
        EXPECT_EQ(row.steals, 8);
    }
}

// Counted in the shots file. Boston: rim 14 of 18, paint 8 of 15, mid-range 12 of 14, left corner
// 3 of 6, right corner 1 of 4, above the break 8 of 25: 46 of 82, as in the box. Brown: rim 4 of 4,
// paint 2 of 4, mid-range 4 of 4, right corner 0 of 1, above the break 4 of 11: 14 of 24.
TEST_F(RealSeason, OpeningNightsZones) {
    const TeamOffense& boston = offense("0022200001", kBoston);
    EXPECT_EQ(boston.restricted_area_attempts, 18);
    EXPECT_EQ(boston.restricted_area_makes, 14);
    EXPECT_EQ(boston.paint_attempts, 15);
    EXPECT_EQ(boston.mid_range_makes, 12);
    EXPECT_EQ(boston.left_corner_3_attempts, 6);
    EXPECT_EQ(boston.right_corner_3_makes, 1);
    EXPECT_EQ(boston.above_break_3_attempts, 25);
    EXPECT_EQ(boston.backcourt_attempts, 0);
    const PlayerGame& brown = player_game("0022200001", kBrown);
    EXPECT_EQ(brown.restricted_area_makes, 4);
    EXPECT_EQ(brown.mid_range_attempts, 4);
    EXPECT_EQ(brown.right_corner_3_attempts, 1);
    EXPECT_EQ(brown.right_corner_3_makes, 0);
    EXPECT_EQ(brown.above_break_3_attempts, 11);
    EXPECT_EQ(brown.left_corner_3_attempts, 0);
}

// Tatum: 20 FGA + 0.44 * 9 FTA + 3 TOV = 26.96 of Boston's 82 + 12.32 + 10 = 104.32 in 39 of 48
// minutes: 26.96 * 48 / (39 * 104.32) = 0.318075. Embiid: 18 + 3.96 + 6 = 27.96 of Philadelphia's
// 80 + 12.32 + 14 = 106.32 in 37: 27.96 * 48 / (37 * 106.32) = 1342.08 / 3933.84 = 0.341163.
TEST_F(RealSeason, OpeningNightsUsage) {
    EXPECT_NEAR(player_game("0022200001", kTatum).usage_rate, 0.318075, 1e-6);
    EXPECT_NEAR(player_game("0022200001", kEmbiid).usage_rate, 0.341163, 1e-6);
    // 35 / (2 * (20 + 3.96)) and (13 + 0.5 * 2) / 20
    EXPECT_NEAR(player_game("0022200001", kTatum).true_shooting, 0.730384, 1e-6);
    EXPECT_NEAR(player_game("0022200001", kTatum).effective_field_goal, 0.7, 1e-12);
}

// Sacramento 176, Clippers 175 after two overtimes: team minutes 291 and 290.
//   SAC 111 + 0.44 * 35 + 15 - 12 = 129.4; LAC 98 + 0.44 * 36 + 25 - 7 = 131.84; mean 130.62
//   pace 48 * 130.62 / 58 = 108.0993; Sacramento's rating 17600 / 130.62 = 134.7420
//   Monk: (24 + 4.4 + 2) * 58 / (41 * (111 + 15.4 + 15)) = 1763.2 / 5797.4 = 0.304136
TEST_F(RealSeason, ADoubleOvertime) {
    const TeamOffense& sacramento = offense("0022200902", kSacramento);
    EXPECT_EQ(sacramento.overtime_periods, 2);
    EXPECT_NEAR(sacramento.possessions, 130.62, 1e-9);
    EXPECT_NEAR(sacramento.pace, 108.0993, 1e-4);
    EXPECT_NEAR(sacramento.offensive_rating, 134.7420, 1e-4);
    EXPECT_EQ(offense("0022200902", kClippers).minutes, 290);
    EXPECT_NEAR(player_game("0022200902", kMonk).usage_rate, 0.304136, 1e-6);
}

// First game of the finals; no team box, so the players are added up.
//   MIA 96 + 0.44 * 2 + 8 - 11 = 93.88; DEN 79 + 0.44 * 20 + 10 - 6 = 91.8; mean 92.84
//   Denver's rating 10400 / 92.84 = 112.0207
TEST_F(RealSeason, APlayoffGameIsTheSumOfItsPlayers) {
    const TeamOffense& denver = offense("0042200401", kDenver);
    EXPECT_EQ(denver.primary_source, "player_sum");
    EXPECT_EQ(denver.points, 104);
    EXPECT_EQ(denver.minutes, 239);
    EXPECT_NEAR(denver.possessions, 92.84, 1e-9);
    EXPECT_NEAR(denver.offensive_rating, 112.0207, 1e-4);
    EXPECT_FALSE(denver.restricted_area_attempts);
    EXPECT_EQ(offense("0042200401", kMiami).free_throws_attempted, 2);
}

// ---- schedule

TEST_F(RealSeason, OpeningNightHasNoRest) {
    const TeamContext boston = team("2022-10-18", kBoston);
    EXPECT_FALSE(boston.days_rest);
    EXPECT_FALSE(boston.opponent_days_rest);
    EXPECT_EQ(boston.games_played_season, 0);
    EXPECT_TRUE(std::isnan(boston.travel_miles));
    EXPECT_TRUE(at("2022-10-18").players.empty());  // no earlier season here
}

// Golden State's first games: 18, 21, 23 October at home, 25 at Phoenix, 27 at home, 29 at
// Charlotte, 30 at Detroit, 1 November at Miami.
TEST_F(RealSeason, GoldenStateGoesEast) {
    // 25 October: rest 1; San Francisco to Phoenix 651.4 miles, the same clock in October.
    const TeamContext phoenix = team("2022-10-25", kGoldenState);
    EXPECT_EQ(phoenix.days_rest, 1);
    EXPECT_NEAR(phoenix.travel_miles, 651.4, 0.5);
    EXPECT_EQ(phoenix.time_zone_change, 0);

    // 29 October: rest 1; 2,295.5 miles and three hours east.
    const TeamContext charlotte = team("2022-10-29", kGoldenState);
    EXPECT_EQ(charlotte.days_rest, 1);
    EXPECT_NEAR(charlotte.travel_miles, 2295.5, 1);
    EXPECT_EQ(charlotte.time_zone_change, 3);
    EXPECT_FALSE(charlotte.is_home);

    // 30 October, the night after: in [26, 29] two games, [24, 29] three, [23, 29] four, [16, 29]
    // six.
    const TeamContext detroit = team("2022-10-30", kGoldenState);
    EXPECT_EQ(detroit.days_rest, 0);
    EXPECT_TRUE(detroit.is_back_to_back);
    EXPECT_EQ(detroit.games_last_4_days, 2);
    EXPECT_EQ(detroit.games_last_6_days, 3);
    EXPECT_EQ(detroit.games_last_7_days, 4);
    EXPECT_EQ(detroit.games_last_14_days, 6);
    EXPECT_EQ(detroit.games_played_season, 6);
    EXPECT_NEAR(detroit.travel_miles, 505.9, 0.5);
    EXPECT_EQ(detroit.time_zone_change, 0);

    // 1 November: rest 1; in [28, 31] two games, [25, 31] four.
    const TeamContext miami = team("2022-11-01", kGoldenState);
    EXPECT_EQ(miami.days_rest, 1);
    EXPECT_EQ(miami.games_last_4_days, 2);
    EXPECT_EQ(miami.games_last_7_days, 4);
    EXPECT_NEAR(miami.travel_miles, 1155.7, 0.5);
    EXPECT_FALSE(miami.is_back_to_back);
}

// Chicago: 15 January at home, 19 in Paris (Detroit at home there), 23 at home.
TEST_F(RealSeason, ParisIsFarForBoth) {
    const TeamContext there = team("2023-01-19", kChicago);
    EXPECT_EQ(there.days_rest, 3);
    EXPECT_NEAR(there.travel_miles, 4135.8, 1);
    EXPECT_EQ(there.time_zone_change, 7);
    const TeamContext detroit = team("2023-01-19", kDetroit);
    EXPECT_TRUE(detroit.is_home);
    EXPECT_EQ(detroit.time_zone_change, 6);
    EXPECT_GT(detroit.travel_miles, 3900);
    const TeamContext back = team("2023-01-23", kChicago);
    EXPECT_EQ(back.days_rest, 3);
    EXPECT_NEAR(back.travel_miles, 4135.8, 1);
    EXPECT_EQ(back.time_zone_change, -7);
}

// San Antonio: 14 December at home, 17 in Mexico City (the same clock), 19 at Houston.
TEST_F(RealSeason, MexicoCity) {
    const TeamContext there = team("2022-12-17", kSanAntonio);
    EXPECT_EQ(there.days_rest, 2);
    EXPECT_NEAR(there.travel_miles, 687.7, 0.5);
    EXPECT_EQ(there.time_zone_change, 0);
    EXPECT_NEAR(team("2022-12-19", kSanAntonio).travel_miles, 747.8, 0.5);
    EXPECT_EQ(team("2022-12-19", kHouston).opponent_days_rest, 1);
}

// ---- players

// Durant last played for Brooklyn on 8 January, was put on the list on the 9th, and first played
// for Phoenix on 1 March at Charlotte.
TEST_F(RealSeason, DurantIsHurtAndTraded) {
    const auto hurt = player("2023-02-09", kDurant);
    ASSERT_TRUE(hurt);
    EXPECT_EQ(hurt->team_id, kBrooklyn);
    EXPECT_EQ(hurt->injury_status, "out");
    EXPECT_EQ(hurt->last_game_date, day("2023-01-08"));
    EXPECT_EQ(hurt->days_rest, 31);  // 32 days, less one
    EXPECT_EQ(hurt->games_last_14_days, 0);

    // His first night for Phoenix: only a roster would know, so that Brooklyn, which plays too,
    // still has him; the line for the game at Charlotte is not lost.
    EXPECT_EQ(player("2023-03-01", kDurant)->team_id, kBrooklyn);
    EXPECT_TRUE(std::isnan(player("2023-03-01", kDurant)->points_line));
    const auto unplaced = at("2023-03-01").unplaced;
    ASSERT_EQ(unplaced.size(), 1u);
    EXPECT_EQ(unplaced[0].player_id.value, kDurant);

    const auto back = player("2023-03-03", kDurant);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->team_id, kPhoenix);
    EXPECT_EQ(back->injury_status, "available");
    EXPECT_EQ(back->days_rest, 1);
    EXPECT_EQ(back->games_last_7_days, 1);
    EXPECT_EQ(back->minutes_last_7_days, 27);
    EXPECT_EQ(back->points_line, 21.5);
    EXPECT_EQ(back->points_line_books, 1);
    EXPECT_EQ(back->undated_lines, 1);
}

// Irving: for Brooklyn on 28 and 30 January and 1 February, for Dallas on 8, 10, 11 and 13
// February, then not before the 23rd; Dallas played on the 15th without him.
TEST_F(RealSeason, IrvingIsTradedAndMissesAGame) {
    EXPECT_FALSE(player("2023-02-08", kIrving));
    const auto second = player("2023-02-10", kIrving);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->team_id, kDallas);
    EXPECT_EQ(second->days_rest, 1);
    EXPECT_EQ(second->games_last_7_days, 1);   // [3, 9] February
    EXPECT_EQ(second->games_last_14_days, 4);  // [27 January, 9 February]
    EXPECT_EQ(second->minutes_last_7_days, 37);
    const auto third = player("2023-02-11", kIrving);
    EXPECT_EQ(third->days_rest, 0);
    EXPECT_EQ(third->games_last_7_days, 2);
    EXPECT_EQ(third->minutes_last_7_days, 72);  // 37 and 35

    // Put on the list on the 15th itself, which is known a day later; taken off on the 22nd.
    EXPECT_EQ(player("2023-02-15", kIrving)->injury_status, "available");
    const auto rested = player("2023-02-23", kIrving);
    EXPECT_EQ(rested->injury_status, "available");
    EXPECT_EQ(rested->days_rest, 9);
    EXPECT_EQ(team("2023-02-23", kDallas).days_rest, 7);
}

TEST_F(RealSeason, ALineWithoutAClockIsThereAtTipOffOnly) {
    EXPECT_EQ(player("2023-02-01", kIrving)->points_line, 30.5);
    const ContextOptions noon{.as_of = AsOf{eastern("2023-02-01", "12:00")}};
    for (const PlayerContext& row : at("2023-02-01", noon).players) {
        EXPECT_TRUE(std::isnan(row.points_line));
        EXPECT_EQ(row.undated_lines, 0);
        EXPECT_EQ(row.as_of, *noon.as_of);
    }
}

}  // namespace
}  // namespace tipoff::conform
