/// `/v1/board`.

#include <nlohmann/json.hpp>

#include "serve/documents/board.h"
#include "serve/documents/board_context.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

Expected<Response> board(store::Database& database, const Arguments& arguments) {
    operate::BoardRequest request{.date = arguments.date("date"),
                                  .market = arguments.text("market"),
                                  .system_id = arguments.optional_text("system"),
                                  .player = arguments.optional_text("player"),
                                  .book = arguments.optional_text("book"),
                                  .min_edge = arguments.optional_number("min_edge"),
                                  .best_price = arguments.boolean("best_price"),
                                  .alternates = arguments.boolean("alternates"),
                                  .as_of = {}};
    if (const auto at = arguments.optional_instant("as_of")) request.as_of = AsOf{*at};
    const std::int64_t recent = arguments.integer("recent");
    request.is_wide = recent > 0;
    TIPOFF_TRY(const operate::Board made, operate::board(database, request));
    if (recent == 0) return json_response(board_json(made));
    Json document = board_json(made, BoardForm::kWide);
    TIPOFF_TRY(document["recent"], recent_games_json(database, request, made, recent));
    TIPOFF_TRY(document["games"], board_games_json(database, request));
    return json_response(document);
}

}  // namespace

std::vector<Route> board_routes(const Backend& backend) {
    return {
        {.method = "GET",
         .path = "/v1/board",
         .name = "get_board",
         .scope = Scope::kRead,
         .summary = "The board of a date: forecasts beside the lines they were held against",
         .parameters =
             {date_parameter(),
              market_parameter(),
              system_parameter("Only this system."),
              {.name = "player", .doc = "Part of a name; accents and case do not matter."},
              {.name = "book", .doc = "Only this sportsbook."},
              {.name = "min_edge",
               .type = ParameterType::kNumber,
               .doc = "Least difference from the price's chance: 0.05 is five points in a "
                      "hundred."},
              {.name = "best_price",
               .type = ParameterType::kBoolean,
               .doc = "Of the same line at several books, only the best paid.",
               .usual = "false"},
              {.name = "alternates",
               .type = ParameterType::kBoolean,
               .doc = "Lines beside each book's main one as well.",
               .usual = "false"},
              {.name = "as_of",
               .type = ParameterType::kInstant,
               .doc = "The board as it was at this instant; the newest otherwise."},
              {.name = "recent",
               .type = ParameterType::kInteger,
               .doc = "With more than 0: so many of each player's last games (`recent`), the "
                      "date's `games`, and in each row what a page draws.",
               .usual = "0",
               .least = 0,
               .most = 20}},
         .responses = {json_doc("What `tipoff picks --format json` prints. With `recent`: `recent` "
                                "and `games`; rows have `is_home`, `quantiles` and "
                                "`contributions`.")},
         .keeping = Keeping::kDataVersion,
         .handler = [&database = backend.database](const Request& request) {
             return board(database, request.arguments);
         }}};
}

}  // namespace tipoff::serve
