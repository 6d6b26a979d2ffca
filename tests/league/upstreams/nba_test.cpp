#include <gtest/gtest.h>

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "league/shot_chart.h"
#include "league/teams.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

constexpr std::string_view kSchedule =
    "stats.nba.com/stats/scheduleleaguev2int?LeagueID=00&Season=2025-26";
constexpr std::string_view kScheduleFile =
    "cdn.nba.com/static/json/staticData/scheduleLeagueV2_1.json";
const collect::Ask kThisSeason{.season = Season::starting_in(2025)};

std::string log_of(GameDate from, GameDate to) {
    const auto slashed = [](GameDate date) {
        const std::string text = to_string(date);
        return text.substr(5, 2) + "/" + text.substr(8, 2) + "/" + text.substr(0, 4);
    };
    return fmt::format(
        "stats.nba.com/stats/leaguegamelog?Counter=1000&DateFrom={}&DateTo={}&Direction=DESC"
        "&LeagueID=00&PlayerOrTeam=P&Season=2025-26&SeasonType=Regular+Season&Sorter=DATE",
        slashed(from), slashed(to));
}

std::string box_of(const std::string& id) {
    return fmt::format(
        "stats.nba.com/stats/boxscoretraditionalv2?GameID={}&StartPeriod=0&EndPeriod=10"
        "&StartRange=0&EndRange=28800&RangeType=0",
        id);
}

std::string plays_of(const std::string& id) {
    return fmt::format("cdn.nba.com/static/json/liveData/playbyplay/playbyplay_{}.json", id);
}

const collect::StatedGame& stated(const Reading& reading, const std::string& id) {
    const auto found =
        std::ranges::find(reading.records.games, id, &collect::StatedGame::source_game_id);
    EXPECT_NE(found, reading.records.games.end()) << id;
    return *found;
}

TEST(NbaUpstream, TheScheduleIsTheSeasonsInBothPlaces) {
    const Almanac& almanac = upstreams().almanac();
    for (const std::string_view url : {kSchedule, kScheduleFile}) {
        const Reading reading =
            read("nbac_schedule", url, eastern("2025-12-04", "12:00"), kThisSeason);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        ASSERT_EQ(reading.records.games.size(), 1230U);
        for (const collect::StatedGame& game : reading.records.games) {
            const std::size_t index = *almanac.find(*parse_game_id(game.source_game_id));
            const Fixture& fixture = almanac.fixture(index);
            EXPECT_EQ(game.home_team_id, team_facts()[fixture.home].team_id);
            EXPECT_EQ(game.away_team_id, team_facts()[fixture.away].team_id);
            EXPECT_EQ(game.arena, team_facts()[fixture.home].arena);
            const GameNow now = almanac.at(index, eastern("2025-12-04", "12:00"));
            EXPECT_EQ(game.game_date, now.date);
            EXPECT_EQ(game.tip_off, now.tip_off);
            EXPECT_EQ(game.status == "final", now.date < day("2025-12-04"));
            if (game.status != "final") continue;
            EXPECT_EQ(game.home_points, almanac.result_of(index)->totals[0].points);
            EXPECT_EQ(game.away_points, almanac.result_of(index)->totals[1].points);
        }
    }
}

TEST(NbaUpstream, AGameIsScheduledThenUnderWayThenFinal) {
    const Sample game = some_game();
    const auto status_at = [&](Instant now) {
        return stated(read("nbac_schedule", kSchedule, now), game.id).status;
    };
    EXPECT_EQ(status_at(game.tip_off - std::chrono::seconds{1}), "scheduled");
    EXPECT_EQ(status_at(game.tip_off + std::chrono::minutes{1}), "in_progress");
    EXPECT_EQ(status_at(game.end - std::chrono::seconds{1}), "in_progress");
    EXPECT_EQ(status_at(game.end), "final");
}

