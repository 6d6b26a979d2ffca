#pragma once
/// A database of a test's own tables, without a home around it.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/duckdb/duckdb_database.h"
#include "support/expected.h"

namespace tipoff::support {

using Tables = std::vector<const store::TableSpec*>;

/// Opens the file; a new one gets `tables`.
[[nodiscard]] std::unique_ptr<store::Database> open_with_tables(
    const std::filesystem::path& file, const Tables& tables,
    const store::DuckDbOptions& options = {});

/// Makes the tables and their schemas.
void make_tables(store::Database& database, const Tables& tables);

/// One statement in a transaction of its own; returns the count of changed rows.
std::int64_t execute(store::Database& database, std::string_view sql,
                     const store::Values& values = {});

/// `count(*)` of a table, of "table WHERE condition", or of a "(query)".
[[nodiscard]] std::int64_t count_rows(store::Database& database, std::string_view table);

/// One merge in a transaction of its own.
template <class Row>
store::MergeCount merge_rows(store::Database& database, const store::Table<Row>& table,
                             const std::vector<Row>& rows,
                             std::optional<store::MergeScope> scope = std::nullopt) {
    const auto transaction = value_of(database.begin());
    const auto count = value_of(transaction->merge(table.batch(rows), scope));
    value_of(transaction->commit());
    return count;
}

}  // namespace tipoff::support
