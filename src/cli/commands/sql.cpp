/// `tipoff sql`: a query by hand.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/read_query.h"

namespace tipoff::cli {
namespace {

/// Rows shown unless `--limit` says otherwise; a greater result is better exported.
constexpr std::size_t kUsualLimit = 10'000;

/// What a query may cost a process that does it beside its own work: memory, and time. For as long
/// as it reads, a key that was deleted after it began cannot be written again.
constexpr std::size_t kMostHandedRows = 100'000;
constexpr std::chrono::seconds kHandedTimeLimit{15};

struct SqlOptions {
    std::string query;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> time_limit;
    Format format = Format::kTable;
};

std::optional<std::chrono::seconds> time_limit(const SqlOptions& options, const Context& context) {
    std::optional<std::chrono::seconds> limit;
    if (options.time_limit) limit = std::chrono::seconds{*options.time_limit};
    if (!context.is_handed()) return limit;
    return std::min(limit.value_or(kHandedTimeLimit), kHandedTimeLimit);
}

Expected<store::Columns> read_within(const SqlOptions& options, const Context& context,
                                     store::Database& database, const std::string& query,
                                     std::size_t most) {
    const auto limit = time_limit(options, context);
    TIPOFF_TRY(const auto reader, database.reader());
    const TimeLimit time(*reader, limit);
    auto columns = read_query(*reader, store::dialect_of(database), query, most);
    if (columns || !time.is_over()) return columns;
    return fail(ErrorCode::kRefused,
                fmt::format("the query took longer than {} s and was stopped",
                            limit.value_or(kHandedTimeLimit).count()),
                context.is_handed()
                    ? "another process has the home open, and answers; alone it may take longer"
                    : "--time-limit says how long it may take");
}

Expected<ExitCode> run(const SqlOptions& options, const Context& context) {
    if (options.time_limit && *options.time_limit < 1)
        return fail(ErrorCode::kUsage, "--time-limit: at least one second");
    if (options.limit && *options.limit < 1)
        return fail(ErrorCode::kUsage, "--limit: at least one row");
    const std::size_t most = options.limit ? static_cast<std::size_t>(*options.limit) : kUsualLimit;
    TIPOFF_TRY(const std::string query, checked_query(options.query));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    if (!context.is_handed()) TIPOFF_CHECK(restrict_files(home->database(), std::nullopt));
    const std::size_t most_read = context.is_handed() ? std::min(most, kMostHandedRows) : most;
    TIPOFF_TRY(const store::Columns columns,
               read_within(options, context, home->database(), query, most_read));
    if (most_read < most && columns.rows() > most_read) {
        return fail(
            ErrorCode::kRefused,
            fmt::format("more than {} rows, while another process has the home open", most_read),
            "tipoff export --query writes them to a file");
    }

    if (options.format == Format::kTable && !columns.names.empty() &&
        columns.names.front() == "explain_key") {
        // A plan is a drawing of several lines, not a cell.
        for (std::size_t row = 0; row < columns.rows(); ++row)
            print(columns.data[1].text(row));
        return ExitCode::kDone;
    }
    const bool is_cut = columns.rows() > most;
    const Listing listing = to_listing(columns, most);
    if (options.format == Format::kJson) {
        print_json(
            {{"columns", listing.columns}, {"rows", json_rows(listing)}, {"truncated", is_cut}});
    } else {
        print_listing(listing, options.format, "rows");
    }
    if (!is_cut || options.limit) return ExitCode::kDone;
    print_note(fmt::format(
        "only the first {} rows are shown: pass --limit N, or use tipoff export --query", most));
    return ExitCode::kIncomplete;
}

}  // namespace

void add_sql_command(CommandLine& commands) {
    const auto options = std::make_shared<SqlOptions>();
    commands
        .command({.name = "sql",
                  .summary = "Runs a read-only query",
                  .description =
                      "One query of the engine's SQL (SELECT, WITH, FROM, VALUES, SHOW, DESCRIBE, "
                      "SUMMARIZE, EXPLAIN). Nothing can be written and no other file be read. "
                      "tipoff schema lists tables and columns. A result of more than 10000 rows is "
                      "cut, with exit code 3, unless --limit is given.",
                  .examples = {{{"sql \"SELECT season, count(*) AS games FROM analytics.game GROUP "
                                 "BY season ORDER BY season\"",
                                 "How many games of each season are there."},
                                {"sql --format csv \"DESCRIBE analytics.player_game_summary\"",
                                 "The columns of a table, for a script."}}}},
                 HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("QUERY", options->query, "The query", Need::kRequired)
        .integer("--limit", options->limit, "Rows at most (10000)")
        .integer("--time-limit", options->time_limit,
                 "Seconds that it may take (no limit; at most 15 where another process has the "
                 "home open and answers)")
        .format(options->format);
}

}  // namespace tipoff::cli
