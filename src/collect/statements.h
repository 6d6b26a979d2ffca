#pragma once
/// Statements of facts that meet: which of two rows say the same, and what follows from the order
/// in which they were made.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "collect/raw_tables.h"
#include "store/database.h"

namespace tipoff::collect {

/// The columns of a table by their part in a comparison.
struct StatementParts {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    std::vector<std::size_t> key;      ///< without the revision
    std::vector<std::size_t> content;  ///< without what says how the statement came to us
    std::size_t revision = kNone;
    std::size_t document = kNone;

    /// Every table of facts has a `document_hash`; one without is a broken invariant.
    explicit StatementParts(const store::TableSpec& table);
};

/// A fingerprint of the row's key, its revision left out.
[[nodiscard]] Fingerprint key_of(const store::Columns& columns, const std::vector<std::size_t>& key,
                                 std::size_t row);

struct HashFingerprint {
    std::size_t operator()(const Fingerprint& fingerprint) const { return fingerprint.low; }
};

/// The first content column in which two rows differ.
[[nodiscard]] std::optional<std::size_t> difference(const StatementParts& parts,
                                                    const store::Columns& a, std::size_t row_a,
                                                    const store::Columns& b, std::size_t row_b);

/// The stored rows of `table` on the dates of `staged`; all of them where the table has no date
/// that every row has, and of a schedule, which moves games.
Expected<store::Columns> read_stored(store::Database& database, const store::TableSpec& table,
                                     const store::Columns& staged);

/// The place of a column in a table.
[[nodiscard]] std::size_t column_of(const store::TableSpec& table, std::string_view name);

/// Whether the row is a game without its result: the next statement of it is no correction.
[[nodiscard]] bool is_result_pending(const store::TableSpec& table, const store::Columns& rows,
                                     std::size_t row);

/// The times of a changed statement: we cannot have known it before `seen`.
template <class Row>
void observe_at(Row& row, Instant seen) {
    row.known_at = {std::max(row.known_at.at, seen)};
    row.known_at_basis = kBasisObserved;
}

/// A row and the instant of the answer that states it.
template <class Row>
struct Stated {
    Row row;
    Instant answered_at{};
};

/// Of rows in the order in which they were stated, those that say something new: the first of each
/// fact, and each that changes it, as a new revision seen when it was answered. In a table without
/// revisions the first statement stands.
template <class Row>
Expected<std::vector<Row>> new_statements(store::Database& database, const store::Table<Row>& table,
                                          std::vector<Stated<Row>> stated) {
    std::vector<Row> kept;
    if (stated.empty()) return kept;
    std::vector<Row> rows;
    rows.reserve(stated.size());
    for (Stated<Row>& one : stated)
        rows.push_back(std::move(one.row));
    const store::TableSpec& spec = table.spec();
    const StatementParts parts(spec);
    const store::Columns staged = table.to_columns(rows);
    TIPOFF_TRY(const store::Columns stored, read_stored(database, spec, staged));

    struct Newest {
        bool is_stored = false;
        std::size_t row = 0;
        std::int32_t revision = 0;
    };
    std::unordered_map<Fingerprint, Newest, HashFingerprint> newest;
    for (std::size_t row = 0; row < stored.rows(); ++row) {
        const std::int32_t revision =
            parts.revision == StatementParts::kNone
                ? 0
                : static_cast<std::int32_t>(stored.data[parts.revision].integer(row));
        const auto [place, added] =
            newest.try_emplace(key_of(stored, parts.key, row), Newest{true, row, revision});
        if (!added && place->second.revision < revision) place->second = {true, row, revision};
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto [place, added] =
            newest.try_emplace(key_of(staged, parts.key, row), Newest{false, row, 0});
        const Newest before = place->second;
        if (!added) {
            const store::Columns& other = before.is_stored ? stored : staged;
            if (!difference(parts, staged, row, other, before.row)) continue;
            if constexpr (requires(Row r) { r.revision; }) {
                rows[row].revision = before.revision + 1;
                if (!is_result_pending(spec, other, before.row))
                    observe_at(rows[row], stated[row].answered_at);
                place->second = {false, row, rows[row].revision};
            } else {
                continue;
            }
        }
        kept.push_back(rows[row]);
    }
    return kept;
}

}  // namespace tipoff::collect
