#include "store/duckdb/duckdb_merge.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "store/batch_keys.h"

namespace tipoff::store {
namespace {

/// So many values are bound; a stage for them costs more.
constexpr std::size_t kMostBound = 16;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const auto& part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

std::optional<Value> bound_value(const Column& column, std::size_t row) {
    switch (column.type()) {
        case ColumnType::kText: return std::string(column.text(row));
        case ColumnType::kDate: return ColumnCodec<GameDate>::get(column, row);
        case ColumnType::kTimestampTz: return ColumnCodec<Instant>::get(column, row);
        case ColumnType::kSmallInt:
        case ColumnType::kInteger:
        case ColumnType::kBigInt: return column.integer(row);
        default: return std::nullopt;
    }
}

}  // namespace

MergeSql::MergeSql(const TableSpec& table, const std::optional<MergeScope>& scope)
    : target_(table.qualified_name()) {
    std::vector<std::string> definitions, names, staged, same_key, updates, differences;
    for (const auto& column : table.columns) {
        definitions.push_back(fmt::format("{} {}", column.name, sql_name(column.type)));
        names.push_back(column.name);
        staged.push_back("s." + column.name);
        if (column.is_key) {
            same_key.push_back(fmt::format("s.{0} = t.{0}", column.name));
            continue;
        }
        updates.push_back(fmt::format("{0} = s.{0}", column.name));
        if (column.in_digest) {
            differences.push_back(fmt::format("t.{0} IS DISTINCT FROM s.{0}", column.name));
        }
    }
    const ColumnSpec& leading = table.columns[table.key_columns()[leading_key(table)]];
    leading_ = leading.name;
    const std::string matches = joined(same_key, " AND ");
    create_leading_stage = fmt::format("CREATE TEMP TABLE temp.main.{} ({} {})", kLeadingStage,
                                       leading_, sql_name(leading.type));
    any_staged_present =
        fmt::format("SELECT 1 FROM {0} t JOIN temp.main.{1} s ON t.{2} = s.{2} LIMIT 1", target_,
                    kLeadingStage, leading_);
    const std::string in_scope = scope_condition(table, scope);
    delete_scope = fmt::format("DELETE FROM {} AS t WHERE {}", target_, in_scope);
    create_stage =
        fmt::format("CREATE TEMP TABLE temp.main.{} ({})", kStage, joined(definitions, ", "));
    delete_missing = fmt::format(
        "DELETE FROM {} AS t WHERE {} AND NOT EXISTS (SELECT 1 FROM temp.main.{} s WHERE {})",
        target_, in_scope, kStage, matches);
    // Every column that is not of the key is named: the short form rewrites the keys too, and
    // takes fifty times as long.
    const std::string update =
        differences.empty() ? ""
                            : fmt::format("WHEN MATCHED AND ({}) THEN UPDATE SET {} ",
                                          joined(differences, " OR "), joined(updates, ", "));
    merge = fmt::format(
        "MERGE INTO {} t USING temp.main.{} s ON {} {}WHEN NOT MATCHED THEN INSERT ({}) VALUES "
        "({})",
        target_, kStage, matches, update, joined(names, ", "), joined(staged, ", "));
}

std::string MergeSql::any_bound_present(std::size_t count) const {
    std::string places;
    for (std::size_t i = 1; i <= count; ++i)
        places += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    return fmt::format("SELECT 1 FROM {} WHERE {} IN ({}) LIMIT 1", target_, leading_, places);
}

std::string MergeSql::scope_condition(const TableSpec& table,
                                      const std::optional<MergeScope>& scope) {
    if (!scope) return "FALSE";
    scope_values = {scope->dates.from, scope->dates.to};
    std::string condition = "t.game_date BETWEEN $1 AND $2";
    if (!scope->share) return condition;
    const auto column = std::ranges::find(table.columns, scope->share->column,
                                          [](const ColumnSpec& spec) { return spec.name; });
    if (column == table.columns.end()) broken_merge(table, "no column " + scope->share->column);
    scope_values.emplace_back(scope->share->value);
    return condition + fmt::format(" AND t.{} = $3", column->name);
}

std::optional<Values> few_values(const Column& column) {
    if (column.size() > kMostBound) return std::nullopt;
    Values values;
    for (std::size_t row = 0; row < column.size(); ++row) {
        auto value = bound_value(column, row);
        if (!value) return std::nullopt;
        values.push_back(std::move(*value));
    }
    return values;
}

}  // namespace tipoff::store
