#include "serve/paging.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "serve/cursor.h"

namespace tipoff::serve {
namespace {

/// Tells the list from others: what is asked and with which values.
std::string name_of(const PagedQuery& query) {
    // A first place in the list of values is as good as a text of them.
    return query.select + cursor_text("", query.values);
}

store::Values key_of(const store::Columns& rows, std::size_t row,
                     const std::vector<std::string>& names) {
    store::Values key;
    for (const std::string& name : names) {
        const auto column = std::ranges::find(rows.names, name);
        require(column != rows.names.end(), "a page's key is not in its rows");
        key.push_back(
            value_at(rows.data[static_cast<std::size_t>(column - rows.names.begin())], row));
    }
    return key;
}

/// The first `count` rows.
store::Columns first_rows(const store::Columns& rows, std::size_t count) {
    store::Columns first{.names = rows.names, .data = {}};
    for (const store::Column& column : rows.data)
        first.data.push_back(column.slice(0, count));
    return first;
}

}  // namespace

std::vector<Parameter> page_parameters(std::int64_t usual_limit) {
    return {{.name = "limit",
             .type = ParameterType::kInteger,
             .doc = "Rows at most.",
             .usual = fmt::format("{}", usual_limit),
             .least = 1,
             .most = kMostRows},
            {.name = "cursor", .doc = "`next_cursor` of the page before."}};
}

std::vector<Parameter> with_pages(std::vector<Parameter> parameters, std::int64_t usual_limit) {
    for (Parameter& parameter : page_parameters(usual_limit))
        parameters.push_back(std::move(parameter));
    return parameters;
}

template <class Reader>
Expected<Page> read_page(Reader& reader, const PagedQuery& query, std::int64_t limit,
                         std::string_view cursor) {
    std::string sql = fmt::format("SELECT * FROM ({}) AS listed", query.select);
    store::Values values = query.values;
    if (!cursor.empty()) {
        TIPOFF_TRY(store::Values key, read_cursor(name_of(query), cursor));
        if (key.size() != query.key.size())
            return fail(ErrorCode::kInvalidInput, "cursor: it is none of this list");
        std::string places;
        for (store::Value& value : key) {
            values.push_back(std::move(value));
            places += fmt::format("{}${}", places.empty() ? "" : ", ", values.size());
        }
        sql += fmt::format(" WHERE ({}) {} ({})", fmt::join(query.key, ", "),
                           query.descending ? '<' : '>', places);
    }
    const std::string_view direction = query.descending ? " DESC" : "";
    for (std::size_t i = 0; i < query.key.size(); ++i)
        sql += fmt::format("{} {}{}", i == 0 ? " ORDER BY" : ",", query.key[i], direction);
    // One more, by which it is seen that there is more.
    sql += fmt::format(" LIMIT {}", limit + 1);
    TIPOFF_TRY(store::Columns rows, reader.read(sql, values));
    const auto most = static_cast<std::size_t>(limit);
    if (rows.rows() <= most) return Page{.rows = std::move(rows), .next = {}};
    return Page{.rows = first_rows(rows, most),
                .next = cursor_text(name_of(query), key_of(rows, most - 1, query.key))};
}

template Expected<Page> read_page(store::Database&, const PagedQuery&, std::int64_t,
                                  std::string_view);
template Expected<Page> read_page(store::Transaction&, const PagedQuery&, std::int64_t,
                                  std::string_view);

Expected<Page> read_page(store::Database& database, const PagedQuery& query,
                         const Arguments& arguments) {
    return read_page(database, query, arguments.integer("limit"),
                     arguments.optional_text("cursor").value_or(""));
}

Json page_json(const Listing& rows, const std::string& next, std::string_view name) {
    Json document = Json::object();
    document[std::string(name)] = json_rows(rows);
    document["next_cursor"] = next.empty() ? Json(nullptr) : Json(next);
    return document;
}

Response json_response(const Json& document) {
    return {.content = make_content(kJsonType, json_line(document))};
}

}  // namespace tipoff::serve
