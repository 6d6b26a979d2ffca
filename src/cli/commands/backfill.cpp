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
#include "operate/backfill_ranges.h"
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
    bool resume = false;
    Format format = Format::kTable;
};

/// A report over several ranges, and what is only known at the end.
struct Totals {
    BackfillReport report;
    std::size_t ranges = 0;
    std::vector<operate::FailedRange> failed;
    std::vector<operate::UnfinishedDate> unfinished;  ///< steps of dates that are owed after it
    std::string digest;                               ///< empty after a dry run
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
        if (!forecast::find_system_id(system)) {
            return fail(ErrorCode::kUsage,
                        fmt::format("--systems: there is no system '{}'", system),
                        fmt::format("one of {}", fmt::join(forecast::kSystemIds, ", ")));
        }
        request.systems.insert(system);
    }
    TIPOFF_TRY(request.threads, thread_count(options.threads));
    request.skip_feature_check = options.skip_feature_check;
    request.dry_run = options.dry_run;
    request.force = options.force;
    return request;
}

/// The ranges asked for; with --resume what is owed of them, or of all dates.
Expected<std::vector<store::DateScope>> ranges_of(const BackfillOptions& options,
                                                  const BackfillRequest& request,
                                                  const Context& context,
                                                  store::Database& database) {
    std::vector<store::DateScope> asked;
    if (options.dates.any() || !options.resume) {
        TIPOFF_TRY(asked, options.dates.ranges(context));
    }
    if (!options.resume) return asked;
    TIPOFF_TRY(const auto unfinished, operate::unfinished_dates(database, request.steps));
    return operate::unfinished_ranges(database, unfinished, asked);
}

/// "1,204 of 1,640 game dates, 2 min left", or without the time while it is too early to tell.
std::string days_text(const Clock& clock, std::chrono::microseconds started, std::int64_t done,
                      std::int64_t all) {
    const std::string left = time_left_text(clock.elapsed() - started, done, all);
    return fmt::format("{} of {} game dates{}{}", done, all, left.empty() ? "" : ", ", left);
}

