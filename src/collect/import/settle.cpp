#include "collect/import/settle.h"

#include <fmt/core.h>

#include <array>
#include <optional>
#include <unordered_map>

#include "base/hash.h"
#include "collect/import/row_fields.h"
#include "collect/statements.h"

namespace tipoff::collect {
namespace {

using store::Column;
using store::Columns;
using store::ColumnType;
using store::TableSpec;

constexpr std::size_t kNone = StatementParts::kNone;

/// The stored statements of each fact, oldest first.
class StoredFacts {
public:
    StoredFacts(const StatementParts& parts, const Columns& stored)
        : parts_(parts), stored_(stored) {
        for (std::size_t row = 0; row < stored.rows(); ++row) {
            rows_[key_of(stored, parts.key, row)].push_back(row);
        }
        for (auto& [key, rows] : rows_) {
            std::ranges::sort(rows, {}, [this](std::size_t row) { return revision(row); });
        }
    }

    [[nodiscard]] std::int32_t revision(std::size_t row) const {
        if (parts_.revision == kNone) return 0;
        return static_cast<std::int32_t>(stored_.data[parts_.revision].integer(row));
    }

    /// Against the database alone; `kNew` when it does not know the fact.
    [[nodiscard]] Judgement judge(const Columns& staged, std::size_t row) const {
        Judgement judgement{.against_stored = true};
        const auto found = rows_.find(key_of(staged, parts_.key, row));
        if (found == rows_.end()) return {};
        const std::string_view document = staged.data[parts_.document].text(row);
        for (const std::size_t other : found->second) {
            if (stored_.data[parts_.document].text(other) != document) continue;
            judgement.other = other;
            judgement.revision = revision(other);
            const auto column = difference(parts_, staged, row, stored_, other);
            judgement.verdict = column ? Verdict::kReplaces : Verdict::kStored;
            return judgement;
        }
        judgement.other = found->second.back();
        const auto column = difference(parts_, staged, row, stored_, judgement.other);
        judgement.column = column.value_or(0);
        judgement.revision = revision(judgement.other) + 1;
        judgement.verdict = !column                    ? Verdict::kStored
                            : parts_.revision == kNone ? Verdict::kRefused
                                                       : Verdict::kRevises;
        return judgement;
    }

private:
    const StatementParts& parts_;
    const Columns& stored_;
    std::unordered_map<Fingerprint, std::vector<std::size_t>, HashFingerprint> rows_;
};

/// Rows of this import that state one fact.
struct Group {
    std::size_t first = 0;
    std::size_t differing = kNone;  ///< the first row that disagrees with `first`
    std::size_t column = 0;
};

std::string shown(const Column& column, std::size_t row) {
    if (column.is_null(row)) return "nothing";
    switch (column.type()) {
        case ColumnType::kText: return shown_value(column.text(row));
        case ColumnType::kDouble: return fmt::format("{}", column.number(row));
        case ColumnType::kBoolean: return column.integer(row) != 0 ? "true" : "false";
        case ColumnType::kDate:
            return to_string(
                GameDate{std::chrono::sys_days{std::chrono::days{column.integer(row)}}});
        case ColumnType::kTimestampTz:
            return to_string(Instant{std::chrono::microseconds{column.integer(row)}});
        default: return fmt::format("{}", column.integer(row));
    }
}

}  // namespace

std::vector<Judgement> judge(const TableSpec& table, const Columns& staged, const Columns& stored) {
    const StatementParts parts(table);
    const StoredFacts stored_facts(parts, stored);
    std::vector<Judgement> judgements(staged.rows());
    std::vector<Group> groups;
    std::vector<std::size_t> group_of(staged.rows(), kNone);
    std::unordered_map<Fingerprint, std::size_t, HashFingerprint> by_key;
    by_key.reserve(staged.rows());

    for (std::size_t row = 0; row < staged.rows(); ++row) {
        if (stored.rows() > 0) judgements[row] = stored_facts.judge(staged, row);
        // What the document has in the database already is no part of a dispute.
        if (judgements[row].verdict == Verdict::kStored) continue;
        const auto [place, added] =
            by_key.try_emplace(key_of(staged, parts.key, row), groups.size());
        group_of[row] = place->second;
        if (added) {
            groups.push_back({.first = row});
            continue;
        }
        Group& group = groups[place->second];
        const auto column = difference(parts, staged, row, staged, group.first);
        if (column && group.differing == kNone) {
            group.differing = row;
            group.column = *column;
        }
    }
    for (std::size_t row = 0; row < staged.rows(); ++row) {
        if (group_of[row] == kNone) continue;
        const Group& group = groups[group_of[row]];
        if (group.differing != kNone) {
            const auto column = difference(parts, staged, row, staged, group.first);
            judgements[row] = {.verdict = Verdict::kRefused,
                               .other = column ? group.first : group.differing,
                               .column = column.value_or(group.column)};
        } else if (row != group.first) {
            judgements[row] = {.verdict = Verdict::kDuplicate, .other = group.first};
        }
    }
    return judgements;
}

Rejection disagreement(const TableSpec& table, const Columns& staged, const Columns& stored,
                       const Judgement& judgement, std::size_t row, std::span<const Origin> origins,
                       std::span<const StagedFile> files) {
    const Origin& here = origins[row];
    const Column& column = staged.data[judgement.column];
    Rejection rejection{.line = here.line,
                        .column = table.columns[judgement.column].name,
                        .rule = "disagrees with another file",
                        .detail = {},
                        .value = shown(column, row),
                        .rejection_class = RejectionClass::kContradiction};
    if (judgement.against_stored) {
        rejection.rule = "disagrees with what was imported before";
        rejection.detail =
            fmt::format("document {:.12} has {}, here {}",
                        stored.data[column_of(table, "document_hash")].text(judgement.other),
                        shown(stored.data[judgement.column], judgement.other), rejection.value);
        return rejection;
    }
    const Origin& there = origins[judgement.other];
    if (there.file == here.file) rejection.rule = "disagrees with another row of the file";
    rejection.detail = fmt::format("{} line {} has {}, here {}", files[there.file].file_name,
                                   there.line, shown(column, judgement.other), rejection.value);
    return rejection;
}

}  // namespace tipoff::collect
