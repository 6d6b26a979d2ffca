/// `tipoff status`: what each step left behind for a date, and the four lights.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/status.h"

namespace tipoff::cli {
namespace {

using operate::Light;
using operate::LightReading;
using operate::StatusReport;

struct StatusOptions {
    std::string date = "today";
    Format format = Format::kTable;
};

Tone tone_of(Light light) {
    switch (light) {
        case Light::kGreen: return Tone::kGood;
        case Light::kYellow: return Tone::kWarning;
        case Light::kRed: return Tone::kBad;
    }
    return Tone::kPlain;
}

/// The table shows the words in the light's colour; JSON and CSV have both.
Cell reading_cell(const LightReading& reading) {
    const std::string both = fmt::format("{}: {}", operate::to_string(reading.light), reading.says);
    return Cell::text(both).toned(tone_of(reading.light));
}

Listing light_listing(const StatusReport& report) {
    Listing listing{.columns = {"step", "table", "job", "age", "completeness", "sanity"},
                    .rows = {}};
    for (const auto& lights : report.lights) {
        listing.rows.push_back({Cell::text(lights.step), Cell::text(lights.table),
                                reading_cell(lights.job), reading_cell(lights.age),
                                reading_cell(lights.completeness), reading_cell(lights.sanity)});
    }
    return listing;
}

Json as_json(const StatusReport& report) {
    Json reasons = Json::object();
    for (const auto& [reason, count] : report.daily_cache.reasons)
        reasons[reason] = count;
    const auto& factors = report.composite_factors;
    return {{"date", to_string(report.date)},
            {"games", report.games},
            {"feature_store",
             {{"players", report.feature_store.players}, {"teams", report.feature_store.teams}}},
            {"predictions",
             {{"players", report.predictions.players},
              {"rows", report.predictions.rows},
              {"systems", report.predictions.systems},
              {"markets", report.predictions.markets}}},
            {"composite_factors",
             {{"rows", factors.rows},
              {"fatigue", json_number(factors.fatigue)},
              {"zone_mismatch", json_number(factors.zone_mismatch)},
              {"pace", json_number(factors.pace)},
              {"usage", json_number(factors.usage)}}},
            {"daily_cache",
             {{"passed", report.daily_cache.passed},
              {"failed", report.daily_cache.failed},
              {"reasons", reasons}}},
            {"lights", json_rows(light_listing(report))}};
}

void print_table(const StatusReport& report) {
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
    print_listing(light_listing(report), Format::kTable, "lights");
}

Expected<ExitCode> run(const StatusOptions& options, const Context& context) {
    TIPOFF_TRY(const GameDate date, context.date("--date", options.date));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const StatusReport report, operate::status(home->database(), date));
    switch (options.format) {
        case Format::kJson: print_json(as_json(report)); break;
        case Format::kCsv: print_listing(light_listing(report), Format::kCsv, "lights"); break;
        case Format::kTable: print_table(report); break;
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
             .description = "",
             .examples = {{{"status --date 2023-03-01", "A night."},
                           {"status --format json", "Today, for a script."}}}},
            [options](Context& context) { return run(*options, context); })
        .text("--date", options->date, "The league's day (today)")
        .format(options->format);
}

}  // namespace tipoff::cli
