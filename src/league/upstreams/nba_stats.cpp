/// stats.nba.com: the schedule, the log of games, the box score of a game and the list of players.
/// Tables are columns and rows, apart. A question about another season or season type has an answer
/// without rows.

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>

#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/nba_schedule.h"

namespace tipoff::league {
namespace {

struct Table {
    std::string_view name;
    Json headers = Json::array();
    Json rows = Json::array();

    Table(std::string_view called, std::initializer_list<std::string_view> columns) : name(called) {
        for (const std::string_view column : columns)
            headers.push_back(column);
    }

    void add_count_columns(std::string_view turnovers) {
        for (const std::string_view column :
             {"FGM", "FGA", "FG_PCT", "FG3M", "FG3A", "FG3_PCT", "FTM", "FTA", "FT_PCT", "OREB",
              "DREB", "REB", "AST", "STL", "BLK"})
            headers.push_back(column);
        for (const std::string_view column :
             {turnovers, std::string_view("PF"), std::string_view("PTS"),
              std::string_view("PLUS_MINUS")})
            headers.push_back(column);
    }

    [[nodiscard]] Json document() && {
        return {{"name", name}, {"headers", std::move(headers)}, {"rowSet", std::move(rows)}};
    }
};

void add_counts(Json& row, const BoxCounts& counts, int plus_minus) {
    const auto shots = [&row](int made, int attempted) {
        row.push_back(made);
        row.push_back(attempted);
        row.push_back(share(made, attempted));
    };
    shots(counts.field_goals_made, counts.field_goals_attempted);
    shots(counts.threes_made, counts.threes_attempted);
    shots(counts.free_throws_made, counts.free_throws_attempted);
    for (const int count :
         {counts.offensive_rebounds, counts.defensive_rebounds, counts.rebounds(), counts.assists,
          counts.steals, counts.blocks, counts.turnovers, counts.fouls, counts.points, plus_minus})
        row.push_back(count);
}

UpstreamAnswer tables(std::string_view resource, Json parameters, std::vector<Table> sets) {
    Json documents = Json::array();
    for (Table& set : sets)
        documents.push_back(std::move(set).document());
    return json_answer({{"resource", resource},
                        {"parameters", std::move(parameters)},
                        {"resultSets", std::move(documents)}});
}

UpstreamAnswer bad_request(std::string_view what) {
    return {.status = 400,
            .headers = {{"Content-Type", "text/plain"}},
            .body = fmt::format("The {} property is required.", what)};
}

bool is_this_season(const Almanac& almanac, const UpstreamRequest& request) {
    return request.parameter("Season") == to_string(almanac.season().options.season);
}

std::string matchup(const Almanac& almanac, std::size_t game, std::size_t side) {
    return fmt::format("{} {} {}", team_facts()[almanac.team_on(game, side)].tricode,
                       side == 0 ? "vs." : "@",
                       team_facts()[almanac.team_on(game, 1 - side)].tricode);
}

void add_log_rows(const Almanac& almanac, std::size_t game, Instant now, Json& rows) {
    const Box box = almanac.box_of(game, now);
    const Fixture& fixture = almanac.fixture(game);
    for (std::size_t side = 0; side < 2; ++side) {
        const TeamFacts& team = team_facts()[almanac.team_on(game, side)];
        const bool has_won = box.totals[side].points > box.totals[1 - side].points;
        for (const GamePlayerLine& line : box.lines[side]) {
            if (!line.played()) continue;
            const Player& player = almanac.player(line.index);
            Json row{fmt::format("2{}", almanac.season().options.season.start_year()),
                     player.player_id,
                     player.name.display,
                     team.team_id.value,
                     team.tricode,
                     team.box_name,
                     to_string(fixture.game_id),
                     to_string(fixture.date),
                     matchup(almanac, game, side),
                     has_won ? "W" : "L",
                     whole_minutes(line.tenths)};
            add_counts(row, line.counts, line.counts.plus_minus);
            rows.push_back(std::move(row));
        }
    }
}

UpstreamAnswer league_game_log(const Almanac& almanac, const UpstreamRequest& request,
                               Instant now) {
    const auto text_of = [&](std::string_view name) {
        return std::string(request.parameter(name).value_or(""));
    };
    if (text_of("PlayerOrTeam") != "P") return bad_request("PlayerOrTeam");
    const auto from = parse_slashed(text_of("DateFrom"));
    const auto to = parse_slashed(text_of("DateTo"));
    if (!from && !text_of("DateFrom").empty()) return bad_request("DateFrom");
    if (!to && !text_of("DateTo").empty()) return bad_request("DateTo");
    Table log("LeagueGameLog",
              {"SEASON_ID", "PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "TEAM_ABBREVIATION", "TEAM_NAME",
               "GAME_ID", "GAME_DATE", "MATCHUP", "WL", "MIN"});
    log.add_count_columns("TOV");
    const bool has_rows =
        is_this_season(almanac, request) && text_of("SeasonType") == "Regular Season";
    const std::size_t games = almanac.season().fixtures.size();
    for (std::size_t i = 0; has_rows && i < games; ++i) {
        // The newest first, as "Direction=DESC" asks.
        const std::size_t game = text_of("Direction") == "ASC" ? i : games - 1 - i;
        const GameNow state = almanac.at(game, now);
        const bool is_asked = (!from || state.date >= *from) && (!to || state.date <= *to);
        if (is_asked && state.phase == GamePhase::kFinal)
            add_log_rows(almanac, game, now, log.rows);
    }
    Json parameters = Json::object();
    for (const auto& [name, value] : request.query)
        parameters[name] = value;
    std::vector<Table> sets;
    sets.push_back(std::move(log));
    return tables("leaguegamelog", std::move(parameters), std::move(sets));
}

/// "F", "C" or "G" of a starter.
std::string_view start_position(const Player& player, bool has_started) {
    return has_started ? group_of(player.position) : std::string_view();
}

UpstreamAnswer box_score(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const std::string asked(request.parameter("GameID").value_or(""));
    const auto id = parse_game_id(asked);
    if (!id) return bad_request("GameID");
    Table players("PlayerStats",
                  {"GAME_ID", "TEAM_ID", "TEAM_ABBREVIATION", "TEAM_CITY", "PLAYER_ID",
                   "PLAYER_NAME", "NICKNAME", "START_POSITION", "COMMENT", "MIN"});
    players.add_count_columns("TO");
    Table teams("TeamStats",
                {"GAME_ID", "TEAM_ID", "TEAM_NAME", "TEAM_ABBREVIATION", "TEAM_CITY", "MIN"});
    teams.add_count_columns("TO");
    const auto game = almanac.find(*id);
    const bool has_begun = game && almanac.at(*game, now).has_score();
    constexpr std::size_t kCountColumns = 19;
    for (std::size_t side = 0; has_begun && side < 2; ++side) {
        const Box box = almanac.box_of(*game, now);
        const std::size_t index = almanac.team_on(*game, side);
        const TeamFacts& team = team_facts()[index];
        const std::string game_id = to_string(*id);
        for (const GamePlayerLine& line : box.lines[side]) {
            const Player& player = almanac.player(line.index);
            Json row{game_id,
                     team.team_id.value,
                     team.tricode,
                     team_of_index(index).city,
                     player.player_id,
                     player.name.display,
                     name_parts(player.name.display).first,
                     start_position(player, line.started),
                     line.played() ? "" : "DNP - Coach's Decision                  "};
            if (line.played()) {
                row.push_back(minutes_and_seconds(line.tenths));
                add_counts(row, line.counts, line.counts.plus_minus);
            } else {
                for (std::size_t column = 0; column < kCountColumns + 1; ++column)
                    row.push_back(nullptr);
            }
            players.rows.push_back(std::move(row));
        }
        Json row{
            game_id,      team.team_id.value,        team_of_index(index).nickname,
            team.tricode, team_of_index(index).city, minutes_and_seconds(team_tenths(box, side))};
        const BoxCounts& totals = box.totals[side];
        add_counts(row, totals, totals.points - box.totals[1 - side].points);
        teams.rows.push_back(std::move(row));
    }
    std::vector<Table> sets;
    sets.push_back(std::move(players));
    sets.push_back(std::move(teams));
    return tables("boxscore", {{"GameID", asked}, {"StartPeriod", 0}, {"EndPeriod", 10}},
                  std::move(sets));
}

UpstreamAnswer player_index(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    Table players("PlayerIndex",
                  {"PERSON_ID", "PLAYER_LAST_NAME", "PLAYER_FIRST_NAME", "TEAM_ID", "TEAM_CITY",
                   "TEAM_NAME", "TEAM_ABBREVIATION", "JERSEY_NUMBER", "POSITION", "HEIGHT",
                   "WEIGHT", "COLLEGE", "COUNTRY", "ROSTER_STATUS", "FROM_YEAR", "TO_YEAR"});
    const GameDate today = eastern_date(now);
    const int year = almanac.season().options.season.start_year();
    const std::size_t count = almanac.season().rosters.players.size();
    for (PlayerIndex index = 0; is_this_season(almanac, request) && index < count; ++index) {
        const std::size_t team = almanac.team_of(index, today);
        const bool has_been_there =
            almanac.team_of(index, season_days(almanac.season().options.season).opening_night) !=
            kNoTeam;
        if (team == kNoTeam && !has_been_there) continue;
        const Player& player = almanac.player(index);
        const NameParts name = name_parts(player.name.display);
        const Biography biography = biography_of(almanac, index);
        Json row{player.player_id, name.last, name.first};
        if (team == kNoTeam) {
            for (const Json& none :
                 {Json(0), Json(nullptr), Json(nullptr), Json(nullptr), Json(nullptr)})
                row.push_back(none);
        } else {
            row.push_back(team_facts()[team].team_id.value);
            row.push_back(team_of_index(team).city);
            row.push_back(team_of_index(team).nickname);
            row.push_back(team_facts()[team].tricode);
            row.push_back(biography.jersey);
        }
        row.push_back(player.listed_position);
        row.push_back(biography.height());
        row.push_back(std::to_string(biography.weight_pounds));
        row.push_back(biography.college);
        row.push_back(biography.country);
        row.push_back(team == kNoTeam ? Json(0.0) : Json(1.0));
        row.push_back(std::to_string(year - biography.seasons_before));
        row.push_back(std::to_string(year));
        players.rows.push_back(std::move(row));
    }
    std::vector<Table> sets;
    sets.push_back(std::move(players));
    return tables("playerindex",
                  {{"LeagueID", "00"},
                   {"Season", request.parameter("Season").value_or("")},
                   {"Historical", 0}},
                  std::move(sets));
}

}  // namespace

UpstreamAnswer answer_nba_stats(const Almanac& almanac, const UpstreamRequest& request,
                                Instant now) {
    if (request.path == "/stats/scheduleleaguev2int") {
        if (!is_this_season(almanac, request)) return bad_request("Season");
        return json_answer(nba_schedule(almanac, now));
    }
    if (request.path == "/stats/leaguegamelog") return league_game_log(almanac, request, now);
    if (request.path == "/stats/boxscoretraditionalv2") return box_score(almanac, request, now);
    if (request.path == "/stats/playerindex") return player_index(almanac, request, now);
    return not_found();
}

}  // namespace tipoff::league
