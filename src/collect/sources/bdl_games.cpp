/// Games of balldontlie: GET /v1/games?dates[]=2025-02-20, in pages.
///
/// `date` is the Eastern day and `datetime` the tip-off in UTC; `season` is the year in which the
/// season begins. `postseason` is true of playoff games; false says little, for the cup's final and
/// games before the season are not told apart from the rest, so no season type is stated then. A
/// game that has not begun has scores of 0.

#include <fmt/core.h>

#include <set>
#include <utility>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/bdl.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

std::int32_t points_of(const JsonValue& row, std::string_view key) {
    const std::int64_t points = row.integer(key);
    if (points < 0) row.wrong(fmt::format("has a {} of {}", key, points));
    return static_cast<std::int32_t>(points);
}

void read_tip_off(const JsonValue& row, StatedGame& game) {
    const auto tip_off = row.optional_text("datetime");
    // Of a game that was put off it is the old hour or the new one.
    if (!row.is_sound() || !tip_off || game.status == "postponed") return;
    const auto at = parse_instant(*tip_off);
    if (!at) return row.wrong(fmt::format("has datetime '{}', which is no instant", *tip_off));
    if (eastern_date(*at) != game.game_date) {
        row.wrong(fmt::format("has datetime '{}', which is not on {} in Eastern time", *tip_off,
                              to_string(game.game_date)));
    }
    game.tip_off = *at;
}

void read_points(const JsonValue& row, StatedGame& game) {
    if (game.status != "final" && game.status != "in_progress") return;
    game.home_points = points_of(row, "home_team_score");
    game.away_points = points_of(row, "visitor_team_score");
    if (game.status == "final" && *game.home_points == *game.away_points)
        row.wrong(fmt::format("is final, {} to {}", *game.home_points, *game.away_points));
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    Reading reading;
    std::set<std::string> games;
    std::set<std::pair<GameDate, TeamId>> playing;
    for (const JsonValue& row : root.array("data")) {
        const JsonValue home = row.object("home_team");
        const JsonValue away = row.object("visitor_team");
        const Team* home_team = bdl_team(home);
        const Team* away_team = bdl_team(away);
        StatedGame game{
            .source_game_id = bdl_id(row), .game_date = bdl_date(row), .status = bdl_status(row)};
        if (row.boolean("postseason")) game.season_type = SeasonType::kPlayoffs;
        read_tip_off(row, game);
        read_points(row, game);
        if (!shape.is_sound()) break;
        if (!games.insert(game.source_game_id).second) row.wrong("is a game's second row");
        const std::string title =
            fmt::format("{} at {}", away.text("full_name"), home.text("full_name"));
        if (home_team == nullptr || away_team == nullptr) {
            reading.notes.push_back(fmt::format("left out: {}, not both of the league", title));
            continue;
        }
        game.home_team_id = home_team->team_id;
        game.away_team_id = away_team->team_id;
        if (const std::string problem = not_as_asked(game, ask); !problem.empty())
            row.wrong(problem);
        if (game.status == "canceled") {
            reading.notes.push_back(fmt::format("left out: {}, canceled", title));
            continue;
        }
        for (const Team* team : {home_team, away_team}) {
            if (!playing.emplace(game.game_date, team->team_id).second)
                row.wrong(fmt::format("is {}'s second game of the day", team->tricode));
        }
        reading.records.games.push_back(std::move(game));
    }
    reading.next_cursor = bdl_next_cursor(root);
    if (!shape.is_sound()) return malformed(shape);
    if (reading.records.games.empty()) {
        const bool is_whole_season = ask.season && !ask.date;
        reading.outcome = {
            is_whole_season ? OutcomeKind::kEmptyUnexpected : OutcomeKind::kEmptyLegal, "no games"};
    }
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_date(scope, [](GameDate date) {
        return url_with("https://api.balldontlie.io/v1/games",
                        {{"dates[]", to_string(date)}, {"per_page", "100"}});
    });
}

}  // namespace

const Source kBdlGames{
    .name = "bdl_games",
    .also_called = {},
    .what = "balldontlie: games, with their scores",
    .read = &read,
    .asking = {.plan = &plan, .key = kBdlKey, .paging = Paging::kCursor},
    .expectation = {.has_games = DueGames::kUpToADayOn, .null_shares = kGameShares}};

}  // namespace tipoff::collect
