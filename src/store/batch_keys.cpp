#include "store/batch_keys.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "store/value_bytes.h"

namespace tipoff::store {
namespace {

/// Rows whose keys are looked at together.
constexpr std::size_t kSliceRows = 2048;

}  // namespace

void broken_merge(const TableSpec& table, std::string_view what) {
    throw InvariantBroken(fmt::format("{}: {}", table.qualified_name(), what));
}

std::size_t leading_key(const TableSpec& table) {
    const auto keys = table.key_columns();
    const auto found =
        std::ranges::find_if(keys, [&](std::size_t k) { return !table.columns[k].is_shared_key; });
    return found == keys.end() ? 0 : static_cast<std::size_t>(found - keys.begin());
}

BatchKeys::BatchKeys(const Batch& batch) : table_(*batch.table), leading_(leading_key(table_)) {
    const auto& column = table_.columns[table_.key_columns()[leading_]];
    leading_values_.names.push_back(column.name);
    leading_values_.data.emplace_back(column.type);
    const auto key_columns = table_.key_columns();
    for (std::size_t k = 0; k < key_columns.size(); ++k) {
        const ColumnSpec& key = table_.columns[key_columns[k]];
        if (key.type != ColumnType::kTimestampTz) continue;
        instants_.push_back({.column = key.name, .first = Instant::max(), .last = Instant::min()});
        of_instants_.push_back(k);
    }
    keys_.reserve(batch.rows);
    for (std::size_t first = 0; first < batch.rows; first += kSliceRows) {
        const std::size_t count = std::min(kSliceRows, batch.rows - first);
        const Columns slice = batch.slice(first, count, Batch::Part::kKeys);
        for (std::size_t row = 0; row < count; ++row)
            add(slice, row);
    }
    std::ranges::sort(keys_);
    if (std::ranges::adjacent_find(keys_) != keys_.end())
        broken_merge(table_, "two rows of one batch have one key");
}

void BatchKeys::add(const Columns& keys, std::size_t row) {
    bytes_.clear();
    std::size_t leading_begin = 0;
    std::size_t leading_end = 0;
    for (std::size_t k = 0; k < keys.data.size(); ++k) {
        if (keys.data[k].is_null(row)) broken_merge(table_, "NULL in key column " + keys.names[k]);
        if (k == leading_) leading_begin = bytes_.size();
        append_value(bytes_, keys.data[k], row);
        if (k == leading_) leading_end = bytes_.size();
    }
    keys_.push_back(fingerprint_of(bytes_).low);
    for (std::size_t i = 0; i < instants_.size(); ++i) {
        const auto at = ColumnCodec<Instant>::get(keys.data[of_instants_[i]], row);
        instants_[i].first = std::min(instants_[i].first, at);
        instants_[i].last = std::max(instants_[i].last, at);
    }
    const auto leading =
        std::string_view(bytes_).substr(leading_begin, leading_end - leading_begin);
    if (leading == last_leading_) return;
    last_leading_ = leading;
    if (seen_leading_.insert(last_leading_).second)
        leading_values_.data[0].push_from(keys.data[leading_], row);
}

}  // namespace tipoff::store
