#include "serve/documents/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace tipoff::serve {

Json json_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json_value(const Cell& cell) {
    return std::visit(
        [](const auto& value) -> Json {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_same_v<T, double>) {
                return json_number(value);
            } else {
                return value;
            }
        },
        cell.value());
}

Json json_rows(const Listing& listing) {
    Json rows = Json::array();
    for (const Row& row : listing.rows) {
        Json object = Json::object();
        for (std::size_t i = 0; i < row.size(); ++i) {
            object[listing.columns[i]] = json_value(row[i]);
        }
        rows.push_back(std::move(object));
    }
    return rows;
}

std::string json_line(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tipoff::serve
