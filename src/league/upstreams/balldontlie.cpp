/// api.balldontlie.io: games, box scores, standings, players and injuries. Numbers of its own for
/// teams, players and games; names without accents; pages by a cursor. 401 without a key in
/// `Authorization`, whatever the key is.

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"

namespace tipoff::league {
namespace {

constexpr std::int64_t kMostPerPage = 100;
constexpr std::int64_t kUsualPerPage = 25;

Json team_json(std::size_t team) {
    const collect::Team& real = team_of_index(team);
    return {{"id", balldontlie_team(team)},
            {"conference", conference_name(team)},
            {"division", division_name(team_facts()[team].division)},
            {"city", real.city},
            {"name", real.nickname},
            {"full_name", real.full_name},
            {"abbreviation", real.tricode}};
}

Json player_json(const Almanac& almanac, PlayerIndex index) {
    const Player& player = almanac.player(index);
    const NameParts name = name_parts(player.name.plain);
    const Biography biography = biography_of(almanac, index);
    return {{"id", kBalldontliePlayers.of(index)},
            {"first_name", name.first},
            {"last_name", name.last},
            {"position", player.listed_position},
            {"height", biography.height()},
            {"weight", std::to_string(biography.weight_pounds)},
            {"jersey_number", biography.jersey},
            {"college", biography.college},
            {"country", biography.country},
            {"draft_year", nullptr},
            {"draft_round", nullptr},
            {"draft_number", nullptr}};
}

/// What a game's row has, wherever it stands.
Json game_json(const Almanac& almanac, const GameNow& game, Instant now) {
    const Score score = almanac.score_of(game.fixture, now);
    std::string status = "Final";
    std::string time = "Final";
    if (game.phase == GamePhase::kScheduled) {
        status = second_text(game.tip_off);
        time = "";
    } else if (game.phase == GamePhase::kPostponed) {
        status = "Postponed";
        time = "";
    } else if (game.phase == GamePhase::kInProgress) {
        static constexpr std::array<std::string_view, 4> kQuarters{"1st Qtr", "2nd Qtr", "3rd Qtr",
                                                                   "4th Qtr"};
        status = score.period <= 4
                     ? std::string(kQuarters.at(static_cast<std::size_t>(score.period) - 1))
                     : fmt::format("OT{}", score.period - 4);
        time = fmt::format("Q{} {}:{:02}", score.period, score.seconds_left / 60,
                           score.seconds_left % 60);
    }
    return {{"date", to_string(game.date)},
            {"season", almanac.season().options.season.start_year()},
            {"status", status},
            {"period", score.period},
            {"time", time},
            {"postseason", false},
            {"home_team_score", score.points[0]},
            {"visitor_team_score", score.points[1]}};
}

/// Some of `rows`, which are in the order of `ids`, and the cursor of what follows: the last id of
/// the page.
UpstreamAnswer page_of(Json rows, const std::vector<std::int64_t>& ids,
                       const UpstreamRequest& request) {
    const auto per_page = static_cast<std::size_t>(std::clamp(
        number_in(request, "per_page").value_or(kUsualPerPage), std::int64_t{1}, kMostPerPage));
    const std::int64_t after = number_in(request, "cursor").value_or(0);
    const auto begin = static_cast<std::size_t>(std::ranges::upper_bound(ids, after) - ids.begin());
    const std::size_t end = std::min(begin + per_page, ids.size());
    Json data = Json::array();
    for (std::size_t i = begin; i < end; ++i)
        data.push_back(std::move(rows[i]));
    Json meta{{"per_page", per_page}};
    if (end < ids.size()) {
        meta["next_cursor"] = ids[end - 1];
    } else if (end - begin == per_page) {
        meta["next_cursor"] = nullptr;
    }
    return json_answer({{"data", std::move(data)}, {"meta", std::move(meta)}});
}

UpstreamAnswer games(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    std::vector<GameNow> asked;
    for (const auto& [name, value] : request.query) {
        const auto date = name == "dates[]" ? parse_date(value) : parse_date("");
        if (!date) continue;
        const auto of_day = almanac.on(*date, now);
        asked.insert(asked.end(), of_day.begin(), of_day.end());
    }
    std::ranges::sort(asked, {}, &GameNow::fixture);
    Json rows = Json::array();
    std::vector<std::int64_t> ids;
    for (const GameNow& game : asked) {
        ids.push_back(kBalldontlieGames.of(game.fixture));
        Json row{{"id", ids.back()}};
        row.update(game_json(almanac, game, now));
        row["datetime"] = second_text(game.tip_off);
        row["home_team"] = team_json(almanac.team_on(game.fixture, 0));
        row["visitor_team"] = team_json(almanac.team_on(game.fixture, 1));
        rows.push_back(std::move(row));
    }
    return page_of(std::move(rows), ids, request);
}

Json line_json(const Almanac& almanac, const GamePlayerLine& line) {
    const BoxCounts& c = line.counts;
    return {{"min", line.played() ? fmt::format("{:02}", whole_minutes(line.tenths)) : "00"},
            {"fgm", c.field_goals_made},
            {"fga", c.field_goals_attempted},
            {"fg_pct", share(c.field_goals_made, c.field_goals_attempted)},
            {"fg3m", c.threes_made},
            {"fg3a", c.threes_attempted},
            {"fg3_pct", share(c.threes_made, c.threes_attempted)},
            {"ftm", c.free_throws_made},
            {"fta", c.free_throws_attempted},
            {"ft_pct", share(c.free_throws_made, c.free_throws_attempted)},
            {"oreb", c.offensive_rebounds},
            {"dreb", c.defensive_rebounds},
            {"reb", c.rebounds()},
            {"ast", c.assists},
            {"stl", c.steals},
            {"blk", c.blocks},
            {"turnover", c.turnovers},
            {"pf", c.fouls},
            {"pts", c.points},
            {"player", player_json(almanac, line.index)}};
}

UpstreamAnswer box_scores(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const auto date = day_in(request, "date");
    if (!date) return json_answer({{"error", "date is required"}}, 400);
    Json rows = Json::array();
    for (const GameNow& game : almanac.on(*date, now)) {
        Json row = game_json(almanac, game, now);
        for (std::size_t side = 0; side < 2; ++side) {
            Json team = team_json(almanac.team_on(game.fixture, side));
            team["players"] = Json::array();
            if (game.phase == GamePhase::kFinal) {
                const Box box = almanac.box_of(game.fixture, now);
                for (const GamePlayerLine& line : box.lines[side])
                    team["players"].push_back(line_json(almanac, line));
            }
            row[side == 0 ? "home_team" : "visitor_team"] = std::move(team);
        }
        rows.push_back(std::move(row));
    }
    return json_answer({{"data", std::move(rows)}});
}

/// Places from 1 by wins less losses, those of one group against each other.
std::array<int, kTeams> ranks(const std::array<TeamRecord, kTeams>& records,
                              std::size_t divisions_a_group) {
    std::array<int, kTeams> places{};
    const auto facts = team_facts();
    for (std::size_t team = 0; team < kTeams; ++team) {
        const auto key = [&](std::size_t one) {
            return std::pair(records[one].all.losses - records[one].all.wins, one);
        };
        for (std::size_t other = 0; other < kTeams; ++other) {
            const bool is_rival = facts[other].division / divisions_a_group ==
                                  facts[team].division / divisions_a_group;
            if (is_rival && key(other) <= key(team)) ++places[team];
        }
    }
    return places;
}

UpstreamAnswer standings(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const int year = almanac.season().options.season.start_year();
    Json rows = Json::array();
    if (number_in(request, "season") != year) return json_answer({{"data", std::move(rows)}});
    const auto records = records_at(almanac, now);
    const auto of_conference = ranks(records, 3);
    const auto of_division = ranks(records, 1);
    std::array<std::size_t, kTeams> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t team) {
        return std::pair(conference_name(team), of_conference[team]);
    });
    for (const std::size_t team : order) {
        const TeamRecord& record = records[team];
        rows.push_back({{"team", team_json(team)},
                        {"conference_record", to_string(record.conference)},
                        {"conference_rank", of_conference[team]},
                        {"division_record", to_string(record.division)},
                        {"division_rank", of_division[team]},
                        {"wins", record.all.wins},
                        {"losses", record.all.losses},
                        {"home_record", to_string(record.home)},
                        {"road_record", to_string(record.road)},
                        {"season", year}});
    }
    return json_answer({{"data", std::move(rows)}});
}

