/// `/v1/players` and `/v1/players/{id}`.

#include <array>
#include <nlohmann/json.hpp>

#include "base/names.h"
#include "serve/documents/player.h"
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

}  // namespace

std::vector<Route> player_routes(const Backend& backend) {
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
         .handler = [&database = backend.database](
                        const Request& request) { return players(database, request.arguments); }},
        {.method = "GET",
         .path = "/v1/players/{player_id}",
         .name = "get_player",
         .scope = Scope::kRead,
         .summary = "A player: recent games, newest features and forecasts, and accuracy",
         .parameters = {{.name = "player_id",
                         .type = ParameterType::kInteger,
                         .doc = "NBA.com's id; negative where it has none.",
                         .place = Parameter::Place::kPath},
                        {.name = "games",
                         .type = ParameterType::kInteger,
                         .doc = "Recent games at most.",
                         .usual = "10",
                         .least = 1,
                         .most = 100}},
         .responses = {json_doc("`player`, `recent_games`, `features`, `forecasts`, "
                                "`accuracy`."),
                       not_found_doc("There is no such player.")},
         .keeping = Keeping::kDataVersion,
         .handler = [&database = backend.database](const Request& request) -> Expected<Response> {
             TIPOFF_TRY(const Json document,
                        player_json(database, PlayerId{request.arguments.integer("player_id")},
                                    request.arguments.integer("games")));
             return json_response(document);
         }}};
}

}  // namespace tipoff::serve
