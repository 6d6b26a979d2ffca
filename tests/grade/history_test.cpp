#include "grade/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <tuple>

#include "hand_made.h"

namespace tipoff::grade {
namespace {

constexpr auto kPoints = static_cast<std::size_t>(Market::kPoints);
constexpr auto kThrees = static_cast<std::size_t>(Market::kThrees);
constexpr auto kPra = static_cast<std::size_t>(Market::kPra);

/// Games of days 0, 1, 2, ... with 1, 2, 3, ... points and 20 minutes more.
std::vector<conform::PlayerGame> rising(int games) {
    std::vector<conform::PlayerGame> rows;
    for (int i = 0; i < games; ++i) {
        rows.push_back(box(22200001 + i, kPlayer, day(i), 21 + i, 1 + i));
    }
    return rows;
}

Before before_day(const std::vector<conform::PlayerGame>& rows, int days) {
    return History(rows).before(kPlayer, day(days), kSeason);
}

TEST(History, MeansAreOfTheLastTenGamesAndOfTheSeason) {
    // Twelve games: the last ten have 3 to 12 points, mean 7.5, and 23 to 32 minutes, mean 27.5;
    // all twelve have (1 + ... + 12) / 12 = 6.5 points.
    const Before before = before_day(rising(12), 12);
    EXPECT_EQ(before.prior_games, 12);
    EXPECT_EQ(before.season_games, 12);
    EXPECT_EQ(before.last_10[kPoints], 7.5);
    EXPECT_EQ(before.last_10_minutes, 27.5);
    EXPECT_EQ(before.season_mean[kPoints], 6.5);
}

TEST(History, FewerThanTenGamesHaveTheMeanOfThose) {
    const Before before = before_day(rising(12), 3);
    EXPECT_EQ(before.prior_games, 3);
    EXPECT_EQ(before.last_10[kPoints], 2);
    EXPECT_EQ(before.last_10_minutes, 22);
}

TEST(History, NothingIsKnownOfAPlayerNeverSeen) {
    const std::vector<conform::PlayerGame> rows = rising(2);
    for (const Before& before :
         {before_day(rows, 0), History(rows).before(PlayerId{99}, day(9), kSeason)}) {
        EXPECT_EQ(before.prior_games, 0);
        EXPECT_EQ(before.season_games, 0);
        EXPECT_TRUE(std::isnan(before.last_10[kPoints]));
        EXPECT_TRUE(std::isnan(before.last_10_minutes));
        EXPECT_TRUE(std::isnan(before.season_mean[kPoints]));
    }
}

TEST(History, GamesOfOneDateDoNotSeeEachOther) {
    auto rows = rising(2);
    rows.push_back(box(22200050, kPlayer, day(1), 30, 50));
    EXPECT_EQ(before_day(rows, 1).prior_games, 1);
    EXPECT_EQ(before_day(rows, 1).last_10[kPoints], 1);
    EXPECT_EQ(before_day(rows, 2).prior_games, 3);
}

TEST(History, GamesOfSecondsPlayInGamesAndTheCupFinalDoNotCount) {
    auto rows = rising(4);
    rows[0].minutes = 0;
    rows[1].season_type = SeasonType::kPlayIn;
    rows[2].season_type = SeasonType::kCup;
    rows[3].season_type = SeasonType::kPlayoffs;
    const Before before = before_day(rows, 4);
    EXPECT_EQ(before.prior_games, 1);
    EXPECT_EQ(before.last_10[kPoints], 4);
}

TEST(History, TheLastTenReachIntoTheSeasonBeforeAndTheSeasonMeanDoesNot) {
    auto rows = rising(11);
    for (int i = 0; i < 9; ++i)
        rows[static_cast<std::size_t>(i)].season = Season::starting_in(2021);
    // Games of 10 and 11 points this season; the last ten have 2 to 11 points.
    const Before before = before_day(rows, 11);
    EXPECT_EQ(before.prior_games, 11);
    EXPECT_EQ(before.season_games, 2);
    EXPECT_EQ(before.season_mean[kPoints], 10.5);
    EXPECT_EQ(before.last_10[kPoints], 6.5);

    const Before next_season = History(rows).before(kPlayer, day(400), Season::starting_in(2023));
    EXPECT_EQ(next_season.prior_games, 11);
    EXPECT_EQ(next_season.season_games, 0);
    EXPECT_TRUE(std::isnan(next_season.season_mean[kPoints]));
    EXPECT_EQ(next_season.last_10[kPoints], 6.5);
}

TEST(History, FollowsThePlayerFromTeamToTeam) {
    auto rows = rising(2);
    rows[1].team_id = kAwayTeam;
    EXPECT_EQ(before_day(rows, 2).prior_games, 2);
}

TEST(History, AStatisticThatASourceDoesNotHaveIsLeftOutOfItsMean) {
    auto rows = rising(3);
    rows[0].three_pointers_made = 4;
    rows[2].three_pointers_made = 1;
    const Before before = before_day(rows, 3);
    EXPECT_EQ(before.last_10[kThrees], 2.5);
    EXPECT_EQ(before.prior_games, 3);
    rows[0].three_pointers_made.reset();
    rows[2].three_pointers_made.reset();
    EXPECT_TRUE(std::isnan(before_day(rows, 3).last_10[kThrees]));
}

TEST(History, PointsReboundsAndAssistsAreAddedUp) {
    auto rows = rising(1);
    rows[0].rebounds = 7;
    rows[0].assists = 2;
    EXPECT_EQ(before_day(rows, 1).last_10[kPra], 10);
}

TEST(History, ACorrectionTakesThePlaceOfWhatItCorrects) {
    auto rows = rising(2);
    rows.push_back(rows[0]);
    rows.back().revision = 1;
    rows.back().points = 11;
    EXPECT_EQ(before_day(rows, 2).prior_games, 2);
    EXPECT_EQ(before_day(rows, 2).last_10[kPoints], 6.5);

    rows.back().revision = 0;
    EXPECT_THROW(History{rows}, InvariantBroken);
}

/// Everything that `Before` says of points, as bits.
auto bits(const Before& before) {
    return std::tuple(before.prior_games, before.season_games,
                      std::bit_cast<std::uint64_t>(before.last_10_minutes),
                      std::bit_cast<std::uint64_t>(before.last_10[kPoints]),
                      std::bit_cast<std::uint64_t>(before.season_mean[kPoints]));
}

/// The same, by going through all rows for one question.
Before plain_before(std::vector<conform::PlayerGame> rows, GameDate date) {
    std::ranges::sort(rows, {}, [](const auto& r) { return std::tuple(r.game_date, r.game_id); });
    std::erase_if(rows, [&](const auto& r) { return r.minutes == 0 || r.game_date >= date; });
    Before before;
    before.prior_games = static_cast<std::int32_t>(rows.size());
    double points = 0, minutes = 0, season_points = 0;
    const std::size_t recent = std::min<std::size_t>(rows.size(), 10);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + recent >= rows.size()) {
            points += rows[i].points;
            minutes += rows[i].minutes;
        }
        if (rows[i].season == kSeason) {
            ++before.season_games;
            season_points += rows[i].points;
        }
    }
    if (recent > 0) {
        before.last_10[kPoints] = points / static_cast<double>(recent);
        before.last_10_minutes = minutes / static_cast<double>(recent);
    }
    if (before.season_games > 0) before.season_mean[kPoints] = season_points / before.season_games;
    return before;
}

