/// `tipoff run`: a whole day, from what is to be collected to the board.

#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/board_output.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/control.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "operate/board.h"

namespace tipoff::cli {
namespace {

constexpr std::size_t kBoardRows = 30;

struct RunOptions {
    std::string date = "today";
    bool skip_collect = false;
    std::vector<std::string> markets;
    std::optional<std::string> upstreams;
    Format format = Format::kTable;
};

/// Runs that have nothing to tell are left out of what a person reads.
std::vector<ledger::RunRow> worth_telling(const std::vector<ledger::RunRow>& runs) {
    std::vector<ledger::RunRow> told;
    for (const ledger::RunRow& run : runs) {
        if (run.state != "skipped") told.push_back(run);
    }
    return told;
}

std::string skipped_words(const std::vector<ledger::RunRow>& runs) {
    std::map<std::string, int> reasons;
    for (const ledger::RunRow& run : runs) {
        if (run.state == "skipped") ++reasons[run.reason];
    }
    std::string words;
    for (const auto& [reason, count] : reasons)
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, reason);
    return words;
}

Expected<ExitCode> run(const RunOptions& options, const Context& context) {
    TIPOFF_TRY(const GameDate date, context.date("--date", options.date));
    TIPOFF_TRY(std::vector<Market> markets, parse_markets(options.markets));
    TIPOFF_TRY(operate::Workflows workflows, context.workflows());
    TIPOFF_TRY(const auto operation,
               Operation::open(context, {.upstreams = options.upstreams, .lanes = kLanes}));
    Control control(*operation, std::move(workflows), std::move(markets));
    const auto started = operation->clock().elapsed();
    const auto done = [&] {
        Progress progress(context.clock());
        return control.controller.run_day(
            date, options.skip_collect ? operate::Collect::kNothing : operate::Collect::kWhatIsDue,
            [&](const ledger::RunRow& begun) {
                progress.show(fmt::format("{} {}", begun.step, begun.scope));
            });
    }();
    TIPOFF_TRY(const auto runs, done);
    const double seconds =
        std::chrono::duration<double>(operation->clock().elapsed() - started).count();
    TIPOFF_TRY(const operate::Board board,
               operate::board_of_markets(operation->database(), {.date = date}, {}));
    const ExitCode code = code_of(runs);
    if (options.format == Format::kJson) {
        print_json({{"date", to_string(date)},
                    {"complete", code == ExitCode::kDone},
                    {"seconds", seconds},
                    {"runs", json_rows(runs_listing(runs, Format::kJson))},
                    {"board_rows", board.rows.size()}});
        return code;
    }
    const auto told = worth_telling(runs);
    if (!told.empty() || options.format == Format::kCsv)
        print_listing(runs_listing(told, options.format), options.format, "runs");
    if (options.format == Format::kCsv) return code;
    const std::string skipped = skipped_words(runs);
    print(fmt::format("\n{} runs in {:.1f} s{}\n\n", runs.size(), seconds,
                      skipped.empty() ? "" : fmt::format("; passed over: {}", skipped)));
    if (board.rows.empty()) {
        print("There is no board for this date.\n");
    } else {
        print_board_table(board, kBoardRows);
    }
    return code;
}

}  // namespace

void add_run_command(CommandLine& commands) {
    const auto options = std::make_shared<RunOptions>();
    commands
        .command(
            {.name = "run",
             .summary = "A whole day: collect what is due, conform, features, forecasts, the board",
             .description =
                 "The tasks of the workflows for one date as one graph: sources side by side, what "
                 "is computed as soon as its data is there. What has not changed is passed over, "
                 "so that a second call takes no time. A date that is over is forecast as of each "
                 "tip-off, and graded. Exit 3: something is missing or waits, and the output says "
                 "what; tipoff schedule run goes on with what waits.",
             .examples = {{{"run --date today", "Tonight's board, from nothing."},
                           {"run --date 2026-01-20 --skip-collect",
                            "The same by what is known already."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("--date", options->date, "Game date (today)")
        .flag("--skip-collect", options->skip_collect, "Ask no upstream")
        .list("--market", options->markets,
              "Markets to forecast, or every: " + market_names() + " (those of the workflows)")
        .text("--upstreams", options->upstreams,
              "Ask this address in place of every upstream (TIPOFF_UPSTREAMS)")
        .format(options->format);
}

}  // namespace tipoff::cli
