#pragma once
/// Rows that are ready for the database, and the lines that state them.

#include <vector>

#include "collect/import/staged.h"

namespace tipoff::collect {

/// Rows of one raw table and, beside each, its origin.
template <class Row>
struct Facts {
    std::vector<Row> rows;
    std::vector<Origin> origins;

    void add(Row row, Origin origin) {
        rows.push_back(std::move(row));
        origins.push_back(origin);
    }

    /// Keeps the rows for which `keep` is not 0.
    void retain(const std::vector<std::uint8_t>& keep) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (keep[i] == 0) continue;
            if (kept != i) {
                rows[kept] = std::move(rows[i]);
                origins[kept] = origins[i];
            }
            ++kept;
        }
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
        origins.resize(kept);
    }
};

}  // namespace tipoff::collect