RC_GTEST_PROP(HistoryProperty, AgreesWithAPlainReadingInAnyOrderOfTheRows, ()) {
    const int games = *rc::gen::inRange(0, 40);
    const int first_of_season = *rc::gen::inRange(0, 40);
    std::vector<conform::PlayerGame> rows;
    for (int i = 0; i < games; ++i) {
        rows.push_back(box(22200001 + i, kPlayer, day(i + *rc::gen::inRange(0, 2)),
                           *rc::gen::inRange(0, 4) * 12, *rc::gen::inRange(0, 50)));
    }
    // A season's games stand together, as they do in the league.
    std::ranges::stable_sort(rows, {}, &conform::PlayerGame::game_date);
    for (int i = 0; i < games; ++i) {
        const int year = i < first_of_season ? 2021 : 2022;
        rows[static_cast<std::size_t>(i)].season = Season::starting_in(year);
    }
    auto shuffled = rows;
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[random() % i]);
    for (const int days : {0, 1, 5, 20, 60}) {
        const Before in_order = History(rows).before(kPlayer, day(days), kSeason);
        const Before in_disorder = History(shuffled).before(kPlayer, day(days), kSeason);
        RC_ASSERT(bits(in_order) == bits(in_disorder));
        RC_ASSERT(bits(in_order) == bits(plain_before(rows, day(days))));
    }
}

}  // namespace
}  // namespace tipoff::grade
