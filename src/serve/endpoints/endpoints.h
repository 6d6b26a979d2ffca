#pragma once
/// The API's reading part: one function a file, each a list of routes.

#include <string>
#include <vector>

#include "serve/backend.h"
#include "serve/route.h"

namespace tipoff::serve {

[[nodiscard]] std::vector<Route> board_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> game_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> player_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> forecast_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> accuracy_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> operation_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> export_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> event_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> health_routes(const Backend& backend);
[[nodiscard]] std::vector<Route> metrics_routes(const Backend& backend);

/// All of the above.
[[nodiscard]] std::vector<Route> reading_routes(const Backend& backend);

// What several of them declare.

/// `date`, the league's day; today where it is not given.
[[nodiscard]] Parameter date_parameter();
/// `from` and `to`, in place of `date`.
[[nodiscard]] Parameter from_parameter();
[[nodiscard]] Parameter to_parameter();
/// What the three of them say; `kInvalidInput` where one of the two is missing or before the other.
Expected<store::DateScope> dates_of(const Arguments& arguments);
/// What is added up over more days than a season has is refused (`kInvalidInput`).
Status check_span(const store::DateScope& dates);
/// One of the markets, points where it is not given.
[[nodiscard]] Parameter market_parameter();
/// One of the markets, or all where it is not given.
[[nodiscard]] Parameter any_market_parameter();
[[nodiscard]] Parameter system_parameter(std::string doc);

/// 200 with a JSON document.
[[nodiscard]] ResponseDoc json_doc(std::string doc);
[[nodiscard]] ResponseDoc not_found_doc(std::string doc);

}  // namespace tipoff::serve
