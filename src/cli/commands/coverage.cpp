/// `tipoff coverage`: who was expected, who was predicted, and why the others were not.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/pending_file.h"
#include "conform/market.h"
#include "operate/coverage.h"

namespace tipoff::cli {
namespace {

using operate::CoverageGap;
using operate::CoverageReport;

struct CoverageOptions {
    DateArguments dates;
    std::string market = "points";
    bool detailed = false;
    std::optional<std::string> csv_file;
    Format format = Format::kTable;
};

Listing gap_listing(const CoverageReport& report) {
    Listing listing{
        .columns = {"date", "game_id", "player_id", "player", "team", "reason", "detail"},
        .rows = {}};
    for (const CoverageGap& gap : report.gaps) {
        listing.rows.push_back({Cell::date(gap.date), Cell::text(to_string(gap.game_id)),
                                Cell::integer(gap.player_id.value),
                                gap.player.empty() ? Cell() : Cell::text(gap.player),
                                gap.team.empty() ? Cell() : Cell::text(gap.team),
                                Cell::text(operate::to_string(gap.reason)),
                                Cell::text(gap.detail)});
    }
    return listing;
}

Json as_json(const CoverageReport& report) {
    Json document;
    const bool one_day = report.dates.from == report.dates.to;
    if (one_day) {
        document["date"] = to_string(report.dates.from);
    } else {
        document["from"] = to_string(report.dates.from);
        document["to"] = to_string(report.dates.to);
    }
    document["market"] = report.market;
    document["expected"] = report.expected;
    document["predicted"] = report.predicted;
    document["voided"] = report.voided;
    document["gaps"] = json_rows(gap_listing(report));
    document["reasons"] = Json::object();
    for (const auto& [reason, count] : report.reasons)
        document["reasons"][std::string(operate::to_string(reason))] = count;
    document["not_modelled"] = Json::object();
    for (const auto& [market, count] : report.not_modelled)
        document["not_modelled"][market] = count;
    return document;
}

void print_table(const CoverageReport& report, bool detailed) {
    print(fmt::format("{} to {}, {}: {} expected = {} predicted + {} voided + {} gaps\n\n",
                      to_string(report.dates.from), to_string(report.dates.to), report.market,
                      report.expected, report.predicted, report.voided, report.gaps.size()));
    Listing reasons{.columns = {"reason", "count", "meaning"}, .rows = {}};
    for (const auto& [reason, count] : report.reasons) {
        reasons.rows.push_back({Cell::text(operate::to_string(reason)).toned(Tone::kWarning),
                                Cell::integer(count), Cell::text(operate::explanation(reason))});
    }
    for (const auto& [market, count] : report.not_modelled) {
        reasons.rows.push_back(
            {Cell::text("MARKET_NOT_MODELLED").toned(Tone::kFaint), Cell::integer(count),
             Cell::text(fmt::format("books quote {}; outside of expected, not a gap", market))});
    }
    if (!reasons.rows.empty()) print_listing(reasons, Format::kTable, "reasons");
    if (detailed && !report.gaps.empty()) {
        print("\n");
        print_listing(gap_listing(report), Format::kTable, "gaps");
    }
}

Expected<ExitCode> run(const CoverageOptions& options, const Context& context) {
    TIPOFF_TRY(const store::DateScope dates, options.dates.range(context));
    TIPOFF_TRY(const Market market, parse_market(options.market));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const CoverageReport report,
               operate::coverage(home->database(), dates, to_string(market)));
    if (options.csv_file) {
        TIPOFF_TRY(PendingFile file, PendingFile::beside(*options.csv_file));
        TIPOFF_CHECK(file.write(csv_text(gap_listing(report))));
        TIPOFF_CHECK(file.put_in_place());
    }
    switch (options.format) {
        case Format::kJson: print_json(as_json(report)); break;
        case Format::kCsv: print_listing(gap_listing(report), Format::kCsv, "gaps"); break;
        case Format::kTable: print_table(report, options.detailed); break;
    }
    return report.gaps.empty() ? ExitCode::kDone : ExitCode::kIncomplete;
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
        [options](Context& context) { return run(*options, context); });
    options->dates.declare_date(declared, "One day");
    options->dates.declare_ranges(declared);
    declared.text("--market", options->market, market_names() + " (points)")
        .flag("--detailed", options->detailed, "List every gap")
        .text("--csv", options->csv_file, "Write the gaps to this file as well")
        .format(options->format);
}

}  // namespace tipoff::cli
