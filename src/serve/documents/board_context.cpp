#include "serve/documents/board_context.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "serve/documents/team_codes.h"

namespace tipoff::serve {
namespace {

constexpr std::array<std::string_view, 2> kSides{"away", "home"};
constexpr std::array<std::string_view, 1> kOpponent{"opponent"};

/// Lines are those of the home side's context, unless that looks from a later instant.
constexpr std::string_view kGames = R"sql(
SELECT g.game_id, g.tip_off, g.away_team_id AS away, g.home_team_id AS home, c.home_spread AS spread,
       c.game_total AS total, g.status AS state, g.away_points AS away_score, g.home_points AS home_score
FROM analytics.game g
LEFT JOIN analytics.upcoming_team_game_context c ON c.game_id = g.game_id AND c.team_id = g.home_team_id
    AND (CAST($2 AS TIMESTAMPTZ) IS NULL OR c.as_of <= $2)
WHERE g.game_date = $1 ORDER BY g.tip_off, g.game_id
)sql";

/// A game that the fold of features would count: one with minutes. A correction (`revision`) says
/// nothing of when the game itself became known; that was by the morning after it.
constexpr std::string_view kRecent = R"sql(
SELECT player_id, game_date, opponent_team_id AS opponent, is_home, minutes, points, rebounds, assists,
       three_pointers_made AS threes, points + rebounds + assists AS pra
FROM (SELECT *, row_number() OVER (PARTITION BY player_id ORDER BY game_date DESC, game_id DESC) AS place
      FROM analytics.player_game_summary
      WHERE game_date < $1 AND minutes > 0
          AND (CAST($2 AS TIMESTAMPTZ) IS NULL OR (game_date < CAST($3 AS DATE) AND (known_at <= $2 OR revision > 0)))
          AND player_id IN (SELECT player_id FROM predictions.player_prop_prediction
                            WHERE game_date = $1 AND market = $4)) AS played
WHERE place <= $5 ORDER BY player_id, place
)sql";

store::Value asked_instant(const operate::BoardRequest& request) {
    return request.as_of ? store::Value(request.as_of->at) : store::Value(nullptr);
}

}  // namespace

Expected<Json> board_games_json(store::Database& database, const operate::BoardRequest& request) {
    TIPOFF_TRY(const store::Columns found,
               database.read(kGames, {request.date, asked_instant(request)}));
    Listing listing = to_listing(found);
    show_teams(listing, kSides);
    return json_rows(listing);
}

Expected<Json> recent_games_json(store::Database& database, const operate::BoardRequest& request,
                                 const operate::Board& board, std::int64_t most) {
    const GameDate today = request.as_of ? eastern_date(request.as_of->at) : request.date;
    TIPOFF_TRY(const store::Columns found,
               database.read(kRecent,
                             {request.date, asked_instant(request), today, request.market, most}));
    std::set<std::int64_t> players;
    for (const operate::BoardRow& row : board.rows)
        players.insert(row.player_id.value);
    Listing listing = to_listing(found);
    show_teams(listing, kOpponent);
    Json document = Json::object();
    for (Json& game : json_rows(listing)) {
        const auto player = game["player_id"].get<std::int64_t>();
        if (!players.contains(player)) continue;
        game.erase("player_id");
        document[std::to_string(player)].push_back(std::move(game));
    }
    return document;
}

}  // namespace tipoff::serve
