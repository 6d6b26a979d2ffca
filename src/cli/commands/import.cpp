/// `tipoff import`: data sets from files into the raw tables.

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "cli/caller.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "collect/import.h"
#include "ledger/ledger.h"
#include "operate/importing.h"

namespace tipoff::cli {
namespace {

using collect::FileOutcome;
using collect::FileReport;
using collect::ImportReport;

struct ImportArguments {
    std::vector<std::string> paths;
    Format format = Format::kTable;
};

Expected<ImportReport> import_files(const ImportArguments& arguments, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    ledger::Ledger ledger(home->database(), context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));

    Progress progress(context.clock());
    collect::ImportOptions options{
        .home = home->folder(), .paths = {}, .threads = 2, .progress = {}};
    for (const std::string& path : arguments.paths)
        options.paths.push_back(caller().path(path));
    options.progress = [&progress](const collect::ImportProgress& done) {
        spdlog::info("import: {} of {} files read: {}", done.files_done, done.files,
                     done.file_name);
        progress.show(fmt::format("reading: {} of {} files, {}", done.files_done, done.files,
                                  done.file_name));
    };
    return operate::run_import(home->database(), ledger, context.clock(), options);
}

Tone tone_of(FileOutcome outcome) {
    switch (outcome) {
        case FileOutcome::kKept: return Tone::kGood;
        case FileOutcome::kDropped: return Tone::kBad;
        case FileOutcome::kAlreadyImported: return Tone::kFaint;
    }
    return Tone::kPlain;
}

Listing file_listing(const ImportReport& report) {
    Listing listing{
        .columns = {"file", "kind", "outcome", "rows_read", "rows_kept", "rows_rejected",
                    "values_left_out", "duplicates", "unresolved_names", "reason"},
        .rows = {}};
    for (const FileReport& file : report.files) {
        listing.rows.push_back(
            {Cell::text(caller().shown(file.path).string()).shown_as(file.path.filename().string()),
             Cell::text(file.kind), Cell::text(name_of(file.outcome)).toned(tone_of(file.outcome)),
             Cell::integer(file.rows_read), Cell::integer(file.rows_kept),
             Cell::integer(file.rows_rejected), Cell::integer(file.values_left_out),
             Cell::integer(file.duplicates), Cell::integer(file.unresolved_names),
             Cell::text(file.reason)});
    }
    return listing;
}

Listing reason_listing(const FileReport& file) {
    Listing listing{.columns = {"file", "column", "reason", "count"}, .rows = {}};
    for (const auto& reason : file.reasons) {
        listing.rows.push_back(
            {Cell::text(caller().shown(file.path).string()).shown_as(file.path.filename().string()),
             Cell::text(reason.column), Cell::text(reason.reason), Cell::integer(reason.count)});
    }
    return listing;
}

Listing example_listing(const FileReport& file) {
    Listing listing{.columns = {"line", "column", "reason", "value"}, .rows = {}};
    for (const auto& line : file.examples) {
        listing.rows.push_back({Cell::integer(line.line), Cell::text(line.column),
                                Cell::text(line.reason), Cell::text(line.value)});
    }
    return listing;
}

Listing table_listing(const ImportReport& report) {
    Listing listing{.columns = {"table", "staged", "changed"}, .rows = {}};
    for (const auto& table : report.tables) {
        listing.rows.push_back(
            {Cell::text(table.table), Cell::integer(table.staged), Cell::integer(table.changed)});
    }
    return listing;
}

void print_as_json(const ImportReport& report) {
    Json files = json_rows(file_listing(report));
    for (std::size_t i = 0; i < report.files.size(); ++i) {
        files[i]["content_hash"] = report.files[i].content_hash;
        files[i]["reasons"] = json_rows(reason_listing(report.files[i]));
        files[i]["examples"] = json_rows(example_listing(report.files[i]));
    }
    print_json({{"complete", report.files_dropped == 0},
                {"files_dropped", report.files_dropped},
                {"rows_read", report.rows_read},
                {"rows_kept", report.rows_kept},
                {"rows_rejected", report.rows_rejected},
                {"values_left_out", report.values_left_out},
                {"names_unresolved", report.names_unresolved},
                {"merges", report.merges},
                {"seconds",
                 {{"read", report.read_seconds},
                  {"resolve", report.resolve_seconds},
                  {"write", report.write_seconds}}},
                {"files", files},
                {"tables", json_rows(table_listing(report))}});
}

void print_as_tables(const ImportReport& report) {
    print_listing(file_listing(report), Format::kTable, "files");
    Listing reasons{.columns = {"file", "column", "reason", "count"}, .rows = {}};
    for (const FileReport& file : report.files) {
        for (auto& row : reason_listing(file).rows)
            reasons.rows.push_back(std::move(row));
    }
    if (!reasons.rows.empty()) {
        print("\nRejected, by reason (each row is in raw.rejected_row):\n");
        print_listing(reasons, Format::kTable, "reasons");
    }
    if (!report.tables.empty()) {
        print("\n");
        print_listing(table_listing(report), Format::kTable, "tables");
    }
    print(
        fmt::format("\n{} rows read, {} kept, {} rejected; {} merges; {:.1f} s reading, {:.1f} s "
                    "resolving, {:.1f} s writing\n",
                    report.rows_read, report.rows_kept, report.rows_rejected, report.merges,
                    report.read_seconds, report.resolve_seconds, report.write_seconds));
}

Expected<ExitCode> run(const ImportArguments& arguments, const Context& context) {
    TIPOFF_TRY(const ImportReport report, import_files(arguments, context));
    switch (arguments.format) {
        case Format::kJson: print_as_json(report); break;
        case Format::kCsv: print_listing(file_listing(report), Format::kCsv, "files"); break;
        case Format::kTable: print_as_tables(report); break;
    }
    if (report.files_dropped == 0) return ExitCode::kDone;
    print_note(fmt::format("{} of {} files were dropped; the report says why", report.files_dropped,
                           report.files.size()));
    return ExitCode::kIncomplete;
}

}  // namespace

void add_import_command(CommandLine& commands) {
    const auto arguments = std::make_shared<ImportArguments>();
    commands
        .command(
            {.name = "import",
             .summary = "Reads data sets: box scores, schedules, shots, lines, injuries, positions",
             .description = "Files (.csv, .csv.gz, .parquet) and folders of them; the columns tell "
                            "what a file is. A row is kept or rejected with its reason; a file "
                            "with a broken form or more than 1% rejected rows is dropped as a "
                            "whole, which is exit code 3. Importing a file again changes nothing.",
             .examples = {{{"import data/", "Everything in a folder."},
                           {"import box.csv.gz schedule.csv.gz --format json",
                            "Two files, with the report for a script."}}}},
            HomeUse::kShared, [arguments](Context& context) { return run(*arguments, context); })
        .list("PATH", arguments->paths, "Files or folders", Need::kRequired)
        .format(arguments->format);
}

}  // namespace tipoff::cli
