#include "collect/known_games.h"

#include <gtest/gtest.h>

#include "collect/made_games.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::collect {
namespace {

using namespace test;

constexpr Season kSeason = Season::starting_in(2025);

/// Put off from 20 January to 25 February, which is known from noon of the 20th on.
struct PutOff {
    KnownGames games;
    Schedule first = scheduled("0022500601", "2026-01-20", kBoston, kPhiladelphia,
                               eastern("2025-08-14", "12:00"));
    Schedule moved = scheduled("0022500601", "2026-02-25", kBoston, kPhiladelphia,
                               eastern("2026-01-20", "12:00"));
    PutOff() {
        moved.revision = 1;
        games.add(moved);  // in whatever order they come
        games.add(first);
    }
};

TEST(KnownGames, APostponedGameIsFoundUnderBothDates) {
    const PutOff put_off;
    const GameId id = game("0022500601");
    EXPECT_EQ(put_off.games.find(day("2026-01-20"), kBoston, kPhiladelphia), id);
    EXPECT_EQ(put_off.games.find(day("2026-02-25"), kPhiladelphia, kBoston), id);
    EXPECT_EQ(put_off.games.find(day("2026-02-24"), kBoston, kPhiladelphia), std::nullopt);
    EXPECT_EQ(put_off.games.find(day("2026-01-20"), kBoston, kMiami), std::nullopt);
}

TEST(KnownGames, ATipOffIsAsItWasKnownAtAnInstant) {
    const PutOff put_off;
    const GameId id = game("0022500601");
    const auto tip_off = [&](Instant at) { return put_off.games.as_known(id, at).tip_off; };
    EXPECT_EQ(tip_off(eastern("2026-01-20", "11:59")), eastern("2026-01-20", "19:30"));
    EXPECT_EQ(tip_off(eastern("2026-01-20", "12:00")), eastern("2026-02-25", "19:30"));
    EXPECT_EQ(tip_off(eastern("2025-07-01", "12:00")), eastern("2026-01-20", "19:30"))
        << "before anything was known the first statement stands";
    EXPECT_EQ(put_off.games.newest(id).game_date, day("2026-02-25"));
}

TEST(KnownGames, AreAskedForOnTheirNewestDateInTheOrderOfTipOff) {
    PutOff put_off;
    Schedule late = scheduled("0022500602", "2026-02-25", kGoldenState, kLakers);
    late.tip_off = eastern("2026-02-25", "22:00");
    Schedule early = scheduled("0022500603", "2026-02-25", kMiami, kNewYork);
    early.tip_off = eastern("2026-02-25", "13:00");
    Schedule off = scheduled("0022500604", "2026-02-25", kMiami, kBoston);
    off.status = "postponed";
    const Schedule before_season = scheduled("0012500001", "2026-02-25", kMiami, kBoston);
    for (const Schedule& row : {late, early, off, before_season})
        put_off.games.add(row);
    EXPECT_TRUE(put_off.games.to_ask({day("2026-01-20")}, "").empty());
    const auto asked = put_off.games.to_ask({day("2026-02-25")}, "");
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0].source_game_id, "0022500603");
    EXPECT_EQ(asked[1].source_game_id, "0022500601");
    EXPECT_EQ(asked[2].source_game_id, "0022500602");
    EXPECT_EQ(asked[1].home, kBoston);
    EXPECT_FALSE(asked[1].is_final);
}

TEST(KnownGames, GoByTheIdsOfTheSourceThatIsAsked) {
    PutOff put_off;
    put_off.games.add({.source = "oddsapi",
                       .source_game_id = "e1f2",
                       .game_id = game("0022500601"),
                       .game_date = day("2026-02-25")});
    const std::vector dates{day("2026-02-25")};
    EXPECT_EQ(put_off.games.to_ask(dates, "oddsapi_events").at(0).source_game_id, "e1f2");
    EXPECT_EQ(put_off.games.to_ask(dates, "espn_scoreboard").at(0).source_game_id, "");
    EXPECT_EQ(put_off.games.find("oddsapi", "e1f2"), game("0022500601"));
    EXPECT_EQ(put_off.games.find("espn", "e1f2"), std::nullopt);
}

TEST(KnownGames, OtherSchedulesThanTheLeaguesSayNothing) {
    KnownGames games;
    Schedule other = scheduled("0022500601", "2026-01-20", kBoston, kPhiladelphia);
    other.source = "espn_scoreboard";
    games.add(other);
    EXPECT_FALSE(games.has(game("0022500601")));
    EXPECT_FALSE(games.has_season(kSeason));
    other.source = "schedule";
    games.add(other);
    EXPECT_TRUE(games.has(game("0022500601")));
    EXPECT_TRUE(games.has_season(kSeason));
    EXPECT_FALSE(games.has_season(Season::starting_in(2024)));
}

TEST(KnownGames, AreThoseThatTheDatabaseHolds) {
    const support::TempFolder folder;
    const auto database = support::open_with_tables(folder / "t.duckdb", raw_tables());
    const PutOff put_off;
    support::merge_rows(*database, kSchedule, std::vector{put_off.first, put_off.moved});
    support::merge_rows(*database, kGameAlias,
                        std::vector<GameAlias>{{.source = "espn",
                                                .source_game_id = "4018",
                                                .game_id = game("0022500601"),
                                                .game_date = day("2026-01-20")}});
    const KnownGames games = support::value_of(KnownGames::load(*database));
    EXPECT_EQ(games.newest(game("0022500601")).game_date, day("2026-02-25"));
    EXPECT_EQ(games.find(day("2026-01-20"), kBoston, kPhiladelphia), game("0022500601"));
    EXPECT_EQ(games.find("espn", "4018"), game("0022500601"));
}

TEST(KnownGames, OfASeasonAreAsTheyWereKnown) {
    const PutOff put_off;
    const auto before = put_off.games.of_season(kSeason, eastern("2026-01-01", "12:00"));
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before[0]->game_date, day("2026-01-20"));
    EXPECT_TRUE(put_off.games.of_season(Season::starting_in(2024), {}).empty());
}

}  // namespace
}  // namespace tipoff::collect
