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
    bool detailed = false;
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

Listing finding_listing(const StatusReport& report) {
    Listing listing{.columns = {"table", "column", "light", "says"}, .rows = {}};
    for (const auto& lights : report.lights) {
        for (const auto& finding : lights.findings) {
            listing.rows.push_back(
                {Cell::text(lights.table),
                 finding.column.empty() ? Cell() : Cell::text(finding.column),
                 Cell::text(operate::to_string(finding.light)).toned(tone_of(finding.light)),
                 Cell::text(finding.says)});
        }
    }
    return listing;
}

/// The lights as the listing has them, with the counts behind completeness and every column that is
/// not as usual.
Json lights_json(const StatusReport& report) {
    Json rows = json_rows(light_listing(report));
    for (std::size_t i = 0; i < report.lights.size(); ++i) {
        const auto& lights = report.lights[i];
        rows[i]["held"] = lights.counts.held;
        rows[i]["expected"] = lights.counts.expected;
        rows[i]["unit"] = lights.unit;
        rows[i]["findings"] = Json::array();
        for (const auto& finding : lights.findings) {
            rows[i]["findings"].push_back({{"column", finding.column},
                                           {"light", operate::to_string(finding.light)},
                                           {"says", finding.says}});
        }
    }
    return rows;
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
            {"lights", lights_json(report)}};
}

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
    print_listing(light_listing(report), Format::kTable, "lights");
    if (!detailed) return;
    print("\n");
    print_listing(finding_listing(report), Format::kTable, "findings");
}

Expected<ExitCode> run(const StatusOptions& options, const Context& context) {
    TIPOFF_TRY(const GameDate date, context.date("--date", options.date));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const StatusReport report,
               operate::status(home->database(), date, context.clock().league_now()));
    switch (options.format) {
        case Format::kJson: print_json(as_json(report)); break;
        case Format::kCsv: print_listing(light_listing(report), Format::kCsv, "lights"); break;
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
            [options](Context& context) { return run(*options, context); })
        .text("--date", options->date, "The league's day (today)")
        .flag("--detailed", options->detailed, "List every column that is not as usual")
        .format(options->format);
}

}  // namespace tipoff::cli
