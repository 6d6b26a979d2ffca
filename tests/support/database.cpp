#include "support/database.h"

#include <set>
#include <string>

#include "store/dialect.h"

namespace tipoff::support {

std::unique_ptr<store::Database> open_with_tables(const std::filesystem::path& file,
                                                  const Tables& tables,
                                                  const store::DuckDbOptions& options) {
    const bool is_new = !std::filesystem::exists(file);
    auto database = value_of(store::open_duckdb(file, options));
    if (is_new) make_tables(*database, tables);
    return database;
}

void make_tables(store::Database& database, const Tables& tables) {
    const store::Dialect dialect = store::dialect_of(database);
    const auto transaction = value_of(database.begin());
    std::set<std::string> schemas;
    for (const store::TableSpec* table : tables) {
        if (schemas.insert(table->schema).second && table->schema != "main") {
            value_of(transaction->execute("CREATE SCHEMA " + table->schema, {}));
        }
        value_of(transaction->execute(store::in_dialect(table->create_sql(), dialect), {}));
    }
    value_of(transaction->commit());
}

std::int64_t execute(store::Database& database, std::string_view sql, const store::Values& values) {
    const auto transaction = value_of(database.begin());
    const auto changed = value_of(transaction->execute(sql, values));
    value_of(transaction->commit());
    return changed;
}

std::int64_t count_rows(store::Database& database, std::string_view table) {
    const bool is_query = table.starts_with('(') && table.ends_with(')');
    const auto rows = value_of(database.read(
        "SELECT count(*) FROM " + std::string(table) + (is_query ? " AS counted" : ""), {}));
    return rows.data[0].integer(0);
}

}  // namespace tipoff::support
