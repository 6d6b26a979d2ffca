#include "serve/documents/player_season.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "serve/documents/player_games.h"
#include "serve/documents/player_head.h"
#include "serve/documents/team_codes.h"

namespace tipoff::serve {
namespace {

/// Of each game and system the last forecast before tip-off, live before backfill, and the main
/// line that it would be bet at: of the books' the middle one, the lower of the two in the middle.
constexpr std::string_view kSaid = R"sql(
WITH said AS (
    SELECT p.*, g.home_team_id, row_number() OVER (PARTITION BY p.game_id, p.system_id
                                                   ORDER BY p.origin DESC, p.as_of DESC) AS place
    FROM predictions.player_prop_prediction p JOIN analytics.game g ON g.game_id = p.game_id
    WHERE p.player_id = $1 AND p.market = $2 AND p.season = $3 AND p.as_of <= g.tip_off
), lined AS (
    SELECT game_id, system_id, as_of, origin, line_value, p_over, p_push,
           row_number() OVER (PARTITION BY game_id, system_id, as_of, origin ORDER BY line_value, book) AS place,
           count(*) OVER (PARTITION BY game_id, system_id, as_of, origin) AS books
    FROM predictions.pick WHERE player_id = $1 AND market = $2 AND is_main_line
)
SELECT s.game_id, s.game_date, s.opponent_team_id, s.team_id = s.home_team_id, s.system_id, s.as_of, s.origin, s.mean,
       s.minutes, s.quantile_025, s.quantile_10, s.quantile_25, s.median, s.quantile_75, s.quantile_90,
       s.quantile_975, l.line_value, l.p_over, l.p_push
FROM said s LEFT JOIN lined l ON l.game_id = s.game_id AND l.system_id = s.system_id AND l.as_of = s.as_of
    AND l.origin = s.origin AND 2 * l.place IN (l.books, l.books + 1)
WHERE s.place = 1 ORDER BY s.game_date, s.game_id, s.system_id
)sql";

enum Place : std::size_t {
    kGame,
    kDate,
    kOpponent,
    kIsHome,
    kSystem,
    kAsOf,
    kOrigin,
    kMean,
    kMinutes,
    kFirstQuantile,
    kLine = kFirstQuantile + 7,
    kPOver,
    kPPush
};

/// What is the same whether he played or was only expected to.
Json game_json(GameId game, GameDate date, TeamId opponent, bool is_home) {
    return {{"game_id", to_string(game)},
            {"game_date", to_string(date)},
            {"opponent", tricode_json(opponent)},
            {"is_home", is_home},
            {"minutes", nullptr},
            {"actual", nullptr},
            {"line", nullptr},
            {"rest_days", nullptr},
            {"forecasts", Json::array()}};
}

Json forecast_json(const std::vector<store::Column>& data, std::size_t i) {
    const auto cell = [&](std::size_t place) { return json_value(to_cell(data[place], i)); };
    Json quantiles = Json::array();
    for (std::size_t q = 0; q < 7; ++q)
        quantiles.push_back(cell(kFirstQuantile + q));
    return {
        {"system", cell(kSystem)}, {"as_of", cell(kAsOf)},      {"origin", cell(kOrigin)},
        {"mean", cell(kMean)},     {"minutes", cell(kMinutes)}, {"quantiles", std::move(quantiles)},
        {"line", cell(kLine)},     {"p_over", cell(kPOver)},    {"p_push", cell(kPPush)}};
}

/// By date and game.
using Games = std::map<std::pair<GameDate, GameId>, Json>;

Status add_forecasts(store::Database& database, const PlayerSeasonRequest& request, Season season,
                     Games& games) {
    TIPOFF_TRY(const store::Columns said,
               database.read(kSaid, {request.player.value, std::string(to_string(request.market)),
                                     to_string(season)}));
    const auto& data = said.data;
    for (std::size_t i = 0; i < said.rows(); ++i) {
        const auto game = store::ColumnCodec<GameId>::get(data[kGame], i);
        const auto date = store::ColumnCodec<GameDate>::get(data[kDate], i);
        const auto [place, is_new] = games.try_emplace({date, game});
        Json& document = place->second;
        if (is_new)
            document = game_json(game, date, TeamId{data[kOpponent].integer(i)},
                                 data[kIsHome].integer(i) != 0);
        Json forecast = forecast_json(data, i);
        // The line is a game's; systems that looked from other instants may have met others.
        if (document["line"].is_null()) document["line"] = forecast["line"];
        document["forecasts"].push_back(std::move(forecast));
    }
    return {};
}

Expected<Games> games_of(store::Database& database, const PlayerSeasonRequest& request,
                         Season season) {
    Games games;
    TIPOFF_TRY(const auto boxes, box_scores_of(database, request.player, season));
    for (const conform::PlayerGame& box : boxes) {
        Json document = game_json(box.game_id, box.game_date, box.opponent_team_id, box.is_home);
        document["minutes"] = box.minutes;
        if (const auto actual = outcome_of(box, request.market)) document["actual"] = *actual;
        games.emplace(std::pair(box.game_date, box.game_id), std::move(document));
    }
    TIPOFF_CHECK(add_forecasts(database, request, season, games));
    TIPOFF_TRY(const auto before, known_before(database, request.player, season));
    for (auto& [key, document] : games) {
        const KnownBefore* known = find_game(before, key.second);
        if (known != nullptr && known->days_rest) document["rest_days"] = *known->days_rest;
    }
    return games;
}

}  // namespace

Expected<Json> player_season_json(store::Database& database, const PlayerSeasonRequest& request) {
    Json document;
    TIPOFF_TRY(document["player"], player_head(database, request.player));
    TIPOFF_TRY(const auto seasons, seasons_of(database, request.player));
    document["seasons"] = Json::array();
    for (const Season season : seasons)
        document["seasons"].push_back(to_string(season));
    document["season"] = nullptr;
    document["market"] = to_string(request.market);
    document["games"] = Json::array();
    if (!request.season && seasons.empty()) return document;
    const Season season = request.season ? *request.season : seasons.front();
    document["season"] = to_string(season);
    TIPOFF_TRY(Games games, games_of(database, request, season));
    for (auto& [key, game] : games)
        document["games"].push_back(std::move(game));
    return document;
}

}  // namespace tipoff::serve
