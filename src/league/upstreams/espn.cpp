/// ESPN: the scoreboard of a day and a team's roster from its API, and the web page of a box score,
/// whose data stand in a script. Numbers of its own for teams, players and games; names without
/// accents; instants without seconds.

#include <fmt/core.h>

#include <algorithm>

#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"

namespace tipoff::league {
namespace {

constexpr std::string_view kScoreboard = "/apis/site/v2/sports/basketball/nba/scoreboard";
constexpr std::string_view kTeamsPath = "/apis/site/v2/sports/basketball/nba/teams/";
constexpr std::string_view kBoxScore = "/nba/boxscore";
/// Midnight in California, as dates without a time are written.
constexpr std::string_view kMidnight = "T08:00Z";

struct Status {
    std::string_view state;
    std::string_view words;
    std::string_view name;
    std::string_view id;
};

Status status_of(GamePhase phase) {
    switch (phase) {
        case GamePhase::kScheduled: return {"pre", "Scheduled", "STATUS_SCHEDULED", "1"};
        case GamePhase::kInProgress: return {"in", "In Progress", "STATUS_IN_PROGRESS", "2"};
        case GamePhase::kFinal: return {"post", "Final", "STATUS_FINAL", "3"};
        case GamePhase::kPostponed: break;
    }
    return {"post", "Postponed", "STATUS_POSTPONED", "6"};
}

Json team_json(std::size_t team) {
    const collect::Team& real = team_of_index(team);
    return {{"id", std::to_string(espn_team(team))},
            {"location", real.city},
            {"name", real.nickname},
            {"abbreviation", real.tricode},
            {"displayName", team_facts()[team].box_name},
            {"shortDisplayName", real.nickname}};
}

std::string game_id(std::size_t game) { return std::to_string(kEspnGames.of(game)); }
std::string player_id(PlayerIndex player) { return std::to_string(kEspnPlayers.of(player)); }

Json competitor(const Almanac& almanac, const GameNow& game, std::size_t side, const Score& score) {
    const std::size_t team = almanac.team_on(game.fixture, side);
    Json row{{"id", std::to_string(espn_team(team))},
             {"type", "team"},
             {"order", side},
             {"homeAway", side == 0 ? "home" : "away"},
             {"team", team_json(team)},
             {"score", std::to_string(score.points[side])}};
    if (game.phase == GamePhase::kFinal)
        row["winner"] = score.points[side] > score.points[1 - side];
    if (game.has_score()) {
        row["linescores"] = Json::array();
        for (std::size_t period = 0; period < score.by_period.size(); ++period) {
            const int points = score.by_period[period][side];
            row["linescores"].push_back({{"value", static_cast<double>(points)},
                                         {"displayValue", std::to_string(points)},
                                         {"period", period + 1}});
        }
    }
    return row;
}

Json event_json(const Almanac& almanac, const GameNow& game, Instant now) {
    const Fixture& fixture = almanac.fixture(game.fixture);
    const TeamFacts& home = team_facts()[fixture.home];
    const TeamFacts& away = team_facts()[fixture.away];
    const Score score = almanac.score_of(game.fixture, now);
    const Status status = status_of(game.phase);
    const std::string id = game_id(game.fixture);
    Json competition{
        {"id", id},
        {"date", minute_text(game.tip_off)},
        {"type", {{"id", "1"}, {"abbreviation", "STD"}}},
        {"timeValid", true},
        {"neutralSite", false},
        {"venue", {{"fullName", home.arena}, {"address", {{"city", home.city}}}, {"indoor", true}}},
        {"competitors",
         Json::array({competitor(almanac, game, 0, score), competitor(almanac, game, 1, score)})},
        {"status",
         {{"clock", static_cast<double>(score.seconds_left)},
          {"displayClock",
           fmt::format("{}:{:02}", score.seconds_left / 60, score.seconds_left % 60)},
          {"period", score.period},
          {"type",
           {{"id", status.id},
            {"name", status.name},
            {"state", status.state},
            {"completed", game.phase == GamePhase::kFinal},
            {"description", status.words},
            {"detail", status.words},
            {"shortDetail", status.words}}}}}};
    return {{"id", id},
            {"date", minute_text(game.tip_off)},
            {"name", fmt::format("{} at {}", away.box_name, home.box_name)},
            {"shortName", fmt::format("{} @ {}", away.tricode, home.tricode)},
            {"season",
             {{"year", almanac.season().options.season.start_year() + 1},
              {"type", 2},
              {"slug", "regular-season"}}},
            {"competitions", Json::array({std::move(competition)})}};
}

UpstreamAnswer scoreboard(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const auto asked = request.parameter("dates");
    const auto date = asked ? parse_compact(*asked) : std::optional(eastern_date(now));
    if (!date) return json_answer({{"code", 400}, {"message", "Invalid dates"}}, 400);
    const SeasonDays days = season_days(almanac.season().options.season);
    Json calendar = Json::array();
    for (GameDate day = days.opening_night; day <= days.last_day; day = day.plus_days(1)) {
        if (!almanac.on(day, now).empty())
            calendar.push_back(to_string(day) + std::string(kMidnight));
    }
    Json events = Json::array();
    for (const GameNow& game : almanac.on(*date, now))
        events.push_back(event_json(almanac, game, now));
    Json league{{"id", "46"},
                {"name", "National Basketball Association"},
                {"abbreviation", "NBA"},
                {"season", {{"year", almanac.season().options.season.start_year() + 1}}},
                {"calendarType", "day"},
                {"calendarIsWhitelist", true},
                {"calendar", std::move(calendar)}};
    return json_answer({{"leagues", Json::array({std::move(league)})},
                        {"day", {{"date", to_string(*date)}}},
                        {"events", std::move(events)}});
}

Json injury_json(const Almanac& almanac, const KnownInjury& injury, Instant now) {
    const Fixture& game = almanac.fixture(injury.fixture);
    const bool is_out = injury.is_over_games || game.date <= eastern_date(now);
    return {{"id", std::to_string(injury.fixture)},
            {"shortComment", fmt::format("{} {} for {}'s game ({}).",
                                         name_parts(almanac.player(injury.player).name.plain).last,
                                         is_out ? "is out" : "is in doubt", weekday_name(game.date),
                                         injury.ailment.empty() ? "rest" : injury.ailment)},
            {"status", is_out ? "Out" : "Day-To-Day"},
            {"date", minute_text(injury.since)},
            {"details", {{"type", injury.ailment.empty() ? "Rest" : "Injury"}}}};
}

UpstreamAnswer roster(const Almanac& almanac, std::size_t team, Instant now) {
    const auto injuries = almanac.injuries_of(team, now);
    Json athletes = Json::array();
    for (const PlayerIndex index : almanac.roster_of(team, eastern_date(now))) {
        const Player& player = almanac.player(index);
        const Biography biography = biography_of(almanac, index);
        const NameParts name = name_parts(player.name.plain);
        Json hurt = Json::array();
        for (const KnownInjury& injury : injuries) {
            if (injury.player == index) hurt.push_back(injury_json(almanac, injury, now));
        }
        athletes.push_back(
            {{"id", player_id(index)},
             {"firstName", name.first},
             {"lastName", name.last},
             {"fullName", player.name.plain},
             {"displayName", player.name.plain},
             {"weight", static_cast<double>(biography.weight_pounds)},
             {"height", static_cast<double>(biography.height_inches)},
             {"dateOfBirth", to_string(biography.birth_date) + std::string(kMidnight)},
             {"jersey", biography.jersey},
             {"position", {{"abbreviation", to_string(player.position)}}},
             {"injuries", std::move(hurt)},
             {"experience", {{"years", biography.seasons_before}}},
             {"status", {{"id", "1"}, {"name", "Active"}, {"type", "active"}}}});
    }
    Json document = team_json(team);
    document["athletes"] = std::move(athletes);
    return json_answer({{"team", std::move(document)}});
}

struct ColumnOfCounts {
    std::string_view key;
    std::string_view label;
    std::string (*text)(const BoxCounts&);
};

std::string of(int made, int attempted) { return fmt::format("{}-{}", made, attempted); }

constexpr std::array kCountColumns{
    ColumnOfCounts{
        "fieldGoalsMade-fieldGoalsAttempted", "FG",
        [](const BoxCounts& c) { return of(c.field_goals_made, c.field_goals_attempted); }},
    ColumnOfCounts{"threePointFieldGoalsMade-threePointFieldGoalsAttempted", "3PT",
                   [](const BoxCounts& c) { return of(c.threes_made, c.threes_attempted); }},
    ColumnOfCounts{
        "freeThrowsMade-freeThrowsAttempted", "FT",
        [](const BoxCounts& c) { return of(c.free_throws_made, c.free_throws_attempted); }},
    ColumnOfCounts{"offensiveRebounds", "OREB",
                   [](const BoxCounts& c) { return std::to_string(c.offensive_rebounds); }},
    ColumnOfCounts{"defensiveRebounds", "DREB",
                   [](const BoxCounts& c) { return std::to_string(c.defensive_rebounds); }},
    ColumnOfCounts{"rebounds", "REB",
                   [](const BoxCounts& c) { return std::to_string(c.rebounds()); }},
    ColumnOfCounts{"assists", "AST", [](const BoxCounts& c) { return std::to_string(c.assists); }},
    ColumnOfCounts{"steals", "STL", [](const BoxCounts& c) { return std::to_string(c.steals); }},
    ColumnOfCounts{"blocks", "BLK", [](const BoxCounts& c) { return std::to_string(c.blocks); }},
    ColumnOfCounts{"turnovers", "TO",
                   [](const BoxCounts& c) { return std::to_string(c.turnovers); }},
    ColumnOfCounts{"fouls", "PF", [](const BoxCounts& c) { return std::to_string(c.fouls); }},
    ColumnOfCounts{"points", "PTS", [](const BoxCounts& c) { return std::to_string(c.points); }},
};

Json line_json(const Almanac& almanac, const GamePlayerLine& line) {
    const Player& player = almanac.player(line.index);
    Json cells = Json::array();
    if (line.played()) {
        cells.push_back(std::to_string(whole_minutes(line.tenths)));
        for (const ColumnOfCounts& column : kCountColumns)
            cells.push_back(column.text(line.counts));
        cells.push_back(
            fmt::format("{}{}", line.counts.plus_minus > 0 ? "+" : "", line.counts.plus_minus));
    }
    Json row{{"athlt",
              {{"id", player_id(line.index)},
               {"dspNm", player.name.plain},
               {"shrtNm", initialled(player.name.plain)},
               {"jersey", biography_of(almanac, line.index).jersey}}},
             {"stats", std::move(cells)}};
    if (!line.played()) row["dnpRsn"] = "COACH'S DECISION";
    return row;
}

Json side_of_box(const Almanac& almanac, std::size_t game, const Box& box, std::size_t side) {
    Json keys = Json::array({"minutes"});
    for (const ColumnOfCounts& column : kCountColumns)
        keys.push_back(column.key);
    keys.push_back("plusMinus");
    Json starters = Json::array(), bench = Json::array();
    for (const GamePlayerLine& line : box.lines[side])
        (line.started ? starters : bench).push_back(line_json(almanac, line));
    Json totals = Json::array({""});
    for (const ColumnOfCounts& column : kCountColumns)
        totals.push_back(column.text(box.totals[side]));
    totals.push_back("");
    const std::size_t team = almanac.team_on(game, side);
    const auto block = [&keys](Json rows, std::string_view type) -> Json {
        return {{"athlts", std::move(rows)}, {"keys", keys}, {"type", type}};
    };
    return {{"tm",
             {{"id", std::to_string(espn_team(team))},
              {"abbrev", team_facts()[team].tricode},
              {"dspNm", team_facts()[team].box_name},
              {"hm", side == 0}}},
            {"stats",
             Json::array({block(std::move(starters), "starters"), block(std::move(bench), "bench"),
                          Json{{"ttls", std::move(totals)}, {"type", "totals"}}})}};
}

UpstreamAnswer box_score(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const auto id = number_in(request, "gameId");
    const auto index =
        id ? kEspnGames.index_of(*id, almanac.season().fixtures.size()) : std::nullopt;
    if (!index) return html_answer("<html><body><h1>Page error</h1></body></html>", 404);
    const GameNow game = almanac.at(*index, now);
    const Score score = almanac.score_of(*index, now);
    const Status status = status_of(game.phase);
    Json teams = Json::array(), boxes = Json::array();
    for (const std::size_t side : {0U, 1U}) {
        const std::size_t team = almanac.team_on(*index, side);
        Json periods = Json::array();
        for (const auto& period : score.by_period)
            periods.push_back({{"displayValue", std::to_string(period[side])}});
        teams.push_back({{"id", std::to_string(espn_team(team))},
                         {"abbrev", team_facts()[team].tricode},
                         {"displayName", team_facts()[team].box_name},
                         {"isHome", side == 0},
                         {"linescores", std::move(periods)},
                         {"score", std::to_string(score.points[side])}});
    }
    if (game.phase == GamePhase::kFinal) {
        const Box box = almanac.box_of(*index, now);
        for (const std::size_t side : {1U, 0U})
            boxes.push_back(side_of_box(almanac, *index, box, side));
    }
    const Json package{
        {"gmStrp",
         {{"gid", game_id(*index)},
          {"dt", minute_text(game.tip_off)},
          {"seasonType", 2},
          {"status", {{"desc", status.words}, {"det", status.words}, {"state", status.state}}},
          {"tms", std::move(teams)}}},
        {"bxscr", std::move(boxes)}};
    const Json document{{"page", {{"content", {{"gamepackage", package}}}}}};
    return html_answer(fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><title>Box Score - ESPN</title></head><body>"
        "<div "
        "id=\"espnfitt\"></div>\n<script>window['__espnfitt__']={};</script>\n</body></html>\n",
        document.dump()));
}

}  // namespace

UpstreamAnswer answer_espn_api(const Almanac& almanac, const UpstreamRequest& request,
                               Instant now) {
    if (request.path == kScoreboard) return scoreboard(almanac, request, now);
    for (std::size_t team = 0; team < kTeams; ++team) {
        if (request.path == fmt::format("{}{}", kTeamsPath, espn_team(team)))
            return roster(almanac, team, now);
    }
    return not_found();
}

UpstreamAnswer answer_espn_page(const Almanac& almanac, const UpstreamRequest& request,
                                Instant now) {
    return request.path == kBoxScore ? box_score(almanac, request, now) : not_found();
}

}  // namespace tipoff::league
