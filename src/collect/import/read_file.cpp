#include "collect/import/read_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

std::vector<std::size_t> places_of(const Kind& kind, std::span<const std::string> header) {
    std::vector<std::size_t> places;
    for (const std::string_view column : kind.columns) {
        const auto found = std::ranges::find(header, column);
        places.push_back(found == header.end() ? kAbsentColumn
                                               : static_cast<std::size_t>(found - header.begin()));
    }
    return places;
}

/// The header's columns; a column that stands there twice could mean either.
Expected<std::vector<std::string>> read_header(RowSource& source) {
    TIPOFF_TRY(const bool any, source.next());
    if (!any) return fail(ErrorCode::kInvalidInput, "the file is empty");
    std::vector<std::string> header(source.fields().begin(), source.fields().end());
    std::unordered_set<std::string_view> seen;
    for (const auto& column : header) {
        if (!seen.insert(column).second) {
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("the header has the column '{}' twice", shown_value(column)));
        }
    }
    return header;
}

Status read_rows(RowSource& source, const Kind& kind, std::span<const std::size_t> places,
                 StagedFile& file, std::int64_t& wrong_rows) {
    constexpr std::int64_t kMostLines = std::numeric_limits<std::uint32_t>::max();
    RowFields fields(kind.columns, places);
    while (true) {
        TIPOFF_TRY(const bool more, source.next());
        if (!more) return {};
        if (source.line() > kMostLines) return fail(ErrorCode::kInvalidInput, "too many lines");
        ++file.rows_read;
        fields.start(source.fields());
        kind.read(fields, {.file = file, .line = static_cast<std::uint32_t>(source.line())});
        const auto& fault = fields.fault();
        if (!fault) continue;
        ++wrong_rows;
        file.rejections.add({.line = source.line(),
                             .column = std::string(fault->column),
                             .rule = std::string(fault->rule),
                             .detail = {},
                             .value = fault->value,
                             .rejection_class = RejectionClass::kValue});
    }
}

bool too_many_wrong(std::int64_t wrong_rows, const StagedFile& file) {
    return static_cast<double>(wrong_rows) > kMostWrongRows * static_cast<double>(file.rows_read);
}

std::string too_many_reason(std::int64_t wrong_rows, const StagedFile& file) {
    const Rejection& first = file.rejections.kept().front();
    return fmt::format(
        "{} of {} rows are wrong in themselves, more than {:.0f} in a hundred; the first: line {}, "
        "{}: {}",
        wrong_rows, file.rows_read, 100 * kMostWrongRows, first.line, first.column, first.rule);
}

}  // namespace

void drop_file(StagedFile& file, std::string_view reason) {
    file.rejections.add({.line = 0,
                         .column = {},
                         .rule = "the file was left out",
                         .detail = std::string(reason),
                         .value = {},
                         .rejection_class = RejectionClass::kValue});
    file.drop(std::string(reason));
}

void read_file(RowSource& source, StagedFile& file) {
    const auto header = read_header(source);
    if (!header) return drop_file(file, header.error().message());
    file.kind = find_kind(*header);
    if (file.kind == nullptr) return drop_file(file, nearest_kind(*header));

    std::int64_t wrong_rows = 0;
    const auto read =
        read_rows(source, *file.kind, places_of(*file.kind, *header), file, wrong_rows);
    if (!read) return drop_file(file, read.error().message());
    if (file.rows_read == 0) return drop_file(file, "the file has a header and no rows");
    if (file.kind->finish != nullptr) wrong_rows += file.kind->finish(file);
    if (too_many_wrong(wrong_rows, file)) drop_file(file, too_many_reason(wrong_rows, file));
}

}  // namespace tipoff::collect
