#pragma once
/// Import: files of box scores, schedules, shots, lines, injuries and positions into the raw
/// tables.
///
/// Two steps, so that the caller's run completes in the transaction that writes: `stage_import`
/// reads, checks and resolves everything in memory and writes nothing but the archive;
/// `write_import` merges each table once. A file is kept or dropped as a whole, a row is kept or
/// rejected with a reason; docs/import.md has the rules. The result does not depend on the order of
/// the files, on their names (but for the season of positions) or on the number of threads.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::collect {

struct ImportProgress {
    std::size_t files_done = 0;
    std::size_t files = 0;
    std::string_view file_name;  ///< the one that was just read
};

/// A document of an earlier import.
struct ArchivedFile {
    std::string content_hash;
    std::string file_name;  ///< as it was called when it came
};

struct ImportOptions {
    std::filesystem::path home;  ///< its archive/ receives the files' bytes
    std::vector<std::filesystem::path>
        paths;  ///< files, or folders to walk for .csv, .csv.gz, .parquet
    /// Documents that an import has archived, to be read again, in place of `paths`.
    std::vector<ArchivedFile> archived;
    int threads = 2;  ///< files read at once

    /// Told after each file, by one thread at a time but not always the same one.
    std::function<void(const ImportProgress&)> progress;
};

enum class FileOutcome : std::uint8_t {
    kKept,             ///< its rows are facts now, those that were rejected excepted
    kDropped,          ///< nothing of it is used
    kAlreadyImported,  ///< the database has this content, or another path of this import
};

[[nodiscard]] std::string_view name_of(FileOutcome outcome);

/// One row that was refused, or one value of a row that was left out.
struct RejectedLine {
    std::int64_t line = 0;  ///< the header is 1; 0 is the whole file
    std::string column;
    std::string reason;
    std::string value;
};

struct ReasonCount {
    std::string column;
    std::string reason;  ///< the broken rule, without what differs from row to row
    std::int64_t count = 0;
};

/// What became of one file. `rows_read` = `rows_kept` + `rows_rejected`; duplicates are among the
/// kept.
struct FileReport {
    std::filesystem::path path;
    std::string kind;  ///< "unknown" when its columns fit none
    std::string content_hash;
    FileOutcome outcome = FileOutcome::kKept;
    std::string reason;  ///< why it was dropped, or what has it already
    std::int64_t rows_read = 0;
    std::int64_t rows_kept = 0;
    std::int64_t rows_rejected = 0;
    std::int64_t values_left_out = 0;    ///< of rows that are kept otherwise
    std::int64_t duplicates = 0;         ///< records that repeat another one exactly
    std::int64_t unresolved_names = 0;   ///< records kept without their player
    std::vector<ReasonCount> reasons;    ///< by count, most first
    std::vector<RejectedLine> examples;  ///< the first `kMaxExamples`
};
inline constexpr std::size_t kMaxExamples = 20;

struct TableReport {
    std::string table;
    std::int64_t staged = 0;
    std::int64_t changed = 0;
};

struct ImportReport {
    std::vector<FileReport> files;    ///< in the order of their paths
    std::vector<TableReport> tables;  ///< after `write_import`
    std::int64_t rows_read = 0;
    std::int64_t rows_kept = 0;
    std::int64_t rows_rejected = 0;
    std::int64_t values_left_out = 0;
    std::int64_t files_dropped = 0;     ///< any: the import is incomplete
    std::int64_t names_unresolved = 0;  ///< distinct names of a team and season
    int merges = 0;
    double read_seconds = 0;
    double resolve_seconds = 0;
    double write_seconds = 0;
};

/// Everything that `write_import` will write.
class StagedImport {
public:
    struct Contents;

    explicit StagedImport(std::unique_ptr<Contents> contents);
    StagedImport(StagedImport&&) noexcept;
    StagedImport& operator=(StagedImport&&) noexcept;
    ~StagedImport();

    /// Complete but for the tables, the merges and the time of writing.
    [[nodiscard]] const ImportReport& report() const;

    /// Whether `write_import` would change nothing.
    [[nodiscard]] bool is_empty() const;

    [[nodiscard]] Contents& contents() { return *contents_; }

private:
    std::unique_ptr<Contents> contents_;
};

/// Reads the files and settles them against the database, which is only read. A path that does not
/// exist or holds no data file is `kNotFound`; a disk that cannot take the archive is `kIo`. What
/// is wrong with a file is in the report, not an error.
Expected<StagedImport> stage_import(store::Database& database, const Clock& clock,
                                    const ImportOptions& options);

/// Merges each table that has rows once, and returns the report. Nothing is durable before the
/// transaction's commit.
Expected<ImportReport> write_import(StagedImport staged, store::Transaction& transaction,
                                    const Clock& clock);

}  // namespace tipoff::collect
