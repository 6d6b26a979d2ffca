/// `tipoff backfill`: facts to contexts, features, forecasts and grades over a range of dates.

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "features/feature_tables.h"
#include "forecast/models_in_service.h"
#include "forecast/systems.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/facts.h"

namespace tipoff::cli {
namespace {

using operate::BackfillReport;
using operate::BackfillRequest;
using operate::StepReport;

struct BackfillOptions {
    DateArguments dates;
    std::vector<std::string> only;
    std::vector<std::string> tables;
    std::vector<std::string> markets;
    std::vector<std::string> systems;
    std::optional<std::int64_t> threads;
    bool skip_feature_check = false;
    bool dry_run = false;
    bool force = false;
    Format format = Format::kTable;
};

/// A report over several ranges, and what is only known at the end.
struct Totals {
    BackfillReport report;
    std::string digest;  ///< empty after a dry run
    double peak_rss_mib = 0;
};

double peak_rss_mib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Expected<BackfillRequest> request_of(const BackfillOptions& options) {
    BackfillRequest request;
    if (!options.only.empty()) request.steps.clear();
    for (const auto& name : options.only) {
        TIPOFF_TRY(const operate::Step step, operate::parse_step(name));
        request.steps.insert(step);
    }
    for (const auto& name : options.tables) {
        const auto known = operate::derived_tables();
        if (std::ranges::none_of(known,
                                 [&name](const auto* table) { return table->name == name; })) {
            return fail(ErrorCode::kUsage,
                        fmt::format("--tables: no derived table is called '{}'", name),
                        "tipoff schema --tables lists them");
        }
        request.tables.insert(name);
    }
    if (!options.markets.empty()) {
        TIPOFF_TRY(request.markets, parse_markets(options.markets));
    }
    for (const auto& system : options.systems) {
        if (std::ranges::find(forecast::kSystemIds, system) == forecast::kSystemIds.end()) {
            return fail(ErrorCode::kUsage,
                        fmt::format("--systems: there is no system '{}'", system),
                        fmt::format("one of {}", fmt::join(forecast::kSystemIds, ", ")));
        }
        request.systems.insert(system);
    }
    if (options.threads && (*options.threads < 1 || *options.threads > 64)) {
        return fail(ErrorCode::kUsage, "--threads: 1 to 64");
    }
    request.threads = static_cast<std::size_t>(options.threads.value_or(2));
    request.skip_feature_check = options.skip_feature_check;
    request.dry_run = options.dry_run;
    request.force = options.force;
    return request;
}

void add_to(BackfillReport& sum, const BackfillReport& part) {
    if (sum.game_dates == 0 && sum.steps.empty()) sum.dates.from = part.dates.from;
    sum.dates.to = part.dates.to;
    sum.game_dates += part.game_dates;
    sum.player_games += part.player_games;
    sum.forecasts += part.forecasts;
    sum.merges += part.merges;
    sum.steps.insert(sum.steps.end(), part.steps.begin(), part.steps.end());
    sum.systems.insert(part.systems.begin(), part.systems.end());
    sum.seconds.conform += part.seconds.conform;
    sum.seconds.features += part.seconds.features;
    sum.seconds.forecasts += part.seconds.forecasts;
    sum.seconds.grades += part.seconds.grades;
    sum.seconds.write += part.seconds.write;
    sum.seconds.total += part.seconds.total;
}

Expected<Totals> run(const BackfillOptions& options, const Context& context) {
    TIPOFF_TRY(BackfillRequest request, request_of(options));
    TIPOFF_TRY(const auto ranges, options.dates.ranges(context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    store::Database& database = home->database();
    ledger::Ledger ledger(database, context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(true));

    Progress progress(context.clock());
    progress.show("reading the facts");
    Totals totals;
    const auto started = context.clock().elapsed();
    TIPOFF_TRY(const auto facts, operate::Facts::load(database));
    const double read = std::chrono::duration<double>(context.clock().elapsed() - started).count();
    TIPOFF_TRY(auto models, forecast::ModelsInService::open(home->folder(), database));
    operate::Backfill backfill(database, ledger, context.clock(), *facts, std::move(models));
    for (const store::DateScope& range : ranges) {
        request.dates = range;
        TIPOFF_TRY(const BackfillReport report, backfill.run(request, [&](const StepReport& step,
                                                                          std::size_t done,
                                                                          std::size_t all) {
            spdlog::info("backfill: {} {}: {}", step.season, step.step,
                         step.passed_over ? "unchanged" : fmt::format("{} rows", step.rows));
            progress.show(fmt::format("{} of {} steps: {} {}", done, all, step.season, step.step));
        }));
        add_to(totals.report, report);
    }
    totals.report.seconds.read = read;
    totals.report.seconds.total += read;
    if (!request.dry_run) {
        progress.show("digest");
        TIPOFF_TRY(const Fingerprint digest, store::digest(database, operate::derived_tables()));
        totals.digest = to_string(digest);
    }
    totals.peak_rss_mib = peak_rss_mib();
    return totals;
}

Listing step_listing(const BackfillReport& report, bool dry_run) {
    Listing listing{.columns = {"season", "step", "from", "to", "state", "rows", "merges"},
                    .rows = {}};
    for (const StepReport& step : report.steps) {
        const std::string_view state = step.passed_over ? "unchanged" : dry_run ? "due" : "done";
        listing.rows.push_back({Cell::text(step.season), Cell::text(step.step),
                                Cell::date(step.dates.from), Cell::date(step.dates.to),
                                Cell::text(state).toned(step.passed_over ? Tone::kFaint
                                                        : dry_run        ? Tone::kWarning
                                                                         : Tone::kGood),
                                Cell::integer(step.rows), Cell::integer(step.merges)});
    }
    return listing;
}

void print_totals(const Totals& totals, const BackfillOptions& options) {
    const BackfillReport& report = totals.report;
    const auto& seconds = report.seconds;
    if (options.format == Format::kJson) {
        print_json({{"from", to_string(report.dates.from)},
                    {"to", to_string(report.dates.to)},
                    {"dates", report.game_dates},
                    {"player_games", report.player_games},
                    {"forecasts", report.forecasts},
                    {"merges", report.merges},
                    {"systems", report.systems},
                    {"seconds",
                     {{"read", seconds.read},
                      {"conform", seconds.conform},
                      {"features", seconds.features},
                      {"forecasts", seconds.forecasts},
                      {"grades", seconds.grades},
                      {"write", seconds.write},
                      {"total", seconds.total}}},
                    {"peak_rss_mib", totals.peak_rss_mib},
                    {"digest", totals.digest.empty() ? Json(nullptr) : Json(totals.digest)},
                    {"steps", json_rows(step_listing(report, options.dry_run))}});
        return;
    }
    print_listing(step_listing(report, options.dry_run), options.format, "steps");
    if (options.format != Format::kTable) return;
    print(
        fmt::format("\n{} game dates, {} player games, {} forecasts, {} merges in {:.1f} s, {:.0f} "
                    "MiB at most\n",
                    report.game_dates, report.player_games, report.forecasts, report.merges,
                    seconds.total, totals.peak_rss_mib));
    if (!totals.digest.empty()) print(fmt::format("digest {}\n", totals.digest));
    if (!report.systems.empty() && !report.systems.contains(std::string(forecast::kXgboostId)) &&
        options.systems.empty()) {
        print(
            "no model is in service for these dates, so that no system that learns took part: "
            "tipoff train --through DATE --promote\n");
    }
}

}  // namespace

void add_backfill_command(CommandLine& commands) {
    const auto options = std::make_shared<BackfillOptions>();
    Options declared = commands.command(
        {.name = "backfill",
         .summary = "Facts to features, forecasts and grades over a range of dates",
         .description = "The same code as a daily run. A step whose inputs have not changed is "
                        "passed over, so a call that was cut off goes on where it stopped. The "
                        "digest is that of the derived tables: the same facts give the same one.",
         .examples = {{{"backfill --from 2022-10-18 --to 2023-06-12", "A season and its playoffs."},
                       {"backfill --dates 2023-03-01,2023-03-02 --only features",
                        "One step of two days."}}}},
        [options](Context& context) -> Expected<ExitCode> {
            TIPOFF_TRY(const Totals totals, run(*options, context));
            print_totals(totals, *options);
            return ExitCode::kDone;
        });
    options->dates.declare_ranges(declared);
    options->dates.declare_dates(declared);
    declared.list("--only", options->only, "Steps to run: conform, features, forecasts, grades")
        .list("--tables", options->tables, "Derived tables to write, and no others")
        .list("--market", options->markets,
              "Markets to forecast, or every; forecasts of others go: " + market_names() +
                  " (points)")
        .list("--systems", options->systems,
              "Systems to forecast with (the formulas; with models in service, all)")
        .integer("--threads", options->threads,
                 "Threads for forecasts and grades (2); the results are the same for any number")
        .flag("--skip-feature-check", options->skip_feature_check,
              "Forecast although the feature store does not hold the dates")
        .flag("--dry-run", options->dry_run, "Say what is due, write nothing")
        .flag("--force", options->force, "Run steps again whose inputs have not changed")
        .format(options->format);
}

}  // namespace tipoff::cli
