/// `/v1/games`.

#include <array>
#include <nlohmann/json.hpp>

#include "serve/documents/team_codes.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

constexpr std::int64_t kUsualGames = 100;
constexpr std::array<std::string_view, 2> kTeamColumns{"home_team", "away_team"};

Expected<Response> games(store::Database& database, const Arguments& arguments) {
    TIPOFF_TRY(const store::DateScope dates, dates_of(arguments));
    TIPOFF_TRY(const Page page,
               read_page(database,
                         {.select = "SELECT game_id, game_date, season, season_type, tip_off, "
                                    "status, home_team_id AS home_team, away_team_id AS away_team, "
                                    "home_points, away_points, overtime_periods, arena, city, "
                                    "integrity, known_at FROM analytics.game "
                                    "WHERE game_date BETWEEN $1 AND $2",
                          .values = {dates.from, dates.to},
                          .key = {"tip_off", "game_id"}},
                         arguments));
    Listing listing = to_listing(page.rows);
    show_teams(listing, kTeamColumns);
    return json_response(page_json(listing, page.next, "games"));
}

}  // namespace

std::vector<Route> game_routes(const Backend& backend) {
    return {{.method = "GET",
             .path = "/v1/games",
             .name = "list_games",
             .scope = Scope::kRead,
             .summary = "Games of a date or of a range of dates, in the order of tip-off",
             .parameters =
                 with_pages({date_parameter(), from_parameter(), to_parameter()}, kUsualGames),
             .responses = {json_doc("`games` and `next_cursor`.")},
             .keeping = Keeping::kDataVersion,
             .handler = [&database = backend.database](const Request& request) {
                 return games(database, request.arguments);
             }}};
}

}  // namespace tipoff::serve
