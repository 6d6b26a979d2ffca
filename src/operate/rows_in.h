#pragma once
/// Rows as a transaction sees them, its own changes among them. `store::read_rows` is the same for
/// what is committed.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::operate {

/// In the order of `tail` ("WHERE ... ORDER BY ...", parameters bound).
template <class Row>
Expected<std::vector<Row>> rows_in(store::Transaction& transaction, const store::Table<Row>& table,
                                   std::string_view tail, const store::Values& values) {
    std::string columns;
    for (const auto& column : table.spec().columns)
        columns += (columns.empty() ? "" : ", ") + column.name;
    TIPOFF_TRY(const store::Columns found,
               transaction.read("SELECT " + columns + " FROM " + table.spec().qualified_name() +
                                    " " + std::string(tail),
                                values));
    return table.to_rows(found);
}

}  // namespace tipoff::operate
