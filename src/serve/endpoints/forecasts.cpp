/// `/v1/forecasts`.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "serve/documents/team_codes.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

constexpr std::int64_t kUsualForecasts = 500;

Expected<Response> forecasts(store::Database& database, const Arguments& arguments) {
    PagedQuery query{
        .select =
            "SELECT game_id, player_id, market, system_id AS system, as_of, origin, "
            "game_date, team_id AS team, opponent_team_id AS opponent, mean, sd, median, "
            "quantile_025, quantile_10, quantile_25, quantile_75, quantile_90, quantile_975, "
            "minutes, p_plays, quality_grade, degraded, members, contributions "
            "FROM predictions.player_prop_prediction WHERE true",
        .values = {},
        .key = {"game_date", "game_id", "player_id", "market", "system", "as_of", "origin"}};
    const auto demand = [&query](std::string_view condition, store::Value value) {
        query.values.push_back(std::move(value));
        query.select += fmt::format(" AND {} ${}", condition, query.values.size());
    };
    const auto date = arguments.optional_date("date");
    const auto player = arguments.optional_integer("player_id");
    if (!date && !player)
        return fail(ErrorCode::kInvalidInput, "date: is missing",
                    "give date, player_id or both of them");
    if (date) demand("game_date =", *date);
    if (player) demand("player_id =", *player);
    if (const auto market = arguments.optional_text("market")) demand("market =", *market);
    if (const auto system = arguments.optional_text("system")) demand("system_id =", *system);
    TIPOFF_TRY(const Page page, read_page(database, query, arguments));
    Listing listing = to_listing(page.rows);
    show_teams(listing, kTeamAndOpponent);
    return json_response(page_json(listing, page.next, "forecasts"));
}

}  // namespace

std::vector<Route> forecast_routes(const Backend& backend) {
    return {{.method = "GET",
             .path = "/v1/forecasts",
             .name = "list_forecasts",
             .scope = Scope::kRead,
             .summary = "Forecasts as they were made, of a date or of a player",
             .parameters = with_pages(
                 {{.name = "date", .type = ParameterType::kDate, .doc = "The league's day."},
                  {.name = "player_id", .type = ParameterType::kInteger, .doc = "The player."},
                  any_market_parameter(),
                  system_parameter("Only this system.")},
                 kUsualForecasts),
             .responses = {json_doc("`forecasts`, every as-of of them, and `next_cursor`.")},
             .keeping = Keeping::kDataVersion,
             .handler = [&database = backend.database](const Request& request) {
                 return forecasts(database, request.arguments);
             }}};
}

}  // namespace tipoff::serve
