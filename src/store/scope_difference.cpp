#include "store/scope_difference.h"

#include <fmt/core.h>

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/value_bytes.h"

namespace tipoff::store {
namespace {

/// More than a day has of any table are not compared one by one.
constexpr std::size_t kMostRows = 16'384;

bool is_same(const Column& a, const Column& b, std::size_t row_of_a, std::size_t row_of_b) {
    if (a.is_null(row_of_a) || b.is_null(row_of_b))
        return a.is_null(row_of_a) == b.is_null(row_of_b);
    switch (a.type()) {
        case ColumnType::kText:
        case ColumnType::kBlob: return a.text(row_of_a) == b.text(row_of_b);
        case ColumnType::kReal:
        case ColumnType::kDouble: return a.number(row_of_a) == b.number(row_of_b);
        default: return a.integer(row_of_a) == b.integer(row_of_b);
    }
}

std::string key_of(const Columns& rows, const std::vector<std::size_t>& keys, std::size_t row) {
    std::string key;
    for (const std::size_t column : keys)
        append_value(key, rows.data[column], row);
    return key;
}

struct Difference {
    bool any_new = false;              ///< a key of the batch is not among the rows
    bool any_missing = false;          ///< a row's key is not in the batch
    std::vector<std::size_t> columns;  ///< in which a row differs, of those that count
};

/// `held` has the table's columns in their declared order.
Difference difference(const Batch& batch, const Columns& held) {
    const std::vector<std::size_t> keys = batch.table->key_columns();
    std::unordered_map<std::string, std::size_t> places;
    places.reserve(held.rows());
    for (std::size_t row = 0; row < held.rows(); ++row)
        places.emplace(key_of(held, keys, row), row);

    const Columns staged = batch.slice(0, batch.rows, Batch::Part::kAll);
    Difference found;
    std::vector<std::pair<std::size_t, std::size_t>> same_key;  // staged, held
    same_key.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const auto place = places.find(key_of(staged, keys, row));
        if (place == places.end()) {
            found.any_new = true;
        } else {
            same_key.emplace_back(row, place->second);
        }
    }
    // No two rows of a batch have one key.
    found.any_missing = same_key.size() < held.rows();
    for (std::size_t c = 0; c < batch.table->columns.size(); ++c) {
        const ColumnSpec& column = batch.table->columns[c];
        if (column.is_key || !column.in_digest) continue;
        for (const auto& [of_batch, of_table] : same_key) {
            if (is_same(staged.data[c], held.data[c], of_batch, of_table)) continue;
            found.columns.push_back(c);
            break;
        }
    }
    return found;
}

}  // namespace

Expected<ScopeDifference> compare_scope(Transaction& transaction, const Batch& batch,
                                        MergeParts& parts) {
    if (batch.rows > kMostRows) return ScopeDifference{};
    TIPOFF_TRY(const Columns held,
               transaction.read(fmt::format("SELECT {} FROM {} AS t WHERE {} LIMIT {}", parts.names,
                                            parts.target, parts.in_scope, kMostRows + 1),
                                parts.scope_values));
    if (held.rows() > kMostRows) return ScopeDifference{};
    const Difference found = difference(batch, held);
    // A key that is new to the scope may stand outside of it, with any other values.
    if (!found.any_new) parts.keep_to(*batch.table, found.columns);
    return ScopeDifference{.is_none = !found.any_new && !found.any_missing && found.columns.empty(),
                           .any_missing = found.any_missing};
}

}  // namespace tipoff::store