TEST(NbaUpstream, ThreeGamesArePutOffAndStandOnAnotherDayLater) {
    const auto postponements = upstreams().almanac().postponements();
    ASSERT_EQ(postponements.size(), 3U);
    for (const Postponement& put_off : postponements) {
        const std::string id = to_string(upstreams().almanac().fixture(put_off.fixture).game_id);
        const auto game_at = [&](Instant now) {
            return stated(read("nbac_schedule", kScheduleFile, now, kThisSeason), id);
        };
        const auto announced = game_at(put_off.postponed_at - std::chrono::minutes{1});
        EXPECT_EQ(announced.game_date, put_off.first_date);
        EXPECT_EQ(announced.status, "scheduled");
        EXPECT_EQ(announced.tip_off, put_off.first_tip_off);
        const auto off = game_at(put_off.first_tip_off);
        EXPECT_EQ(off.status, "postponed");
        EXPECT_EQ(off.game_date, put_off.first_date);
        const auto moved = game_at(put_off.rescheduled_at);
        EXPECT_EQ(moved.status, "scheduled");
        EXPECT_EQ(moved.game_date, upstreams().almanac().fixture(put_off.fixture).date);
        EXPECT_LT(put_off.first_date, moved.game_date);
    }
}

/// Also over a day without games.
TEST(NbaUpstream, TheLogHasEverybodyWhoPlayed) {
    const GameDate date = day("2025-12-03");
    const Almanac& almanac = upstreams().almanac();
    const Instant noon = eastern("2025-12-05", "12:00");
    const Reading reading = read("nbac_player_boxscore", log_of(date, date), noon,
                                 {.date = date, .season = Season::starting_in(2025)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    std::map<std::pair<std::string, std::string>, const collect::StatedPlayerBox*> boxes;
    for (const auto& box : reading.records.player_boxes)
        boxes[{box.source_game_id, box.source_player_id}] = &box;
    std::size_t played = 0;
    for (const GameNow& game : almanac.on(date, noon)) {
        for (std::size_t side = 0; side < 2; ++side) {
            for (const GamePlayerLine& line : almanac.result_of(game.fixture)->lines[side]) {
                if (!line.played()) continue;
                ++played;
                const Player& player = almanac.player(line.index);
                const auto found = boxes.find({to_string(almanac.fixture(game.fixture).game_id),
                                               std::to_string(player.player_id)});
                ASSERT_NE(found, boxes.end()) << player.name.display;
                expect_counts(*found->second, line.counts, player.name.display);
                EXPECT_EQ(found->second->player_name, player.name.display);
                EXPECT_EQ(found->second->plus_minus, line.counts.plus_minus);
                EXPECT_EQ(found->second->seconds, 60 * whole_minutes(line.tenths));
                EXPECT_EQ(found->second->team_id,
                          team_facts()[almanac.team_on(game.fixture, side)].team_id);
            }
        }
    }
    EXPECT_EQ(played, reading.records.player_boxes.size());
    EXPECT_GT(played, 100U);

    const Reading before =
        read("nbac_player_boxscore", log_of(date, date), eastern("2025-12-03", "12:00"));
    EXPECT_EQ(before.outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(NbaUpstream, ABoxScoreHasBothTeamsAndWhoDidNotPlay) {
    const Sample game = some_game();
    const collect::Ask question{.source_game_id = game.id};
    const Reading reading =
        read("nbac_team_boxscore", box_of(game.id), game.end + std::chrono::hours{48}, question);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.team_boxes.size(), 2U);
    const GameResult& result = *upstreams().almanac().result_of(game.game);
    EXPECT_EQ(reading.records.team_boxes[0].points, result.totals[0].points);
    EXPECT_EQ(reading.records.team_boxes[1].rebounds, result.totals[1].rebounds());
    EXPECT_EQ(reading.records.player_boxes.size(), result.lines[0].size() + result.lines[1].size());
    EXPECT_EQ(std::ranges::count(reading.records.player_boxes, std::optional(true),
                                 &collect::StatedPlayerBox::started),
              10);
}

/// Its shots and points are those of the play-by-play, so that it adds up at every moment; only the
/// reader can tell that it is not the game's.
TEST(NbaUpstream, AGameUnderWayIsServedAsFarAsItHasCome) {
    const Almanac& almanac = upstreams().almanac();
    const Sample game = some_game();
    const collect::Ask question{.source_game_id = game.id};
    const Instant tip_off = almanac.instant_of(game.game, 1, 720);
    const auto outcome_at = [&](const std::string& source, const std::string& url, Instant now) {
        const Reading reading = read(source, url, now, question);
        EXPECT_EQ(records_in(reading.records), 0U)
            << source << ": " << to_string(reading.outcome.kind);
        return reading.outcome;
    };
    EXPECT_EQ(
        outcome_at("nbac_team_boxscore", box_of(game.id), tip_off - std::chrono::minutes{1}).kind,
        OutcomeKind::kEmptyUnexpected);
    for (Instant now = tip_off + std::chrono::minutes{1}; now < game.end;
         now += std::chrono::minutes{7}) {
        const auto box = outcome_at("nbac_team_boxscore", box_of(game.id), now);
        EXPECT_EQ(box.kind, OutcomeKind::kNotYet) << box.detail;
        EXPECT_NE(box.detail.find("the game is not over"), std::string::npos) << box.detail;
        const auto plays = outcome_at("nbac_play_by_play", plays_of(game.id), now);
        EXPECT_EQ(plays.kind, OutcomeKind::kNotYet) << plays.detail;
    }
    EXPECT_EQ(
        outcome_at("nbac_team_boxscore", box_of(game.id), game.end - std::chrono::seconds{1}).kind,
        OutcomeKind::kNotYet);

    const auto half =
        outcome_at("nbac_team_boxscore", box_of(game.id), almanac.instant_of(game.game, 3, 720));
    EXPECT_NE(half.detail.find("has 120 minutes"), std::string::npos) << half.detail;
}

/// What is wrong in a box score stands in all of them, and is put right at two the next afternoon.
TEST(NbaUpstream, AWrongBoxScoreIsCorrectedTheNextDay) {
    const Almanac& almanac = upstreams().almanac();
    std::size_t corrected = 0;
    for (const PlayedGame& game : almanac.season().games) {
        const Correction* wrong = almanac.correction_of(game.fixture);
        if (wrong == nullptr) continue;
        ++corrected;
        const std::string id = to_string(almanac.fixture(game.fixture).game_id);
        EXPECT_EQ(wrong->corrected_at,
                  eastern_instant(almanac.fixture(game.fixture).date.plus_days(1), {14, 0, 0}));
        const TeamId team = team_facts()[almanac.team_on(game.fixture, wrong->side)].team_id;
        const auto of_players = [&](const Reading& reading) {
            EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
            int total = 0;
            for (const collect::StatedPlayerBox& box : reading.records.player_boxes) {
                if (box.team_id != team) continue;
                total +=
                    (wrong->count == &BoxCounts::assists ? box.assists : box.defensive_rebounds)
                        .value_or(0);
            }
            return total;
        };
        // Of every source that has box scores, and of the team's own row.
        const auto total_at = [&](Instant now) {
            const Reading reading = read("nbac_team_boxscore", box_of(id), now);
            const int total = of_players(reading);
            const GameDate date = almanac.fixture(game.fixture).date;
            EXPECT_EQ(of_players(read("nbac_player_boxscore", log_of(date, date), now)), total);
            EXPECT_EQ(
                of_players(read("bdl_box_scores",
                                "api.balldontlie.io/v1/box_scores?date=" + to_string(date), now)),
                total);
            EXPECT_EQ(of_players(read("espn_boxscore",
                                      fmt::format("www.espn.com/nba/boxscore?gameId={}",
                                                  kEspnGames.of(game.fixture)),
                                      now)),
                      total);
            const auto& box = reading.records.team_boxes[wrong->side];
            EXPECT_EQ(wrong->count == &BoxCounts::assists ? box.assists : box.defensive_rebounds,
                      total);
            return total;
        };
        const int right = game.result.totals[wrong->side].*wrong->count;
        EXPECT_EQ(total_at(wrong->corrected_at - std::chrono::seconds{1}), right + wrong->too_much);
        EXPECT_EQ(total_at(wrong->corrected_at), right);
    }
    EXPECT_GT(corrected, 0U);
    EXPECT_LT(corrected, almanac.season().games.size() / 20);
}

TEST(NbaUpstream, ThePlayByPlayEndsAtTheFinalScore) {
    const Sample game = some_game();
    const GameResult& result = *upstreams().almanac().result_of(game.game);
    EXPECT_EQ(ask(plays_of(game.id), game.tip_off - std::chrono::minutes{1}).status, 403);
    const auto half =
        nlohmann::json::parse(ask(plays_of(game.id), game.tip_off + std::chrono::minutes{70}).body);
    const std::size_t half_of_them = half.at("game").at("actions").size();
    const Reading reading = read("nbac_play_by_play", plays_of(game.id),
                                 game.end + std::chrono::minutes{1}, {.source_game_id = game.id});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_GT(half_of_them, 100U);
    EXPECT_LT(half_of_them, reading.records.plays.size());
    EXPECT_EQ(reading.records.plays.back().home_points, result.totals[0].points);
    EXPECT_EQ(reading.records.plays.back().away_points, result.totals[1].points);

    std::vector<const collect::StatedPlay*> shots;
    std::size_t free_throws = 0;
    for (const collect::StatedPlay& play : reading.records.plays) {
        if (play.zone) shots.push_back(&play);
        free_throws += play.action_type == "freethrow" ? 1 : 0;
    }
    ASSERT_EQ(shots.size(), result.shots.size());
    EXPECT_EQ(free_throws, static_cast<std::size_t>(result.totals[0].free_throws_attempted +
                                                    result.totals[1].free_throws_attempted));
    for (std::size_t i = 0; i < shots.size(); ++i) {
        const ShotEvent& shot = result.shots[i];
        EXPECT_EQ(shots[i]->zone, static_cast<std::int16_t>(shot.zone));
        EXPECT_EQ(shots[i]->shot_made, shot.made);
        EXPECT_EQ(shots[i]->seconds_left, shot.seconds_left);
        if (shot.zone == Zone::kLeftCorner3) {
            EXPECT_LT(*shots[i]->x_feet, 0.0);
        }
        if (shot.zone == Zone::kRightCorner3) {
            EXPECT_GT(*shots[i]->x_feet, 0.0);
        }
    }
}

TEST(NbaUpstream, AFileThatIsKnownIsNotSentAgain) {
    const Sample game = some_game();
    for (const std::string& url : {std::string(kScheduleFile), plays_of(game.id)}) {
        const Instant now = game.end + std::chrono::hours{1};
        const UpstreamAnswer first = ask(url, now);
        const auto tag = std::ranges::find(first.headers, "ETag", &HttpHeader::name);
        ASSERT_NE(tag, first.headers.end());
        EXPECT_EQ(std::ranges::count(first.headers, "Last-Modified", &HttpHeader::name), 1);
        const UpstreamAnswer again = ask(url, now, {{"If-None-Match", tag->value}});
        EXPECT_EQ(again.status, 304);
        EXPECT_TRUE(again.body.empty());
        const auto changed = std::ranges::find(first.headers, "Last-Modified", &HttpHeader::name);
        EXPECT_EQ(ask(url, now, {{"If-Modified-Since", changed->value}}).status, 304);
        EXPECT_EQ(
            ask(url, now, {{"If-Modified-Since", changed->value}, {"If-None-Match", "\"another\""}})
                .status,
            200);
    }
    const UpstreamAnswer early = ask(kScheduleFile, game.tip_off);
    const auto tag = std::ranges::find(early.headers, "ETag", &HttpHeader::name);
    EXPECT_EQ(ask(kScheduleFile, game.end, {{"If-None-Match", tag->value}}).status, 200);
}

TEST(NbaUpstream, TheListOfPlayersFollowsTheMoves) {
    constexpr std::string_view kPlayers =
        "stats.nba.com/stats/playerindex?LeagueID=00&Season=2025-26&Historical=0";
    const Almanac& almanac = upstreams().almanac();
    const auto move = std::ranges::find_if(almanac.season().moves, [](const RosterMove& one) {
        return one.from != kNoTeam && one.to != kNoTeam;
    });
    ASSERT_NE(move, almanac.season().moves.end());
    const std::string id = std::to_string(almanac.player(move->player).player_id);
    for (const bool is_there : {false, true}) {
        const Instant now = eastern_instant(move->date.plus_days(is_there ? 0 : -1), {12, 0, 0});
        const Reading reading = read("nbac_player_list", kPlayers, now, kThisSeason);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        const auto found = std::ranges::find(reading.records.players, id,
                                             &collect::StatedPlayer::source_player_id);
        ASSERT_NE(found, reading.records.players.end());
        EXPECT_EQ(found->team_id, team_facts()[is_there ? move->to : move->from].team_id);
        const auto on_a_team =
            std::ranges::count(reading.records.players, true, &collect::StatedPlayer::on_roster);
        EXPECT_EQ(on_a_team, 540);
    }
}

}  // namespace
}  // namespace tipoff::league::test
