#include <algorithm>

#include "store/database.h"
#include "store/value_bytes.h"

namespace tipoff::store {
namespace {

struct HashedRow {
    std::string key;
    Fingerprint content;
};

/// One read of a table in slices by date, so that memory stays flat; NULL when the table has no
/// dates.
Expected<std::vector<HashedRow>> hashed_rows(Database& database, const TableSpec& table) {
    std::string select = "SELECT ";
    std::vector<bool> is_key;
    const ColumnSpec* date = nullptr;
    for (const auto& column : table.columns) {
        if (column.name == "game_date") date = &column;
        if (!column.in_digest) continue;
        if (!is_key.empty()) select += ", ";
        select += column.name;
        is_key.push_back(column.is_key);
    }
    select += " FROM " + table.qualified_name();

    std::vector<Values> slices{{}};
    if (date != nullptr) {
        TIPOFF_TRY(
            const Columns years,
            database.read("SELECT DISTINCT CAST(EXTRACT(year FROM game_date) AS BIGINT) FROM " +
                              table.qualified_name(),
                          {}));
        slices.clear();
        for (std::size_t i = 0; i < years.rows(); ++i) {
            const bool dateless = years.data[0].is_null(i);
            slices.push_back({dateless ? Value(nullptr) : Value(years.data[0].integer(i))});
        }
        select += " WHERE EXTRACT(year FROM game_date) IS NOT DISTINCT FROM CAST($1 AS BIGINT)";
    }

    std::vector<HashedRow> hashed;
    std::string content;
    for (const auto& slice : slices) {
        TIPOFF_TRY(const Columns rows, database.read(select, slice));
        for (std::size_t row = 0; row < rows.rows(); ++row) {
            HashedRow& out = hashed.emplace_back();
            content.clear();
            for (std::size_t c = 0; c < rows.data.size(); ++c) {
                append_value(is_key[c] ? out.key : content, rows.data[c], row);
            }
            out.content = fingerprint_of(content);
        }
    }
    return hashed;
}

}  // namespace

std::vector<Fingerprint> row_fingerprints(const TableSpec& table, const Columns& rows) {
    std::vector<Fingerprint> fingerprints;
    fingerprints.reserve(rows.rows());
    std::string bytes;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        bytes.clear();
        for (std::size_t c = 0; c < rows.data.size(); ++c) {
            if (table.columns[c].in_digest) append_value(bytes, rows.data[c], row);
        }
        fingerprints.push_back(fingerprint_of(bytes));
    }
    return fingerprints;
}

Expected<Fingerprint> digest(Database& database, std::span<const TableSpec* const> tables) {
    Hasher hasher;
    for (const TableSpec* table : tables) {
        TIPOFF_TRY(std::vector<HashedRow> rows, hashed_rows(database, *table));
        std::ranges::sort(rows, {}, &HashedRow::key);
        hasher.add(table->qualified_name());
        hasher.add(static_cast<std::int64_t>(rows.size()));
        for (const auto& row : rows) {
            hasher.add(row.key);
            hasher.add(row.content);
        }
    }
    return hasher.finish();
}

}  // namespace tipoff::store
