#include <algorithm>

#include <fmt/core.h>

#include "collect/import/contents.h"
#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kSource = "import";
constexpr std::string_view kUnknownKind = "unknown";

std::string_view kind_name(const StagedFile& file) {
    return file.kind == nullptr ? kUnknownKind : file.kind->name;
}

/// Whether another import may find a game or a player that this one did not.
bool is_unfinished(const StagedFile& file) {
    return file.rejections.unresolved() > 0 || file.unresolved_names > 0;
}

std::string outcome_of(const StagedFile& file) {
    if (!file.drop_reason.empty()) return file.drop_reason;
    if (!is_unfinished(file)) return std::string(kKeptOutcome);
    return fmt::format("kept; unresolved: {} rows without their game or player, {} names",
                       file.rejections.unresolved(), file.unresolved_names);
}

void sort_rejections(std::vector<Rejection>& rejections) {
    const auto key = [](const Rejection& r) {
        return std::pair(r.line, std::string_view(r.column));
    };
    std::ranges::stable_sort(rejections, {}, key);
    const auto repeated = std::ranges::unique(rejections, {}, key);
    rejections.erase(repeated.begin(), repeated.end());
}

void describe(const StagedFile& file, FileReport& report) {
    report.kind = kind_name(file);
    report.outcome = file.drop_reason.empty() ? FileOutcome::kKept : FileOutcome::kDropped;
    report.reason = file.drop_reason;
    report.rows_read = file.rows_read;
    report.rows_kept = file.rows_kept();
    report.rows_rejected = report.rows_read - report.rows_kept;
    report.duplicates = file.duplicates;
    report.unresolved_names = file.unresolved_names;
    for (const auto& [what, count] : file.rejections.counts()) {
        report.reasons.push_back({.column = what.first, .reason = what.second, .count = count});
    }
    std::ranges::stable_sort(report.reasons, std::greater{}, &ReasonCount::count);
    for (const Rejection& rejection : file.rejections.kept()) {
        const auto line = static_cast<std::size_t>(rejection.line);
        const bool row_is_kept = line < file.kept_lines.size() && file.kept_lines[line] != 0;
        if (row_is_kept) ++report.values_left_out;
        if (report.examples.size() == kMaxExamples) continue;
        report.examples.push_back({.line = rejection.line,
                                   .column = rejection.column,
                                   .reason = rejection.reason(),
                                   .value = rejection.value});
    }
}

Document document_of(const StagedFile& file, const FileReport& report, Instant received_at) {
    return {.source = std::string(kSource),
            .content_hash = file.content_hash,
            .kind = report.kind,
            .file_name = file.file_name,
            .size_bytes = file.size_bytes,
            .outcome = outcome_of(file),
            .rows_read = report.rows_read,
            .rows_kept = report.rows_kept,
            .rows_rejected = report.rows_rejected,
            .reader_version = kReaderVersion,
            .received_at = received_at};
}

void add_unread(const FoundFile& found, const KnownDocuments& known, FileReport& report) {
    const bool unreadable = !found.unreadable.empty();
    const auto document = known.find(found.content_hash);
    report.kind = document == known.end() ? kUnknownKind : std::string_view(document->second.kind);
    report.outcome = unreadable ? FileOutcome::kDropped : FileOutcome::kAlreadyImported;
    report.reason = unreadable ? found.unreadable : found.already;
}

}  // namespace

void make_reports(const ReadFiles& files, const KnownDocuments& known, Instant received_at,
                  StagedImport::Contents& contents) {
    ImportReport& report = contents.report;
    for (const FoundFile& found : files.found) {
        FileReport& file = report.files.emplace_back();
        file.path = found.path;
        file.content_hash = found.content_hash;
        if (!found.already.empty() || !found.unreadable.empty()) add_unread(found, known, file);
    }
    for (std::size_t i = 0; i < contents.files.size(); ++i) {
        StagedFile& file = contents.files[i];
        FileReport& file_report = report.files[files.found_file[i]];
        sort_rejections(file.rejections.kept());
        describe(file, file_report);
        contents.documents.push_back(document_of(file, file_report, received_at));
        if (known.contains(file.content_hash)) contents.read_again.push_back(file.content_hash);
        for (const Rejection& rejection : file.rejections.kept()) {
            contents.rejected.push_back({.document_hash = file.content_hash,
                                         .line = rejection.line,
                                         .column_name = rejection.column,
                                         .reason = rejection.reason(),
                                         .value = rejection.value});
        }
        report.rows_read += file_report.rows_read;
        report.rows_kept += file_report.rows_kept;
        report.rows_rejected += file_report.rows_rejected;
        report.values_left_out += file_report.values_left_out;
    }
    report.files_dropped =
        std::ranges::count(report.files, FileOutcome::kDropped, &FileReport::outcome);
    report.names_unresolved = static_cast<std::int64_t>(contents.unresolved.size());
}

}  // namespace tipoff::collect
