#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>

#include "league/teams.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

constexpr std::string_view kScoreboard =
    "site.api.espn.com/apis/site/v2/sports/basketball/nba/scoreboard?dates=";

std::string roster_of(std::size_t team) {
    return fmt::format(
        "site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/{}?enable=roster",
        espn_team(team));
}

TEST(EspnUpstream, TheScoreboardIsTheDays) {
    const Almanac& almanac = upstreams().almanac();
    const GameDate date = day("2025-12-03");
    const std::string url = std::string(kScoreboard) + "20251203";
    const Reading before =
        read("espn_scoreboard", url, eastern("2025-12-03", "12:00"), {.date = date});
    const Reading after =
        read("espn_scoreboard", url, eastern("2025-12-04", "12:00"), {.date = date});
    const auto games = almanac.on(date, eastern("2025-12-03", "12:00"));
    ASSERT_EQ(before.records.games.size(), games.size()) << before.outcome.detail;
    ASSERT_EQ(after.records.games.size(), games.size()) << after.outcome.detail;
    for (std::size_t i = 0; i < games.size(); ++i) {
        const collect::StatedGame& game = after.records.games[i];
        EXPECT_EQ(before.records.games[i].status, "scheduled");
        EXPECT_EQ(game.status, "final");
        EXPECT_EQ(game.tip_off, games[i].tip_off);
        EXPECT_EQ(game.home_points, almanac.result_of(games[i].fixture)->totals[0].points);
        EXPECT_EQ(game.away_points, almanac.result_of(games[i].fixture)->totals[1].points);
    }
    const GameDate free = season_days(Season::starting_in(2025)).all_star_sunday;
    std::string digits = to_string(free);
    std::erase(digits, '-');
    const Reading none = read("espn_scoreboard", std::string(kScoreboard) + digits,
                              eastern("2025-12-03", "12:00"), {.date = free});
    EXPECT_EQ(none.outcome.kind, OutcomeKind::kEmptyLegal);
}

TEST(EspnUpstream, AGamePutOffIsPostponedOnItsFirstDay) {
    for (const Postponement& put_off : upstreams().almanac().postponements()) {
        std::string digits = to_string(put_off.first_date);
        std::erase(digits, '-');
        const Reading reading = read("espn_scoreboard", std::string(kScoreboard) + digits,
                                     put_off.first_tip_off, {.date = put_off.first_date});
        const auto found =
            std::ranges::find(reading.records.games, std::to_string(kEspnGames.of(put_off.fixture)),
                              &collect::StatedGame::source_game_id);
        ASSERT_NE(found, reading.records.games.end()) << reading.outcome.detail;
        EXPECT_EQ(found->status, "postponed");
    }
}

TEST(EspnUpstream, TheBoxScoreStandsInThePage) {
    const Sample game = some_game();
    const std::string id = std::to_string(kEspnGames.of(game.game));
    const std::string url = "www.espn.com/nba/boxscore?gameId=" + id;
    const collect::Ask question{.source_game_id = id};
    EXPECT_EQ(
        read("espn_boxscore", url, game.tip_off - std::chrono::hours{1}, question).outcome.kind,
        OutcomeKind::kNotYet);
    EXPECT_EQ(read("espn_boxscore", url, game.end - std::chrono::minutes{1}, question).outcome.kind,
              OutcomeKind::kNotYet);
    const Reading reading = read("espn_boxscore", url, game.end + std::chrono::hours{24}, question);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const Almanac& almanac = upstreams().almanac();
    const GameResult& result = *almanac.result_of(game.game);
    EXPECT_EQ(reading.records.team_boxes.size(), 2U);
    EXPECT_EQ(reading.records.player_boxes.size(), result.lines[0].size() + result.lines[1].size());
    for (const auto& side : result.lines) {
        for (const GamePlayerLine& line : side) {
            const auto found = std::ranges::find(reading.records.player_boxes,
                                                 std::to_string(kEspnPlayers.of(line.index)),
                                                 &collect::StatedPlayerBox::source_player_id);
            ASSERT_NE(found, reading.records.player_boxes.end());
            EXPECT_EQ(found->player_name, almanac.player(line.index).name.plain);
            if (!line.played()) continue;
            expect_counts(*found, line.counts, found->player_name);
            EXPECT_EQ(found->plus_minus, line.counts.plus_minus);
            EXPECT_EQ(found->started, line.started);
        }
    }
    EXPECT_EQ(ask("www.espn.com/nba/boxscore?gameId=1", game.end).status, 404);
}

TEST(EspnUpstream, RostersFollowTheMovesAndSayWhoIsHurt) {
    const Almanac& almanac = upstreams().almanac();
    const Instant now = eastern("2025-12-20", "23:00");
    std::size_t hurt = 0;
    for (std::size_t team = 0; team < kTeams; ++team) {
        const Reading reading =
            read("espn_rosters", roster_of(team), now, {.team = team_facts()[team].team_id});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        const auto roster = almanac.roster_of(team, day("2025-12-20"));
        ASSERT_EQ(reading.records.roster.size(), roster.size());
        for (std::size_t i = 0; i < roster.size(); ++i) {
            EXPECT_EQ(reading.records.roster[i].source_player_id,
                      std::to_string(kEspnPlayers.of(roster[i])));
            EXPECT_EQ(*reading.records.roster[i].height_inches,
                      biography_of(almanac, roster[i]).height_inches);
        }
        hurt += reading.records.injuries.size();
    }
    EXPECT_GT(hurt, 10U);
}

TEST(BasketballReferenceUpstream, RostersHaveEveryColumn) {
    const Almanac& almanac = upstreams().almanac();
    const auto move = std::ranges::find_if(almanac.season().moves,
                                           [](const RosterMove& one) { return one.to != kNoTeam; });
    std::set<std::string> ids;
    for (std::size_t team = 0; team < kTeams; ++team) {
        const Reading reading =
            read("br_rosters",
                 fmt::format("www.basketball-reference.com/teams/{}/2026.html",
                             basketball_reference_team(team)),
                 eastern_instant(move->date, {12, 0, 0}),
                 {.season = Season::starting_in(2025), .team = team_facts()[team].team_id});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        const auto roster = almanac.roster_of(team, move->date);
        ASSERT_EQ(reading.records.roster.size(), roster.size());
        for (std::size_t i = 0; i < roster.size(); ++i) {
            const collect::StatedRosterPlayer& player = reading.records.roster[i];
            const Biography biography = biography_of(almanac, roster[i]);
            EXPECT_TRUE(ids.insert(player.source_player_id).second) << player.source_player_id;
            EXPECT_EQ(player.player_name, almanac.player(roster[i]).name.display);
            EXPECT_EQ(player.birth_date, biography.birth_date);
            EXPECT_EQ(player.weight_pounds, biography.weight_pounds);
            EXPECT_EQ(player.experience_years, biography.seasons_before);
        }
        EXPECT_EQ(std::ranges::find(roster, move->player) != roster.end(), team == move->to);
    }
    EXPECT_EQ(ask("www.basketball-reference.com/teams/BKN/2026.html", some_game().end).status, 404);
}

}  // namespace
}  // namespace tipoff::league::test
