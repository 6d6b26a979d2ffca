/// `tipoff status`: what each step left behind for a date, and the four lights.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/status.h"
#include "serve/documents/status.h"

namespace tipoff::cli {
namespace {

using operate::StatusReport;

struct StatusOptions {
    std::string date = "today";
    bool detailed = false;
    Format format = Format::kTable;
};

void print_table(const StatusReport& report, bool detailed) {
    print(fmt::format("{}: {} games\n\n", to_string(report.date), report.games));
    const auto& factors = report.composite_factors;
    std::string reasons;
    for (const auto& [reason, count] : report.daily_cache.reasons)
        reasons += fmt::format(", {} {}", count, reason);
    const auto share = [](double value) {
        return value == value ? fmt::format("{:.0f}%", 100 * value) : std::string("-");
    };
    const Listing counts{
        .columns = {"part", "state"},
        .rows = {{Cell::text("feature store"),
                  Cell::text(fmt::format("{} players, {} teams", report.feature_store.players,
                                         report.feature_store.teams))},
                 {Cell::text("predictions"),
                  Cell::text(fmt::format("{} players, {} rows, {} systems, {} markets",
                                         report.predictions.players, report.predictions.rows,
                                         report.predictions.systems, report.predictions.markets))},
                 {Cell::text("composite factors"),
                  Cell::text(fmt::format(
                      "{} rows; known: fatigue {}, zone mismatch {}, pace {}, usage {}",
                      factors.rows, share(factors.fatigue), share(factors.zone_mismatch),
                      share(factors.pace), share(factors.usage)))},
                 {Cell::text("daily cache"),
                  Cell::text(fmt::format("{} passed, {} failed{}", report.daily_cache.passed,
                                         report.daily_cache.failed, reasons))}}};
    print_listing(counts, Format::kTable, "parts");
    print("\n");
    print_listing(serve::light_listing(report), Format::kTable, "lights");
    if (!detailed) return;
    print("\n");
    print_listing(serve::finding_listing(report), Format::kTable, "findings");
}

Expected<ExitCode> run(const StatusOptions& options, const Context& context) {
    TIPOFF_TRY(const GameDate date, context.date("--date", options.date));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const StatusReport report,
               operate::status(home->database(), date, context.clock().league_now()));
    switch (options.format) {
        case Format::kJson: print_json(serve::status_json(report)); break;
        case Format::kCsv:
            print_listing(serve::light_listing(report), Format::kCsv, "lights");
            break;
        case Format::kTable: print_table(report, options.detailed); break;
    }
    return ExitCode::kDone;
}

}  // namespace

void add_status_command(CommandLine& commands) {
    const auto options = std::make_shared<StatusOptions>();
    commands
        .command(
            {.name = "status",
             .summary = "What each step left behind for a date: job, age, completeness, sanity",
             .description = "Counts of the date, and four lights for every table that it should "
                            "have. What is not due yet is no fault.",
             .examples = {{{"status --date 2023-03-01 --detailed", "A night, column by column."},
                           {"status --format json", "Today, for a script."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("--date", options->date, "The league's day (today)")
        .flag("--detailed", options->detailed, "List every column that is not as usual")
        .format(options->format);
}

}  // namespace tipoff::cli
