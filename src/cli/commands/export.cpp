/// `tipoff export`: a table or a query's result as a file.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/caller.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/pending_file.h"
#include "cli/read_query.h"
#include "operate/catalogue.h"
#include "store/dialect.h"
#include "store/parquet_file.h"

namespace tipoff::cli {
namespace {

/// Rows that go to the disk at once.
constexpr std::size_t kBlockRows = 4096;

struct ExportOptions {
    std::string table;
    std::optional<std::string> query;
    std::string file;
    Format format = Format::kTable;
};

/// All rows of a table in the order of its key, so that the same contents are the same file.
Expected<std::string> table_query(std::string_view name) {
    for (const store::TableSpec* table : operate::catalogue()) {
        if (table->qualified_name() != name && table->name != name) continue;
        std::string order;
        for (const std::size_t key : table->key_columns()) {
            order +=
                fmt::format("{} {}", order.empty() ? " ORDER BY" : ",", table->columns[key].name);
        }
        return fmt::format("SELECT * FROM {}{}", table->qualified_name(), order);
    }
    return fail(ErrorCode::kUsage, fmt::format("there is no table '{}'", name),
                "tipoff schema lists them");
}

Expected<std::string> query_of(const ExportOptions& options) {
    if (options.query.has_value() != options.table.empty()) {
        return fail(ErrorCode::kUsage, "export: a table or --query SQL, one of them",
                    "tipoff schema lists the tables");
    }
    if (!options.query) return table_query(options.table);
    return checked_query(*options.query);
}

Expected<std::int64_t> write_csv(store::Database& database, const std::string& query,
                                 PendingFile& file) {
    TIPOFF_TRY(const store::Columns columns, database.read(query, {}));
    std::string block = csv_line(columns.names);
    for (std::size_t row = 0; row < columns.rows(); ++row) {
        append_csv_line(columns, row, block);
        if (row % kBlockRows != kBlockRows - 1) continue;
        TIPOFF_CHECK(file.write(block));
        block.clear();
    }
    TIPOFF_CHECK(file.write(block));
    return static_cast<std::int64_t>(columns.rows());
}

/// The engine of a home that is open for writing puts files into one folder only, so it is moved
/// from there.
Status move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    std::filesystem::rename(from, to, error);
    if (!error) return {};
    // On another disk.
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
    std::error_code ignored;
    std::filesystem::remove(from, ignored);
    if (error)
        return fail(ErrorCode::kIo,
                    fmt::format("{} cannot be written: {}", to.string(), error.message()));
    return {};
}

/// What a server answers, which cannot write files of ours.
Expected<std::int64_t> write_parquet_of(store::Database& database, const std::string& query,
                                        PendingFile& file) {
    TIPOFF_TRY(const store::Columns columns, database.read(query, {}));
    TIPOFF_TRY(const auto parquet, store::ParquetWriter::open(file.temporary()));
    TIPOFF_CHECK(parquet->add(columns));
    return parquet->finish();
}

Expected<std::int64_t> write_parquet(store::Home& home, bool is_handed, const std::string& query,
                                     PendingFile& file) {
    if (store::dialect_of(home.database()) == store::Dialect::kPostgres)
        return write_parquet_of(home.database(), query, file);
    const auto folder = store::exchange_folder(home.folder());
    std::filesystem::path written = file.temporary();
    if (is_handed) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        written = folder / file.temporary().filename();
    }
    // The engine answers a COPY with the count of rows.
    TIPOFF_TRY(
        const store::Columns count,
        home.database().read(fmt::format("COPY (\n{}\n) TO {} (FORMAT parquet, USE_TMP_FILE false)",
                                         query, store::sql_literal(written.string())),
                             {}));
    if (is_handed) {
        TIPOFF_CHECK(move_file(written, file.temporary()));
        std::error_code in_use;
        std::filesystem::remove(folder, in_use);
    }
    return count.data.at(0).integer(0);
}

Expected<ExitCode> run(const ExportOptions& options, const Context& context) {
    const bool is_parquet = options.file.ends_with(".parquet");
    if (!is_parquet && !options.file.ends_with(".csv")) {
        return fail(ErrorCode::kUsage,
                    fmt::format("--to: '{}' ends neither in .csv nor in .parquet", options.file),
                    "the ending decides the form");
    }
    TIPOFF_TRY(const std::string query, query_of(options));
    TIPOFF_TRY(PendingFile file, PendingFile::beside(caller().path(options.file)));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    store::Database& database = home->database();
    if (!context.is_handed()) {
        TIPOFF_CHECK(
            restrict_files(database, is_parquet ? std::optional(file.temporary()) : std::nullopt));
    }
    TIPOFF_TRY(const auto reader, database.reader());
    TIPOFF_CHECK(plan_query(*reader, store::dialect_of(database), query));
    TIPOFF_TRY(const std::int64_t rows, is_parquet
                                            ? write_parquet(*home, context.is_handed(), query, file)
                                            : write_csv(database, query, file));
    TIPOFF_CHECK(file.put_in_place());

    std::error_code ignored;
    const auto bytes =
        static_cast<std::int64_t>(std::filesystem::file_size(caller().path(options.file), ignored));
    if (options.format == Format::kJson) {
        print_json({{"file", options.file}, {"rows", rows}, {"bytes", bytes}});
    } else {
        const Listing listing{
            .columns = {"file", "rows", "bytes"},
            .rows = {{Cell::text(options.file), Cell::integer(rows), Cell::integer(bytes)}}};
        print_listing(listing, options.format, "files");
    }
    return ExitCode::kDone;
}

}  // namespace

void add_export_command(CommandLine& commands) {
    const auto options = std::make_shared<ExportOptions>();
    commands
        .command(
            {.name = "export",
             .summary = "Writes a table or a query's result as a csv or parquet file",
             .description = "The file appears whole or not at all; an older one of the same name "
                            "is replaced. A table's rows are in the order of its key. In csv an "
                            "instant is ISO 8601 in UTC, NULL an empty field and empty text \"\".",
             .examples = {{{"export analytics.player_game_summary --to player_games.parquet",
                            "A table, for pandas or R."},
                           {"export --query \"SELECT * FROM analytics.game WHERE season = "
                            "'2022-23'\" --to games.csv",
                            "What a query finds."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("TABLE", options->table, "The table; tipoff schema lists them")
        .text("--query", options->query, "A query in place of a table")
        .text("--to", options->file, "The file, ending in .csv or .parquet", Need::kRequired)
        .format(options->format);
}

}  // namespace tipoff::cli