UpstreamAnswer active_players(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const GameDate today = eastern_date(now);
    Json rows = Json::array();
    std::vector<std::int64_t> ids;
    for (PlayerIndex index = 0; index < almanac.season().rosters.players.size(); ++index) {
        const std::size_t team = almanac.team_of(index, today);
        if (team == kNoTeam) continue;
        ids.push_back(kBalldontliePlayers.of(index));
        Json row = player_json(almanac, index);
        row["team"] = team_json(team);
        rows.push_back(std::move(row));
    }
    return page_of(std::move(rows), ids, request);
}

/// "Jan 9", of a year that nobody says.
std::string month_and_day(GameDate date) {
    const std::chrono::year_month_day day(date.day);
    return fmt::format("{} {}", month_name(date).substr(0, 3), static_cast<unsigned>(day.day()));
}

UpstreamAnswer injuries(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    std::vector<KnownInjury> known;
    for (std::size_t team = 0; team < kTeams; ++team) {
        const auto of_team = almanac.injuries_of(team, now);
        known.insert(known.end(), of_team.begin(), of_team.end());
    }
    // Who changed teams overnight is told of once, with what is newest.
    std::ranges::sort(known, [](const KnownInjury& a, const KnownInjury& b) {
        return std::tuple(a.player, b.fixture) < std::tuple(b.player, a.fixture);
    });
    const auto again = std::ranges::unique(known, {}, &KnownInjury::player);
    known.erase(again.begin(), again.end());
    Json rows = Json::array();
    std::vector<std::int64_t> ids;
    for (const KnownInjury& injury : known) {
        const std::size_t team = almanac.team_of(injury.player, eastern_date(now));
        const Player& player = almanac.player(injury.player);
        const Fixture& game = almanac.fixture(injury.fixture);
        const bool is_out = injury.is_over_games || game.date <= eastern_date(now);
        Json named = player_json(almanac, injury.player);
        named["team_id"] = balldontlie_team(team == kNoTeam ? injury.team : team);
        rows.push_back(
            {{"player", std::move(named)},
             {"return_date", month_and_day(game.date.plus_days(1))},
             {"description", fmt::format("{}: {} ({}) is {} for {}'s game.",
                                         month_and_day(eastern_date(injury.since)),
                                         name_parts(player.name.plain).last,
                                         injury.ailment.empty() ? "rest" : injury.ailment,
                                         is_out ? "out" : "in doubt", weekday_name(game.date))},
             {"status", is_out ? "Out" : "Day-To-Day"}});
        ids.push_back(kBalldontliePlayers.of(injury.player));
    }
    return page_of(std::move(rows), ids, request);
}

}  // namespace

UpstreamAnswer answer_balldontlie(const Almanac& almanac, const UpstreamRequest& request,
                                  Instant now) {
    if (request.header("Authorization").value_or("").empty()) {
        return {.status = 401, .headers = {{"Content-Type", "text/plain"}}, .body = "Unauthorized"};
    }
    if (request.path == "/v1/games") return games(almanac, request, now);
    if (request.path == "/v1/box_scores") return box_scores(almanac, request, now);
    if (request.path == "/v1/standings") return standings(almanac, request, now);
    if (request.path == "/v1/players/active") return active_players(almanac, request, now);
    if (request.path == "/v1/player_injuries") return injuries(almanac, request, now);
    return not_found();
}

}  // namespace tipoff::league
