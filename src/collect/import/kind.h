#pragma once
/// The kinds of files that an import reads. A kind is told by its columns, never by a file's name.
///
/// To add one: a file beside this one that defines its `Kind`, and a line in the list in kind.cpp.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collect/import/row_fields.h"
#include "collect/import/staged.h"

namespace tipoff::collect {

/// Raised when a reader reads differently: documents of an older one are read again.
inline constexpr std::int32_t kReaderVersion = 1;

/// Where a reader puts the records of a row.
struct RowOutput {
    StagedFile& file;
    std::uint32_t line = 0;

    /// Leaves one value of the row out and keeps the rest.
    void leave_out(std::string_view column, std::string_view rule, std::string_view value) {
        file.rejections.add({.line = line,
                             .column = std::string(column),
                             .rule = std::string(rule),
                             .detail = {},
                             .value = shown_value(value),
                             .rejection_class = RejectionClass::kContradiction});
    }
};

struct Kind {
    std::string_view name;
    std::span<const std::string_view> columns;  ///< those that must be there, then those that may
    std::size_t required = 0;                   ///< how many must be there
    std::span<const std::string_view> absent;   ///< a file that has one of these is of another kind
    /// Reads a row; either refuses it through `fields` or adds its records to `output.file`.
    void (*read)(RowFields& fields, RowOutput output) = nullptr;
    /// Looks at the whole file once all rows are read and returns how many more it refused as
    /// wrong; may be missing.
    std::int64_t (*finish)(StagedFile& file) = nullptr;

    [[nodiscard]] std::span<const std::string_view> required_columns() const {
        return columns.first(required);
    }
};

extern const Kind kScheduleKind;
extern const Kind kPlayerBoxKind;
extern const Kind kPlayerBoxPlayoffsKind;
extern const Kind kPlayerBoxPlayoffsCompactKind;
extern const Kind kTeamBoxKind;
extern const Kind kShotsKind;
extern const Kind kShotsPartialKind;
extern const Kind kGameLinesKind;
extern const Kind kGameLinesByMarketKind;
extern const Kind kPropLinesKind;
extern const Kind kInjuryTransactionsKind;
extern const Kind kPlayerPositionsKind;

/// All of them. Their order is the order of reading where it matters.
[[nodiscard]] std::span<const Kind* const> kinds();

/// The kind whose columns a header has; with several the one that asks for most. Nothing when none
/// fits.
[[nodiscard]] const Kind* find_kind(std::span<const std::string> header);

/// Which kind a header comes nearest to and what it lacks, as a sentence.
[[nodiscard]] std::string nearest_kind(std::span<const std::string> header);

}  // namespace tipoff::collect
