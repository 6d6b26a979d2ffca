#pragma once
/// Long lists in pages: `limit` rows, and a cursor that the next page goes on from.
///
/// A cursor names the last row by its key, so that rows that come or go meanwhile neither repeat
/// nor hide others. Nobody has to know what is in it; one of another query is refused.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "serve/arguments.h"
#include "serve/documents/json.h"
#include "serve/message.h"
#include "store/database.h"

namespace tipoff::serve {

inline constexpr std::int64_t kMostRows = 1'000;

/// `limit` and `cursor`, to be declared by every route with pages.
[[nodiscard]] std::vector<Parameter> page_parameters(std::int64_t usual_limit);

/// The same after others.
[[nodiscard]] std::vector<Parameter> with_pages(std::vector<Parameter> parameters,
                                                std::int64_t usual_limit);

struct PagedQuery {
    std::string select;  ///< "SELECT ... FROM ... WHERE ...", without an order
    store::Values values;
    std::vector<std::string> key;  ///< columns of the result that no two rows share; never NULL
    bool descending = false;
};

/// All columns of a table, in its order; conditions may follow.
template <class Row>
std::string select_all(const store::Table<Row>& table) {
    std::string sql;
    for (const auto& column : table.spec().columns)
        sql += (sql.empty() ? "SELECT " : ", ") + column.name;
    return sql + " FROM " + table.spec().qualified_name() + " WHERE true";
}

struct Page {
    store::Columns rows;
    std::string next;  ///< the cursor of what follows; empty at the end
};

/// The rows after `cursor` (from the first where it is empty). A cursor that is none, or another
/// query's, is `kInvalidInput`.
template <class Reader>
Expected<Page> read_page(Reader& reader, const PagedQuery& query, std::int64_t limit,
                         std::string_view cursor);

/// A page as the route's arguments ask for it.
Expected<Page> read_page(store::Database& database, const PagedQuery& query,
                         const Arguments& arguments);

/// `{"<name>": [rows], "next_cursor"}`.
[[nodiscard]] Json page_json(const Listing& rows, const std::string& next, std::string_view name);

/// A document as an answer.
[[nodiscard]] Response json_response(const Json& document);

}  // namespace tipoff::serve
