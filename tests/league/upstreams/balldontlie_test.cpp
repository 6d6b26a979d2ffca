#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "league/teams.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

constexpr std::string_view kGames =
    "api.balldontlie.io/v1/games?dates[]=2025-12-03&per_page=100&cursor=";
constexpr std::string_view kBoxScores = "api.balldontlie.io/v1/box_scores?date=2025-12-03";
constexpr std::string_view kStandings = "api.balldontlie.io/v1/standings?season=2025&per_page=100";
const collect::Ask kThatDay{.date =
                                GameDate{std::chrono::sys_days{std::chrono::December / 3 / 2025}}};

TEST(BalldontlieUpstream, WantsAKey) {
    EXPECT_EQ(ask(kGames, some_game().tip_off, {}).status, 401);
    EXPECT_EQ(ask(kGames, some_game().tip_off, {{"authorization", "x"}}).status, 200);
}

TEST(BalldontlieUpstream, GamesHaveTheScoresOfTheSeason) {
    const Almanac& almanac = upstreams().almanac();
    const Instant morning = eastern("2025-12-03", "10:00");
    const Reading before = read("bdl_games", kGames, morning, kThatDay);
    const Reading after = read("bdl_games", kGames, morning + std::chrono::hours{24}, kThatDay);
    const auto games = almanac.on(*kThatDay.date, morning);
    ASSERT_EQ(before.records.games.size(), games.size());
    ASSERT_EQ(after.records.games.size(), games.size());
    EXPECT_EQ(after.outcome.kind, OutcomeKind::kFresh);
    for (std::size_t i = 0; i < games.size(); ++i) {
        EXPECT_EQ(before.records.games[i].status, "scheduled");
        EXPECT_EQ(before.records.games[i].tip_off, games[i].tip_off);
        EXPECT_EQ(after.records.games[i].status, "final");
        EXPECT_EQ(after.records.games[i].source_game_id,
                  std::to_string(kBalldontlieGames.of(games[i].fixture)));
        EXPECT_EQ(after.records.games[i].home_points,
                  almanac.result_of(games[i].fixture)->totals[0].points);
    }
}

TEST(BalldontlieUpstream, BoxScoresAreTheSeasonsAfterTheGames) {
    const Almanac& almanac = upstreams().almanac();
    EXPECT_EQ(
        read("bdl_box_scores", kBoxScores, eastern("2025-12-03", "10:00"), kThatDay).outcome.kind,
        OutcomeKind::kNotYet);
    const Reading reading =
        read("bdl_box_scores", kBoxScores, eastern("2025-12-04", "15:00"), kThatDay);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    std::size_t lines = 0;
    for (const GameNow& game : almanac.on(*kThatDay.date, at("2025-12-05T00:00:00Z"))) {
        for (const auto& side : almanac.result_of(game.fixture)->lines) {
            for (const GamePlayerLine& line : side) {
                ++lines;
                const auto found =
                    std::ranges::find(reading.records.player_boxes,
                                      std::to_string(kBalldontliePlayers.of(line.index)),
                                      &collect::StatedPlayerBox::source_player_id);
                ASSERT_NE(found, reading.records.player_boxes.end());
                EXPECT_EQ(found->player_name, almanac.player(line.index).name.plain);
                if (line.played()) expect_counts(*found, line.counts, found->player_name);
                EXPECT_EQ(found->not_played_reason.empty(), line.played());
            }
        }
    }
    EXPECT_EQ(lines, reading.records.player_boxes.size());
}

TEST(BalldontlieUpstream, StandingsCountTheGamesThatAreOver) {
    const Reading reading = read("bdl_standings", kStandings, eastern("2025-12-03", "12:00"),
                                 {.season = Season::starting_in(2025)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.standings.size(), 30U);
    int wins = 0, losses = 0;
    for (const auto& standing : reading.records.standings) {
        wins += standing.wins;
        losses += standing.losses;
    }
    const auto& season = upstreams().almanac().season();
    const auto over = std::ranges::count_if(season.games, [&](const PlayedGame& game) {
        return season.fixtures[game.fixture].date < day("2025-12-03");
    });
    EXPECT_EQ(wins, over);
    EXPECT_EQ(losses, over);
}

TEST(BalldontlieUpstream, PagesOfActivePlayersLeadToTheEnd) {
    std::set<std::string> ids;
    std::string cursor;
    int pages = 0;
    do {
        const Reading reading =
            read("bdl_active_players",
                 "api.balldontlie.io/v1/players/active?per_page=100&cursor=" + cursor,
                 eastern("2025-12-20", "12:00"));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        for (const auto& player : reading.records.players)
            EXPECT_TRUE(ids.insert(player.source_player_id).second);
        cursor = reading.next_cursor.value_or("");
        ++pages;
    } while (!cursor.empty() && pages < 20);
    EXPECT_EQ(pages, 6);
    EXPECT_EQ(ids.size(), 540U);
}

/// A late scratch is listed from the minute on in which it becomes known.
TEST(BalldontlieUpstream, InjuriesAreListedOnceTheyAreKnown) {
    const Almanac& almanac = upstreams().almanac();
    const auto late = std::ranges::find_if(almanac.season().absences, [&](const auto& absent) {
        return absent.is_late &&
               !almanac.was_absent(
                   almanac.game_before(absent.fixture, almanac.team_on(absent.fixture, absent.side))
                       .value_or(absent.fixture),
                   absent.player);
    });
    ASSERT_NE(late, almanac.season().absences.end());
    const std::string id = std::to_string(kBalldontliePlayers.of(late->player));
    const auto is_listed_at = [&](Instant now) {
        const Reading reading =
            read("bdl_injuries", "api.balldontlie.io/v1/player_injuries?per_page=100&cursor=", now);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        return std::ranges::count(reading.records.injuries, id,
                                  &collect::StatedInjury::source_player_id) == 1;
    };
    EXPECT_FALSE(is_listed_at(late->known_at - std::chrono::seconds{1}));
    EXPECT_TRUE(is_listed_at(late->known_at));
}

}  // namespace
}  // namespace tipoff::league::test
