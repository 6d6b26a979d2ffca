#include "serve/endpoints/endpoints.h"

#include <fmt/core.h>

#include "conform/market.h"
#include "forecast/systems.h"

namespace tipoff::serve {
namespace {

/// More than any season, with its summer.
constexpr int kMostDays = 400;

std::vector<std::string> market_words() {
    std::vector<std::string> words;
    words.reserve(kMarkets.size());
    for (const Market market : kMarkets)
        words.emplace_back(to_string(market));
    return words;
}

}  // namespace

std::vector<Route> reading_routes(const Backend& backend) {
    std::vector<Route> routes;
    for (const auto make :
         {board_routes, game_routes, player_routes, forecast_routes, accuracy_routes,
          operation_routes, event_routes, export_routes, health_routes, metrics_routes}) {
        for (Route& route : make(backend))
            routes.push_back(std::move(route));
    }
    return routes;
}

Parameter date_parameter() {
    return {
        .name = "date", .type = ParameterType::kDate, .doc = "The league's day.", .usual = "today"};
}

Parameter from_parameter() {
    return {.name = "from",
            .type = ParameterType::kDate,
            .doc = "First day; with `to`, in place of `date`."};
}

Parameter to_parameter() {
    return {.name = "to", .type = ParameterType::kDate, .doc = "Last day; goes with `from`."};
}

Expected<store::DateScope> dates_of(const Arguments& arguments) {
    const auto from = arguments.optional_date("from");
    const auto to = arguments.optional_date("to");
    if (!from && !to) return store::DateScope{arguments.date("date"), arguments.date("date")};
    if (!from || !to)
        return fail(ErrorCode::kInvalidInput, from ? "to: is missing" : "from: is missing",
                    "from and to go together");
    if (*to < *from) return fail(ErrorCode::kInvalidInput, "to: is before from");
    return store::DateScope{*from, *to};
}

Status check_span(const store::DateScope& dates) {
    if (days_between(dates.from, dates.to) < kMostDays) return {};
    return fail(ErrorCode::kInvalidInput,
                fmt::format("from: more than {} days are not added up at once", kMostDays),
                "ask season by season");
}

Parameter market_parameter() {
    return {.name = "market",
            .type = ParameterType::kChoice,
            .doc = "The statistic.",
            .usual = "points",
            .choices = market_words()};
}

Parameter any_market_parameter() {
    return {.name = "market",
            .type = ParameterType::kChoice,
            .doc = "The statistic; all of them otherwise.",
            .choices = market_words()};
}

Parameter system_parameter(std::string doc) {
    return {.name = "system",
            .type = ParameterType::kChoice,
            .doc = std::move(doc),
            .choices = {forecast::kSystemIds.begin(), forecast::kSystemIds.end()}};
}

ResponseDoc json_doc(std::string doc) {
    return {.status = 200, .media_type = std::string(kJsonType), .doc = std::move(doc)};
}

ResponseDoc not_found_doc(std::string doc) {
    return {.status = 404, .media_type = std::string(kProblemType), .doc = std::move(doc)};
}

}  // namespace tipoff::serve
