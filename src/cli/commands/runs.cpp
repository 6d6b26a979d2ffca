/// `tipoff runs`: the history of runs.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/runs_upkeep.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/run_listing.h"
#include "ledger/ops_tables.h"
#include "ledger/run_state.h"
#include "operate/run_summary.h"
#include "serve/documents/runs.h"

namespace tipoff::cli {
namespace {

struct ListOptions {
    std::optional<std::string> since;
    std::optional<std::string> state;
    std::optional<std::string> step;
    std::int64_t limit = 100;
    std::optional<std::int64_t> limit_given;
    Format format = Format::kTable;
};

struct ShowOptions {
    std::string run_id;
    Format format = Format::kTable;
};

Expected<ExitCode> list(const ListOptions& options, const Context& context) {
    std::string where = "WHERE true";
    store::Values values;
    const auto demand = [&](std::string_view condition, store::Value value) {
        values.push_back(std::move(value));
        where += fmt::format(" AND {} ${}", condition, values.size());
    };
    if (options.since) {
        TIPOFF_TRY(const Instant since,
                   parse_since("--since", *options.since, context.clock().wall_now(), context));
        demand("coalesce(finished_at, planned_at) >=", since);
    }
    if (options.state) demand("state =", *options.state);
    if (options.step) demand("step =", *options.step);
    const std::int64_t limit = options.limit_given.value_or(options.limit);
    if (limit < 1) return fail(ErrorCode::kUsage, "--limit: at least one run");
    where +=
        fmt::format(" ORDER BY coalesce(started_at, planned_at) DESC, run_id DESC LIMIT {}", limit);

    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto runs, store::read_rows(home->database(), ledger::kRun, where, values));
    if (options.format == Format::kTable) {
        print_listing(run_table(runs), Format::kTable, "runs");
        return ExitCode::kDone;
    }
    print_listing(serve::run_fields(runs), options.format, "runs");
    return ExitCode::kDone;
}

Expected<ExitCode> show(const ShowOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const store::Columns found,
               home->database().read("SELECT * FROM ops.run WHERE run_id = $1", {options.run_id}));
    if (found.rows() == 0) {
        return fail(ErrorCode::kNotFound, fmt::format("there is no run '{}'", options.run_id),
                    "tipoff runs list shows them");
    }
    const Listing run = to_listing(found);
    if (options.format == Format::kJson) {
        print_json({{"run", json_rows(run).front()}});
        return ExitCode::kDone;
    }
    Listing fields{.columns = {"field", "value"}, .rows = {}};
    for (std::size_t c = 0; c < run.columns.size(); ++c) {
        fields.rows.push_back({Cell::text(run.columns[c]), run.rows.front()[c]});
    }
    print_listing(fields, options.format, "run");
    return ExitCode::kDone;
}

std::vector<std::string> state_names() {
    std::vector<std::string> names;
    for (const ledger::RunState state : ledger::kRunStates)
        names.emplace_back(to_string(state));
    return names;
}

struct SummaryOptions {
    std::string since = "24h";
    Format format = Format::kTable;
};

Expected<ExitCode> summary(const SummaryOptions& options, const Context& context) {
    TIPOFF_TRY(const Instant since,
               parse_since("--since", options.since, context.clock().wall_now(), context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto made, operate::summarize_runs(home->database(), since));
    switch (options.format) {
        case Format::kJson: print_json(serve::summary_json(made)); break;
        case Format::kCsv: print_listing(serve::step_listing(made), Format::kCsv, "steps"); break;
        case Format::kTable:
            print(fmt::format("since {}\n\n", to_eastern_string(made.since)));
            print_listing(serve::step_listing(made), Format::kTable, "steps");
            if (!made.slowest.empty()) {
                print("\nthe slowest\n");
                print_listing(serve::slowest_listing(made), Format::kTable, "slowest");
            }
            if (!made.never_succeeded.empty()) {
                print("\nnever succeeded\n");
                print_listing(serve::never_listing(made), Format::kTable, "never_succeeded");
            }
    }
    return ExitCode::kDone;
}

void add_summary(CommandLine& runs) {
    const auto options = std::make_shared<SummaryOptions>();
    runs.command(
            {.name = "summary",
             .summary = "Counts by step and state, how long runs took, the last success of each",
             .description = "Collections are counted by source. p50 and p95 are seconds of the "
                            "runs that have ended.",
             .examples = {{{"runs summary --since 24h", "The last day."},
                           {"runs summary --since 7d --format json", "A week, for a script."}}}},
            HomeUse::kShared, [options](Context& context) { return summary(*options, context); })
        .text("--since", options->since, "A span such as 24h, 7d or 30m, or a date (24h)")
        .format(options->format);
}

void add_list(CommandLine& runs) {
    const auto options = std::make_shared<ListOptions>();
    runs.command(
            {.name = "list",
             .summary = "Runs, the newest first",
             .description =
                 "JSON and CSV have every instant (UTC); the table is for people (Eastern time).",
             .examples = {{{"runs list --since 24h", "What ran in the last day."},
                           {"runs list --state failed --format json",
                            "What failed, for a script."}}}},
            HomeUse::kShared, [options](Context& context) { return list(*options, context); })
        .text("--since", options->since, "A span such as 24h, 7d or 30m, or a date")
        .choice("--state", options->state, state_names(), "Only runs in this state")
        .text("--step", options->step, "Only runs of this step: import, conform, features, ...")
        .integer("--limit", options->limit_given, "Runs at most (100)")
        .format(options->format);
}

void add_show(CommandLine& runs) {
    const auto options = std::make_shared<ShowOptions>();
    runs.command({.name = "show",
                  .summary = "Everything that is on record of one run",
                  .description = "",
                  .examples = {{{"runs show ID", "ID is the first column of tipoff runs list."},
                                {"runs show ID --format json", "The same for a script."}}}},
                 HomeUse::kShared, [options](Context& context) { return show(*options, context); })
        .text("ID", options->run_id, "The run", Need::kRequired)
        .format(options->format);
}

}  // namespace

void add_runs_command(CommandLine& commands) {
    CommandLine runs =
        commands.group({.name = "runs",
                        .summary = "The history of runs",
                        .description = "",
                        .examples = {{{"runs list --since 24h", "What ran in the last day."},
                                      {"runs show ID", "Everything about one run."}}}});
    add_list(runs);
    add_show(runs);
    add_runs_upkeep_command(runs);
    add_summary(runs);
}

}  // namespace tipoff::cli
