#include "store/merge_parts.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "store/batch_keys.h"

namespace tipoff::store {
namespace {

/// So many values are bound; a stage for them costs more.
constexpr std::size_t kMostBound = 16;

void add(std::string& list, std::string_view separator, const std::string& part) {
    if (!list.empty()) list += separator;
    list += part;
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

/// Whether `t` is of such instants, which are bound from parameter `first` on: " AND ...".
std::string at_instants(std::span<const BatchKeys::Instants> instants, std::size_t first) {
    std::string conditions;
    for (const BatchKeys::Instants& of_key : instants) {
        conditions += fmt::format(" AND t.{} BETWEEN ${} AND ${}", of_key.column, first, first + 1);
        first += 2;
    }
    return conditions;
}

}  // namespace

MergeParts::MergeParts(const TableSpec& table, const std::optional<MergeScope>& scope)
    : target(table.qualified_name()),
      leading(table.columns[table.key_columns()[leading_key(table)]].name),
      in_scope("FALSE") {
    for (const auto& column : table.columns) {
        add(definitions, ", ", fmt::format("{} {}", column.name, sql_name(column.type)));
        add(names, ", ", column.name);
        add(staged, ", ", "s." + column.name);
        if (column.is_key) {
            add(same_key, " AND ", fmt::format("s.{0} = t.{0}", column.name));
            continue;
        }
        add_value(column);
    }
    if (!scope) return;
    scope_values = {scope->dates.from, scope->dates.to};
    in_scope = "t.game_date BETWEEN $1 AND $2";
    if (!scope->share) return;
    const auto column = std::ranges::find(table.columns, scope->share->column,
                                          [](const ColumnSpec& spec) { return spec.name; });
    if (column == table.columns.end()) broken_merge(table, "no column " + scope->share->column);
    scope_values.emplace_back(scope->share->value);
    in_scope += fmt::format(" AND t.{} = $3", column->name);
}

void MergeParts::add_value(const ColumnSpec& column) {
    add(updates, ", ", fmt::format("{0} = s.{0}", column.name));
    if (column.in_digest)
        add(differs, " OR ", fmt::format("t.{0} IS DISTINCT FROM s.{0}", column.name));
}

void MergeParts::keep_to(const TableSpec& table, std::span<const std::size_t> columns) {
    updates.clear();
    differs.clear();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const ColumnSpec& column = table.columns[c];
        if (column.is_key) continue;
        if (!column.in_digest || std::ranges::find(columns, c) != columns.end()) add_value(column);
    }
}

std::string MergeParts::any_bound_present(std::size_t count,
                                          std::span<const BatchKeys::Instants> instants) const {
    std::string places;
    for (std::size_t i = 1; i <= count; ++i)
        add(places, ", ", fmt::format("${}", i));
    return fmt::format("SELECT 1 FROM {} AS t WHERE t.{} IN ({}){} LIMIT 1", target, leading,
                       places, at_instants(instants, count + 1));
}

std::string MergeParts::any_staged_present(std::string_view stage,
                                           std::span<const BatchKeys::Instants> instants) const {
    return fmt::format("SELECT 1 FROM {0} AS t JOIN {1} AS s ON t.{2} = s.{2}{3} LIMIT 1", target,
                       stage, leading, at_instants(instants, 1));
}

std::string MergeParts::delete_scope() const {
    return fmt::format("DELETE FROM {} AS t WHERE {}", target, in_scope);
}

void bind_instants(std::span<const BatchKeys::Instants> instants, Values& values) {
    for (const BatchKeys::Instants& of_key : instants)
        values.insert(values.end(), {of_key.first, of_key.last});
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
