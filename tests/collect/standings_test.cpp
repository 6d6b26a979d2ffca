#include "collect/standings.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "collect/made_games.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;

constexpr Season kSeason = Season::starting_in(2025);

/// Boston beats New York and Miami, Miami beats New York, the Lakers beat Boston; and a game before
/// the season, one of the play-in, and one that is known a day later count for nothing yet.
KnownGames a_handful() {
    KnownGames games;
    const Instant known = eastern("2025-10-26", "06:00");
    games.add(played("0022500001", "2025-10-22", kBoston, 110, kNewYork, 100, known));
    games.add(played("0022500002", "2025-10-23", kMiami, 99, kBoston, 101, known));
    games.add(played("0022500003", "2025-10-24", kMiami, 120, kNewYork, 119, known));
    games.add(played("0022500004", "2025-10-25", kBoston, 90, kLakers, 95, known));
    games.add(played("0012500001", "2025-10-05", kNewYork, 110, kBoston, 80, known));
    games.add(played("0052500001", "2025-10-25", kNewYork, 110, kBoston, 80, known));
    games.add(played("0022500005", "2025-10-26", kNewYork, 130, kBoston, 80,
                     eastern("2025-10-27", "06:00")));
    games.add(scheduled("0022500006", "2025-10-27", kNewYork, kBoston));
    return games;
}

const Standing& of(const std::vector<Standing>& standings, TeamId team) {
    for (const Standing& row : standings) {
        if (row.team_id == team) return row;
    }
    throw std::out_of_range("no such team");
}

TEST(StandingsByResults, AreAsWorkedOutByHand) {
    const Instant at = eastern("2025-10-26", "12:00");
    const auto standings = standings_by_results(a_handful(), kSeason, at, "a document");
    ASSERT_EQ(standings.size(), 30U);

    const Standing& boston = of(standings, kBoston);
    EXPECT_EQ(boston.wins, 2);
    EXPECT_EQ(boston.losses, 1);
    EXPECT_EQ(boston.home_record, "1-1");
    EXPECT_EQ(boston.road_record, "1-0");
    EXPECT_EQ(boston.conference_record, "2-0") << "the Lakers are of the West";
    EXPECT_EQ(boston.conference, "East");
    EXPECT_EQ(boston.conference_rank, 1);
    EXPECT_EQ(boston.source, "results");
    EXPECT_EQ(boston.known_at.at, at);
    EXPECT_EQ(boston.document_hash, "a document");

    const Standing& miami = of(standings, kMiami);
    EXPECT_EQ(miami.wins, 1);
    EXPECT_EQ(miami.losses, 1);
    EXPECT_EQ(miami.conference_rank, 2);
    EXPECT_EQ(miami.home_record, "1-1");
    EXPECT_EQ(miami.road_record, "0-0");

    const Standing& lakers = of(standings, kLakers);
    EXPECT_EQ(lakers.wins, 1);
    EXPECT_EQ(lakers.conference_rank, 1);
    EXPECT_EQ(lakers.conference_record, "0-0");
    EXPECT_EQ(lakers.road_record, "1-0");

    // Atlanta has the smallest id of those who have not played; New York has lost, and its id is
    // larger than that of ten of them.
    EXPECT_EQ(of(standings, find_team("ATL")->team_id).conference_rank, 3);
    EXPECT_EQ(of(standings, kNewYork).losses, 2);
    EXPECT_EQ(of(standings, kNewYork).wins, 0);
}

TEST(StandingsByResults, RankByShareOfGamesWonNotByGamesWon) {
    KnownGames games;
    const Instant known = eastern("2025-10-26", "06:00");
    games.add(played("0022500001", "2025-10-22", kBoston, 110, kNewYork, 100, known));
    games.add(played("0022500002", "2025-10-23", kBoston, 110, kNewYork, 100, known));
    games.add(played("0022500003", "2025-10-24", kBoston, 90, kNewYork, 100, known));
    games.add(played("0022500004", "2025-10-24", kMiami, 90, kLakers, 80, known));
    const auto standings = standings_by_results(games, kSeason, known, "");
    EXPECT_EQ(of(standings, kMiami).conference_rank, 1) << "1-0";
    EXPECT_EQ(of(standings, kBoston).conference_rank, 2) << "2-1";
    EXPECT_EQ(of(standings, kNewYork).conference_rank, 3) << "1-2";
}

TEST(StandingsByResults, ThereAreNoneBeforeTheFirstResultIsKnown) {
    const KnownGames games = a_handful();
    EXPECT_TRUE(standings_by_results(games, kSeason, eastern("2025-10-26", "05:59"), "").empty());
    EXPECT_FALSE(standings_by_results(games, kSeason, eastern("2025-10-26", "06:00"), "").empty());
    EXPECT_TRUE(
        standings_by_results(games, Season::starting_in(2024), eastern("2025-10-28", "12:00"), "")
            .empty());
}

}  // namespace
}  // namespace tipoff::collect
