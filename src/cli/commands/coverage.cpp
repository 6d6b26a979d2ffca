/// `tipoff coverage`: who was expected, who was predicted, and why the others were not.

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/caller.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/pending_file.h"
#include "conform/market.h"
#include "forecast/systems.h"
#include "operate/coverage.h"
#include "operate/live.h"
#include "serve/documents/coverage.h"

namespace tipoff::cli {
namespace {

using operate::CoverageReport;

struct CoverageOptions {
    DateArguments dates;
    std::optional<std::string> market, system_id;
    bool detailed = false;
    bool trend = false;
    std::optional<std::string> csv_file;
    Format format = Format::kTable;
};

void print_sums(const CoverageReport& report) {
    print(fmt::format("{} to {}, {}{}: {} expected = {} predicted + {} voided + {} gaps\n",
                      to_string(report.dates.from), to_string(report.dates.to), report.market,
                      report.system_id ? " by " + *report.system_id : "", report.expected,
                      report.predicted, report.voided, report.gaps.size()));
    const auto& long_enough = report.played_ten_minutes;
    if (long_enough.n > 0) {
        print(fmt::format("played ten minutes or more: {} of {} predicted ({:.2f}%)\n",
                          long_enough.predicted, long_enough.n,
                          100.0 * static_cast<double>(long_enough.predicted) /
                              static_cast<double>(long_enough.n)));
    }
    print(fmt::format("lines of the predicted: {} with one, {} NO_LINE_YET, {} NO_LINE\n\n",
                      report.lines.lined, report.lines.no_line_yet, report.lines.no_line));
}

void print_table(const CoverageReport& report, const CoverageOptions& options) {
    print_sums(report);
    Listing reasons{.columns = {"reason", "count", "meaning"}, .rows = {}};
    for (const auto& [reason, count] : report.reasons) {
        reasons.rows.push_back({Cell::text(operate::to_string(reason)).toned(Tone::kWarning),
                                Cell::integer(count), Cell::text(operate::explanation(reason))});
    }
    for (const auto& [reason, count] : report.void_reasons) {
        reasons.rows.push_back({Cell::text(operate::to_string(reason)).toned(Tone::kFaint),
                                Cell::integer(count), Cell::text("an outcome, not a gap")});
    }
    for (const auto& [market, count] : report.not_modelled) {
        reasons.rows.push_back(
            {Cell::text("MARKET_NOT_MODELLED").toned(Tone::kFaint), Cell::integer(count),
             Cell::text(fmt::format("books quote {}; outside of expected, not a gap", market))});
    }
    if (!reasons.rows.empty()) print_listing(reasons, Format::kTable, "reasons");
    const auto print_further = [](const Listing& listing, std::string_view name) {
        if (listing.rows.empty()) return;
        print("\n");
        print_listing(listing, Format::kTable, name);
    };
    if (options.trend) print_further(serve::trend_listing(report), "trend");
    if (!options.detailed) return;
    print_further(serve::gap_listing(report), "gaps");
    print_further(serve::void_listing(report), "voids");
}

/// The reports' rows as one file, each with its market at the end.
Listing with_markets(const std::vector<CoverageReport>& reports,
                     Listing (*listing_of)(const CoverageReport&)) {
    Listing all;
    for (const CoverageReport& report : reports) {
        Listing part = listing_of(report);
        if (all.columns.empty()) {
            all.columns = std::move(part.columns);
            all.columns.emplace_back("market");
        }
        for (Row& row : part.rows) {
            row.push_back(Cell::text(report.market));
            all.rows.push_back(std::move(row));
        }
    }
    return all;
}

/// The first market's document; where none was asked for, with those of all that there are.
Json document_of(const std::vector<CoverageReport>& reports, const CoverageOptions& options) {
    const serve::CoverageParts parts{.voids = options.detailed, .trend = options.trend};
    Json document = serve::coverage_json(reports.front(), parts);
    if (options.market) return document;
    document["markets"] = Json::array();
    for (const CoverageReport& report : reports)
        document["markets"].push_back(serve::coverage_json(report, parts));
    return document;
}

Expected<std::vector<CoverageReport>> reports_of(const CoverageOptions& options,
                                                 const Context& context) {
    TIPOFF_TRY(const store::DateScope dates, options.dates.range(context));
    TIPOFF_TRY(auto markets, parse_one_market(options.market));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    if (markets.empty()) {
        TIPOFF_TRY(markets, operate::forecast_markets(home->database(), dates));
    }
    // Of a night that nothing was made of, all are gaps.
    if (markets.empty()) markets = {Market::kPoints};
    std::vector<CoverageReport> reports;
    for (const Market market : markets) {
        TIPOFF_TRY(CoverageReport report,
                   operate::coverage(home->database(), {.dates = dates,
                                                        .market = std::string(to_string(market)),
                                                        .system_id = options.system_id,
                                                        .now = context.clock().league_now()}));
        reports.push_back(std::move(report));
    }
    return reports;
}

Expected<ExitCode> run(const CoverageOptions& options, const Context& context) {
    TIPOFF_TRY(const auto reports, reports_of(options, context));
    if (options.csv_file) {
        TIPOFF_TRY(PendingFile file, PendingFile::beside(caller().path(*options.csv_file)));
        TIPOFF_CHECK(file.write(csv_text(with_markets(reports, serve::gap_listing))));
        TIPOFF_CHECK(file.put_in_place());
    }
    switch (options.format) {
        case Format::kJson: print_json(document_of(reports, options)); break;
        case Format::kCsv:
            print_listing(
                with_markets(reports, options.trend ? serve::trend_listing : serve::gap_listing),
                Format::kCsv, options.trend ? "trend" : "gaps");
            break;
        case Format::kTable:
            for (const CoverageReport& report : reports) {
                if (&report != &reports.front()) print("\n");
                print_table(report, options);
            }
            break;
    }
    const bool is_whole = std::ranges::all_of(
        reports, [](const CoverageReport& report) { return report.gaps.empty(); });
    return is_whole ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace

void add_coverage_command(CommandLine& commands) {
    const auto options = std::make_shared<CoverageOptions>();
    Options declared = commands.command(
        {.name = "coverage",
         .summary = "Expected, predicted, and each gap with its reason",
         .description = "Every expected player of the dates is predicted, voided (the game is over "
                        "and he did not play) or a gap with one reason of a closed list. Ends with "
                        "3 when there are gaps.",
         .examples = {{{"coverage --date 2023-03-01 --detailed", "A night, with the names."},
                       {"coverage --from 2022-10-18 --to 2023-04-09 --csv gaps.csv",
                        "A season's gaps as a file."}}}},
        HomeUse::kShared, [options](Context& context) { return run(*options, context); });
    options->dates.declare_date(declared, "One day");
    options->dates.declare_ranges(declared);
    declared
        .text("--market", options->market,
              market_names() + " (all that the dates have forecasts of)")
        .choice("--system", options->system_id,
                {forecast::kSystemIds.begin(), forecast::kSystemIds.end()},
                "Predicted by this system; by any otherwise")
        .flag("--detailed", options->detailed, "List every gap and every voided bet")
        .flag("--trend", options->trend, "The sums of each date, and its most frequent reason")
        .text("--csv", options->csv_file, "Write the gaps to this file as well")
        .format(options->format);
}

}  // namespace tipoff::cli
