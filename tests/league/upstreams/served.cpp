#include "league/upstreams/served.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include "league/played.h"
#include "league/upstreams/identities.h"
#include "support/expected.h"

namespace tipoff::league::test {

const SimulatedUpstreams& upstreams() {
    static const SimulatedUpstreams served(played(2025, 7, day("2025-12-24")), 7);
    return served;
}

Instant at(std::string_view text) { return support::value_of(parse_instant(text)); }

GameDate day(std::string_view text) { return support::value_of(parse_date(text)); }

Instant eastern(std::string_view date, std::string_view time) {
    return eastern_instant(day(date), support::value_of(parse_time_of_day(time)));
}

UpstreamAnswer ask(std::string_view url, Instant now, std::vector<HttpHeader> headers) {
    const std::size_t slash = url.find('/');
    UpstreamRequest request = request_of_target(url.substr(0, slash), url.substr(slash));
    request.headers = std::move(headers);
    return upstreams().answer(request, now);
}

UpstreamAnswer ask(std::string_view url, Instant now) {
    return ask(url, now, {{"Authorization", "some key"}, {"x-api-key", "some key"}});
}

collect::Reading read(std::string_view source, std::string_view url, Instant now,
                      const collect::Ask& question) {
    const UpstreamAnswer answer = ask(url, now);
    EXPECT_EQ(answer.status, 200) << url << "\n" << answer.body;
    return collect::find_source(source)->read(answer.body, question);
}

Sample some_game(std::string_view date) {
    const Almanac& almanac = upstreams().almanac();
    const auto games = almanac.on(day(date), eastern(date, "00:00"));
    EXPECT_FALSE(games.empty());
    const std::size_t game = games.front().fixture;
    const Fixture& fixture = almanac.fixture(game);
    return {.game = game,
            .fixture = &fixture,
            .id = to_string(fixture.game_id),
            .tip_off = tip_off_of(fixture),
            .end = almanac.ends_at(game)};
}

void expect_counts(const collect::StatedPlayerBox& box, const BoxCounts& counts,
                   std::string_view who) {
    EXPECT_EQ(box.points, counts.points) << who;
    EXPECT_EQ(box.field_goals_made, counts.field_goals_made) << who;
    EXPECT_EQ(box.field_goals_attempted, counts.field_goals_attempted) << who;
    EXPECT_EQ(box.three_pointers_made, counts.threes_made) << who;
    EXPECT_EQ(box.three_pointers_attempted, counts.threes_attempted) << who;
    EXPECT_EQ(box.free_throws_made, counts.free_throws_made) << who;
    EXPECT_EQ(box.free_throws_attempted, counts.free_throws_attempted) << who;
    EXPECT_EQ(box.offensive_rebounds, counts.offensive_rebounds) << who;
    EXPECT_EQ(box.defensive_rebounds, counts.defensive_rebounds) << who;
    EXPECT_EQ(box.rebounds, counts.rebounds()) << who;
    EXPECT_EQ(box.assists, counts.assists) << who;
    EXPECT_EQ(box.steals, counts.steals) << who;
    EXPECT_EQ(box.blocks, counts.blocks) << who;
    EXPECT_EQ(box.turnovers, counts.turnovers) << who;
    EXPECT_EQ(box.personal_fouls, counts.fouls) << who;
}

UpstreamRequest question(std::string_view url) {
    const std::size_t slash = url.find('/');
    UpstreamRequest request = request_of_target(url.substr(0, slash), url.substr(slash));
    request.headers = {{"Authorization", "key"}, {"x-api-key", "key"}};
    return request;
}

std::multiset<std::string> facts_of(const collect::Reading& reading) {
    std::multiset<std::string> facts;
    collect::for_each_kind(reading.records, [&](const auto& table, const auto& rows) {
        const store::Columns columns = table.to_columns(std::span(rows));
        for (std::size_t row = 0; row < columns.rows(); ++row) {
            std::string fact = table.spec().name;
            for (const store::Column& column : columns.data) {
                fact += '|';
                if (column.is_null(row)) continue;
                const auto type = column.type();
                if (type == store::ColumnType::kText) {
                    fact += column.text(row);
                } else if (type == store::ColumnType::kDouble || type == store::ColumnType::kReal) {
                    fact += fmt::format("{}", column.number(row));
                } else {
                    fact += fmt::format("{}", column.integer(row));
                }
            }
            facts.insert(std::move(fact));
        }
    });
    return facts;
}

std::vector<Asked> everything() {
    const Sample game = some_game();
    const Instant noon = eastern("2025-12-04", "15:00");
    const Instant evening = game.tip_off - std::chrono::minutes{3};
    const GameDate date = day("2025-12-03");
    const collect::Ask that_day{.date = date, .season = Season::starting_in(2025)};
    const collect::Ask this_season{.season = Season::starting_in(2025)};
    const std::string event = odds_api_event(upstreams().almanac(), game.game);
    return {
        {"nbac_schedule", "stats.nba.com/stats/scheduleleaguev2int?LeagueID=00&Season=2025-26",
         noon, this_season},
        {"nbac_player_boxscore",
         "stats.nba.com/stats/leaguegamelog?DateFrom=12/03/2025&DateTo=12/03/2025"
         "&PlayerOrTeam=P&Season=2025-26&SeasonType=Regular+Season",
         noon, that_day},
        {"nbac_team_boxscore",
         "stats.nba.com/stats/boxscoretraditionalv2?GameID=" + game.id,
         noon,
         {.source_game_id = game.id}},
        {"nbac_player_list", "stats.nba.com/stats/playerindex?LeagueID=00&Season=2025-26", noon,
         this_season},
        {"nbac_play_by_play",
         fmt::format("cdn.nba.com/static/json/liveData/playbyplay/playbyplay_{}.json", game.id),
         noon,
         {.source_game_id = game.id}},
        {"bdl_games", "api.balldontlie.io/v1/games?dates[]=2025-12-03&per_page=100", noon,
         that_day},
        {"bdl_box_scores", "api.balldontlie.io/v1/box_scores?date=2025-12-03", noon, that_day},
        {"bdl_standings", "api.balldontlie.io/v1/standings?season=2025", noon, this_season},
        {"bdl_active_players", "api.balldontlie.io/v1/players/active?per_page=100", noon, {}},
        {"bdl_injuries", "api.balldontlie.io/v1/player_injuries?per_page=100", evening, {}},
        {"espn_scoreboard",
         "site.api.espn.com/apis/site/v2/sports/basketball/nba/scoreboard?dates=20251203", noon,
         that_day},
        {"espn_rosters",
         "site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/2?enable=roster",
         noon,
         {}},
        {"oddsapi_events",
         "api.the-odds-api.com/v4/sports/basketball_nba/events?apiKey=k"
         "&commenceTimeFrom=2025-12-03T05:00:00Z&commenceTimeTo=2025-12-04T04:59:59Z",
         evening, that_day},
        {"oddsapi_player_props",
         fmt::format("api.the-odds-api.com/v4/sports/basketball_nba/events/{}/odds?apiKey=k"
                     "&regions=us&markets=player_points,player_assists&oddsFormat=american",
                     event),
         evening, that_day},
        {"oddsapi_game_lines",
         fmt::format("api.the-odds-api.com/v4/sports/basketball_nba/events/{}/odds?apiKey=k"
                     "&regions=us&markets=h2h,spreads,totals&oddsFormat=american",
                     event),
         evening, that_day},
        {"bettingpros_events", "api.bettingpros.com/v3/events?sport=NBA&date=2025-12-03", noon,
         that_day},
        {"bettingpros_player_props",
         fmt::format("api.bettingpros.com/v3/offers?sport=NBA&market_id=156&event_id={}&limit=100",
                     kBettingProsEvents.of(game.game)),
         evening,
         {}},
    };
}

}  // namespace tipoff::league::test
