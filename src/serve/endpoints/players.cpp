/// `/v1/players` and what is asked of one of them.

#include <array>
#include <nlohmann/json.hpp>

#include "base/names.h"
#include "serve/documents/player.h"
#include "serve/documents/player_features.h"
#include "serve/documents/player_season.h"
#include "serve/documents/player_shots.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

constexpr std::int64_t kUsualPlayers = 50;

Expected<Response> players(store::Database& database, const Arguments& arguments) {
    TIPOFF_TRY(const Page page,
               read_page(database,
                         {.select = "SELECT player_id, player_name AS name, folded_name, "
                                    "first_seen, last_seen FROM ref.player "
                                    "WHERE strpos(folded_name, $1) > 0",
                          .values = {fold_name(arguments.text("name"))},
                          .key = {"folded_name", "player_id"}},
                         arguments));
    return json_response(page_json(to_listing(page.rows), page.next, "players"));
}

Parameter player_parameter() {
    return {.name = "player_id",
            .type = ParameterType::kInteger,
            .doc = "NBA.com's id; negative where it has none.",
            .place = Parameter::Place::kPath};
}

Parameter season_parameter() {
    return {.name = "season", .doc = "\"2022-23\"; his newest where it is not given."};
}

PlayerId player_of(const Arguments& arguments) { return PlayerId{arguments.integer("player_id")}; }

Expected<PlayerSeasonRequest> season_request(const Arguments& arguments) {
    PlayerSeasonRequest request{.player = player_of(arguments), .season = {}, .market = {}};
    TIPOFF_TRY(request.market, parse_market(arguments.text("market")));
    if (const auto text = arguments.optional_text("season")) {
        const auto season = Season::parse(*text);
        if (!season)
            return fail(ErrorCode::kInvalidInput, "season: " + season.error().message(),
                        season.error().hint());
        request.season = *season;
    }
    return request;
}

/// A route of one player, whose document `make` gives.
template <class Make>
Route player_route(store::Database& database, Route route, Make make) {
    route.method = "GET";
    route.scope = Scope::kRead;
    route.parameters.insert(route.parameters.begin(), player_parameter());
    route.responses.push_back(not_found_doc("There is no such player."));
    route.keeping = Keeping::kDataVersion;
    route.handler = [&database, make](const Request& request) -> Expected<Response> {
        TIPOFF_TRY(const Json document, make(database, request.arguments));
        return json_response(document);
    };
    return route;
}

Expected<Json> whole_player(store::Database& database, const Arguments& arguments) {
    return player_json(database, player_of(arguments), arguments.integer("games"));
}

Expected<Json> season(store::Database& database, const Arguments& arguments) {
    TIPOFF_TRY(const auto request, season_request(arguments));
    return player_season_json(database, request);
}

Expected<Json> splits(store::Database& database, const Arguments& arguments) {
    TIPOFF_TRY(const auto request, season_request(arguments));
    return player_splits_json(database, request);
}

Expected<Json> shots(store::Database& database, const Arguments& arguments) {
    return player_shots_json(database, player_of(arguments), arguments.date("date"));
}

Expected<Json> features(store::Database& database, const Arguments& arguments) {
    return player_features_json(database, player_of(arguments), arguments.date("date"));
}

}  // namespace

std::vector<Route> player_routes(const Backend& backend) {
    store::Database& database = backend.database;
    return {
        {.method = "GET",
         .path = "/v1/players",
         .name = "list_players",
         .scope = Scope::kRead,
         .summary = "Players by a part of their name",
         .parameters = with_pages({{.name = "name",
                                    .doc = "Part of a name; accents and case do not matter.",
                                    .required = true}},
                                  kUsualPlayers),
         .responses = {json_doc("`players` and `next_cursor`.")},
         .keeping = Keeping::kDataVersion,
         .handler =
             [&database](const Request& request) { return players(database, request.arguments); }},
        player_route(database,
                     {.path = "/v1/players/{player_id}",
                      .name = "get_player",
                      .summary = "A player: recent games, newest features and forecasts, and "
                                 "accuracy",
                      .parameters = {{.name = "games",
                                      .type = ParameterType::kInteger,
                                      .doc = "Recent games at most.",
                                      .usual = "10",
                                      .least = 1,
                                      .most = 100}},
                      .responses = {json_doc("`player`, `recent_games`, `features`, `forecasts`, "
                                             "`accuracy`.")}},
                     whole_player),
        player_route(
            database,
            {.path = "/v1/players/{player_id}/season",
             .name = "get_player_season",
             .summary = "A player's season game by game: what he did, the line, and each "
                        "system's last forecast before tip-off",
             .parameters = {season_parameter(), market_parameter()},
             .responses = {json_doc("`player`, `seasons`, `season`, `market`, and `games`, "
                                    "the oldest first.")}},
            season),
        player_route(database,
                     {.path = "/v1/players/{player_id}/splits",
                      .name = "get_player_splits",
                      .summary = "A player's season by venue, rest, opponent, starting and month",
                      .parameters = {season_parameter(), market_parameter()},
                      .responses = {json_doc("`player`, `season`, `market`, and `splits` with "
                                             "`by`, `value`, `games`, `mean`, `sd`, `minutes`.")}},
                     splits),
        player_route(database,
                     {.path = "/v1/players/{player_id}/shots",
                      .name = "get_player_shots",
                      .summary = "Where a player shot from in the season before a date, beside the "
                                 "league and that date's opponent",
                      .parameters = {date_parameter()},
                      .responses = {json_doc("`zones`, `attempts` (the newest 500), `opponent`, "
                                             "`window`, and `why` something is not known.")}},
                     shots),
        player_route(
            database,
            {.path = "/v1/players/{player_id}/features",
             .name = "get_player_features",
             .summary = "The newest features of a player at or before a date, with what "
                        "they mean and where they come from",
             .parameters = {date_parameter()},
             .responses = {json_doc("`as_of`, `quality_grade`, what stands behind the row, "
                                    "and `features`, the list in its order.")}},
            features)};
}

}  // namespace tipoff::serve
