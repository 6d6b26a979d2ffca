/// `tipoff sql`: a query by hand.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/read_query.h"

namespace tipoff::cli {
namespace {

/// Rows shown unless `--limit` says otherwise; a greater result is better exported.
constexpr std::size_t kUsualLimit = 10'000;

struct SqlOptions {
    std::string query;
    std::optional<std::int64_t> limit;
    Format format = Format::kTable;
};

Expected<ExitCode> run(const SqlOptions& options, const Context& context) {
    if (options.limit && *options.limit < 1)
        return fail(ErrorCode::kUsage, "--limit: at least one row");
    const std::size_t most = options.limit ? static_cast<std::size_t>(*options.limit) : kUsualLimit;
    TIPOFF_TRY(const std::string query, checked_query(options.query));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_CHECK(restrict_files(home->database(), std::nullopt));
    TIPOFF_TRY(const store::Columns columns, read_query(home->database(), query, most));

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
                 [options](Context& context) { return run(*options, context); })
        .text("QUERY", options->query, "The query", Need::kRequired)
        .integer("--limit", options->limit, "Rows at most (10000)")
        .format(options->format);
}

}  // namespace tipoff::cli