Expected<Totals> run(const BackfillOptions& options, const Context& context) {
    TIPOFF_TRY(const BackfillRequest request, request_of(options));
    if (options.dates.any() || !options.resume) TIPOFF_CHECK(options.dates.ranges(context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    store::Database& database = home->database();
    ledger::Ledger ledger(database, context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));
    Totals totals;
    TIPOFF_TRY(const auto ranges, ranges_of(options, request, context, database));
    totals.ranges = ranges.size();
    if (!ranges.empty()) {
        Progress progress(context.clock());
        progress.show("reading the facts");
        const auto started = context.clock().elapsed();
        TIPOFF_TRY(const auto facts, operate::Facts::load(database));
        const auto computing = context.clock().elapsed();
        const double read = std::chrono::duration<double>(computing - started).count();
        TIPOFF_TRY(auto models, forecast::ModelsInService::open(home->folder(), database));
        operate::Backfill backfill(database, ledger, context.clock(), *facts, std::move(models));
        std::int64_t of_earlier_ranges = 0;
        const std::int64_t all_dates = operate::count_game_dates(*facts, ranges);
        operate::RangesReport all = operate::backfill_ranges(
            backfill, request, ranges,
            [&](const StepReport& step, std::size_t, std::size_t) {
                spdlog::info("backfill: {} {}: {}", step.season, step.step,
                             step.passed_over ? "unchanged" : fmt::format("{} rows", step.rows));
                progress.show(fmt::format("{} {} {}", step.season, step.step,
                                          step.passed_over ? "unchanged" : "written"));
            },
            [&](GameDate date, std::int64_t done, std::int64_t of_range) {
                progress.show(fmt::format(
                    "{}: {}", to_string(date),
                    days_text(context.clock(), computing, of_earlier_ranges + done, all_dates)));
                if (done == of_range) of_earlier_ranges += of_range;
            });
        totals.report = std::move(all.report);
        totals.failed = std::move(all.failed);
        totals.report.seconds.read = read;
        totals.report.seconds.total += read;
        if (totals.failed.size() == ranges.size())
            return std::unexpected(totals.failed.front().error);
        if (!request.dry_run) progress.show("digest");
    }
    if (!request.dry_run) {
        TIPOFF_TRY(const Fingerprint digest, store::digest(database, operate::derived_tables()));
        totals.digest = to_string(digest);
    }
    TIPOFF_TRY(totals.unfinished, operate::unfinished_dates(database, request.steps));
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

Listing unfinished_listing(const Totals& totals) {
    Listing listing{.columns = {"date", "step", "state", "reason", "run_id"}, .rows = {}};
    for (const operate::UnfinishedDate& date : totals.unfinished) {
        listing.rows.push_back({Cell::date(date.game_date), Cell::text(date.step),
                                Cell::text(date.state).toned(Tone::kBad), Cell::text(date.reason),
                                Cell::text(date.run_id)});
    }
    return listing;
}

Json failed_json(const Totals& totals) {
    Json failed = Json::array();
    for (const operate::FailedRange& range : totals.failed) {
        failed.push_back({{"from", to_string(range.dates.from)},
                          {"to", to_string(range.dates.to)},
                          {"error", to_string(range.error.code())},
                          {"detail", range.error.message()}});
    }
    return failed;
}

/// On standard error: what failed, and what is owed.
void print_notes(const Totals& totals) {
    for (const operate::FailedRange& range : totals.failed) {
        print_note(fmt::format("{} to {} failed: {}", to_string(range.dates.from),
                               to_string(range.dates.to), range.error.message()));
    }
    std::set<GameDate> dates;
    for (const operate::UnfinishedDate& date : totals.unfinished)
        dates.insert(date.game_date);
    if (dates.empty()) return;
    print_note(
        fmt::format("{} game date{} of {} to {} did not succeed when last run: tipoff "
                    "backfill --resume does {}",
                    dates.size(), dates.size() == 1 ? "" : "s", to_string(*dates.begin()),
                    to_string(*dates.rbegin()), dates.size() == 1 ? "it" : "them"));
}

void print_totals(const Totals& totals, const BackfillOptions& options) {
    const BackfillReport& report = totals.report;
    const auto& seconds = report.seconds;
    if (options.format == Format::kJson) {
        const auto date_or_null = [&](GameDate date) {
            return totals.ranges == 0 ? Json(nullptr) : Json(to_string(date));
        };
        print_json({{"from", date_or_null(report.dates.from)},
                    {"to", date_or_null(report.dates.to)},
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
                    {"steps", json_rows(step_listing(report, options.dry_run))},
                    {"failed", failed_json(totals)},
                    {"unfinished", json_rows(unfinished_listing(totals))}});
        return;
    }
    print_listing(step_listing(report, options.dry_run), options.format, "steps");
    if (options.format != Format::kTable) return;
    if (options.dry_run && !totals.unfinished.empty()) {
        print("\nnot succeeded when last run:\n");
        print_listing(unfinished_listing(totals), options.format, "unfinished");
    }
    if (totals.ranges == 0) print("every date that was run has succeeded: nothing is owed\n");
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
                        "passed over, so a call that was cut off goes on where it stopped; "
                        "--resume does the dates whose last run did not succeed. Ranges are apart: "
                        "where one fails the others are done (exit code 3). Live forecasts stay as "
                        "they are. The digest is that of the derived tables: the same facts give "
                        "the same one.",
         .examples = {{{"backfill --from 2022-10-18 --to 2023-06-12", "A season and its playoffs."},
                       {"backfill --dates 2023-03-01,2023-03-02 --only features",
                        "One step of two days."}}}},
        HomeUse::kShared, [options](Context& context) -> Expected<ExitCode> {
            TIPOFF_TRY(const Totals totals, run(*options, context));
            print_totals(totals, *options);
            print_notes(totals);
            return totals.failed.empty() ? ExitCode::kDone : ExitCode::kIncomplete;
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
        .flag("--resume", options->resume,
              "Only dates whose last run did not succeed, of those given or of all")
        .flag("--force", options->force, "Run steps again whose inputs have not changed")
        .format(options->format);
}

}  // namespace tipoff::cli
