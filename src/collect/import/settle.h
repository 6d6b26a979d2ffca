#pragma once
/// Statements that meet: twice the same, two that disagree, one that the database has already.
///
/// Within an import, equal statements of one fact collapse to the first, and of two that disagree
/// neither is believed. Against the database an equal statement changes nothing; a different one
/// becomes a new revision in tables that have revisions, and is refused in those that have none.
/// What one document states differently when a newer reader reads it again is written over what it
/// stated before.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "collect/import/facts.h"
#include "collect/statements.h"
#include "store/database.h"

namespace tipoff::collect {

/// What becomes of a staged row.
enum class Verdict : std::uint8_t {
    kNew,
    kDuplicate,  ///< another row of this import states the same
    kRefused,    ///< disagrees with another row of this import, or with the database
    kStored,     ///< the database has it
    kReplaces,   ///< the same document's row, read differently: written over the stored one
    kRevises,    ///< a changed statement: a new revision
};

struct Judgement {
    Verdict verdict = Verdict::kNew;
    std::int32_t revision = 0;    ///< of the row that is to be written
    bool against_stored = false;  ///< `other` is a stored row, not a staged one
    std::size_t other = 0;        ///< the row that this one repeats, revises or disagrees with
    std::size_t column = 0;       ///< the first in which they differ
};

/// Judges each row of `staged` (columns of the table, revisions all 0) against the others and
/// against `stored`, which may hold several revisions of a fact.
[[nodiscard]] std::vector<Judgement> judge(const store::TableSpec& table,
                                           const store::Columns& staged,
                                           const store::Columns& stored);

/// Why a row that disagrees is refused: the other side and both values.
[[nodiscard]] Rejection disagreement(const store::TableSpec& table, const store::Columns& staged,
                                     const store::Columns& stored, const Judgement& judgement,
                                     std::size_t row, std::span<const Origin> origins,
                                     std::span<const StagedFile> files);

/// Judges `facts`, keeps the rows that are to be written (revisions and times set), marks the lines
/// that were kept, counts duplicates, and tells the files of their disagreements. `now` is the
/// import's instant.
template <class Row>
Status settle(store::Database& database, const store::Table<Row>& table,
              std::vector<StagedFile>& files, Facts<Row>& facts, Instant now) {
    if (facts.rows.empty()) return {};
    const store::TableSpec& spec = table.spec();
    const store::Columns staged = table.to_columns(facts.rows);
    TIPOFF_TRY(const store::Columns stored, read_stored(database, spec, staged));
    const std::vector<Judgement> judgements = judge(spec, staged, stored);

    std::vector<std::uint8_t> keep(facts.rows.size(), 0);
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        const Judgement& judgement = judgements[i];
        const Verdict verdict = judgement.verdict;
        StagedFile& file = files[facts.origins[i].file];
        if (verdict == Verdict::kRefused) {
            file.rejections.add(
                disagreement(spec, staged, stored, judgement, i, facts.origins, files));
            continue;
        }
        file.mark_kept(facts.origins[i].line);
        if (verdict == Verdict::kDuplicate) ++file.duplicates;
        if (verdict == Verdict::kDuplicate || verdict == Verdict::kStored) continue;
        keep[i] = 1;
        if constexpr (requires(Row row) { row.revision; }) {
            facts.rows[i].revision = judgement.revision;
            if (verdict == Verdict::kRevises && !is_result_pending(spec, stored, judgement.other)) {
                observe_at(facts.rows[i], now);
            }
        }
    }
    facts.retain(keep);
    return {};
}

}  // namespace tipoff::collect
