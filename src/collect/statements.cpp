#include "collect/statements.h"

#include <array>
#include <limits>

namespace tipoff::collect {
namespace {

using store::Column;
using store::Columns;
using store::ColumnType;
using store::TableSpec;

constexpr std::string_view kRevision = "revision";
/// Columns that say how a statement came to us, not what it states.
constexpr std::array<std::string_view, 3> kProvenance{"known_at", "known_at_basis",
                                                      "document_hash"};

void append_bytes(std::string& bytes, const Column& column, std::size_t row) {
    if (column.type() == ColumnType::kText) {
        const std::string_view text = column.text(row);
        const std::size_t size = text.size();
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
    } else if (column.type() == ColumnType::kDouble) {
        const double value = column.number(row);
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
        const std::int64_t value = column.integer(row);
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
}

bool same_value(const Column& a, std::size_t row_a, const Column& b, std::size_t row_b) {
    if (a.is_null(row_a) || b.is_null(row_b)) return a.is_null(row_a) == b.is_null(row_b);
    switch (a.type()) {
        case ColumnType::kText: return a.text(row_a) == b.text(row_b);
        case ColumnType::kDouble: return a.number(row_a) == b.number(row_b);
        default: return a.integer(row_a) == b.integer(row_b);
    }
}

/// The date by which the rows of a table are read. A schedule has none: a game that it moves has
/// its earlier statements on other dates.
const store::ColumnSpec* date_column(const TableSpec& table) {
    if (&table == &kSchedule.spec()) return nullptr;
    const auto found = std::ranges::find_if(table.columns, [](const store::ColumnSpec& column) {
        return column.type == ColumnType::kDate && !column.nullable;
    });
    return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace

StatementParts::StatementParts(const TableSpec& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        if (column.name == "document_hash") document = i;
        if (column.name == kRevision) {
            revision = i;
        } else if (column.is_key) {
            key.push_back(i);
        } else if (std::ranges::find(kProvenance, column.name) == kProvenance.end()) {
            content.push_back(i);
        }
    }
    require(document != kNone, "a table of facts without the document that states them");
}

Fingerprint key_of(const Columns& columns, const std::vector<std::size_t>& key, std::size_t row) {
    std::string bytes;
    for (const std::size_t k : key)
        append_bytes(bytes, columns.data[k], row);
    return fingerprint_of(bytes);
}

std::optional<std::size_t> difference(const StatementParts& parts, const Columns& a,
                                      std::size_t row_a, const Columns& b, std::size_t row_b) {
    for (const std::size_t c : parts.content) {
        if (!same_value(a.data[c], row_a, b.data[c], row_b)) return c;
    }
    return std::nullopt;
}

Expected<Columns> read_stored(store::Database& database, const TableSpec& table,
                              const Columns& staged) {
    std::string sql = "SELECT ";
    for (const auto& column : table.columns) {
        if (sql.size() > 7) sql += ", ";
        sql += column.name;
    }
    sql += " FROM " + table.qualified_name();
    const store::ColumnSpec* date = date_column(table);
    if (date == nullptr) return database.read(sql, {});
    const Column& dates = staged.data[column_of(table, date->name)];
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (std::size_t row = 0; row < staged.rows(); ++row) {
        first = std::min(first, dates.integer(row));
        last = std::max(last, dates.integer(row));
    }
    const auto day = [](std::int64_t days) {
        return GameDate{std::chrono::sys_days{std::chrono::days{days}}};
    };
    return database.read(sql + " WHERE " + date->name + " BETWEEN $1 AND $2",
                         {day(first), day(last)});
}

std::size_t column_of(const TableSpec& table, std::string_view name) {
    const auto found = std::ranges::find(table.columns, name, &store::ColumnSpec::name);
    require(found != table.columns.end(), "a column that the table does not have");
    return static_cast<std::size_t>(found - table.columns.begin());
}

bool is_result_pending(const TableSpec& table, const Columns& stored, std::size_t row) {
    const auto status = std::ranges::find(table.columns, "status", &store::ColumnSpec::name);
    if (status == table.columns.end()) return false;
    return stored.data[column_of(table, "status")].text(row) != "final";
}

}  // namespace tipoff::collect
