/// `tipoff grade`: grades what is not graded yet, and reports.

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/grade_output.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "grade/report.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/facts.h"
#include "serve/documents/grade.h"

namespace tipoff::cli {
namespace {

struct GradeOptions {
    DateArguments dates;
    std::string market = "points";
    std::string population = "ten_prior_games";
    std::string season_type = "regular";
    std::string as_of = "last";
    bool detailed = false;
    Format format = Format::kTable;
};

Expected<grade::GradeRequest> request_of(const GradeOptions& options, const Context& context) {
    grade::GradeRequest request;
    TIPOFF_TRY(request.dates, options.dates.range(context));
    TIPOFF_TRY(request.market, parse_market(options.market));
    TIPOFF_TRY(request.population, grade::parse_population(options.population));
    TIPOFF_TRY(request.season_type, parse_season_type(options.season_type));
    TIPOFF_TRY(request.as_of, grade::parse_as_of_choice(options.as_of));
    return request;
}

/// Runs the grading step, also where it has succeeded for these dates: forecasts of another market,
/// or other forecasts, may have come since.
Status grade_what_is_left(store::Home& home, const store::DateScope& dates,
                          const Context& context) {
    store::Database& database = home.database();
    Progress progress(context.clock());
    progress.show("grading");
    ledger::Ledger ledger(database, context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home.holds_lock()));
    TIPOFF_TRY(const auto facts, operate::Facts::load(database));
    operate::Backfill backfill(database, ledger, context.clock(), *facts);
    operate::BackfillRequest request;
    request.dates = dates;
    request.steps = {operate::Step::kGrades};
    request.force = true;
    TIPOFF_CHECK(backfill.run(request));
    return {};
}

Expected<grade::GradeReport> report_of(const grade::GradeRequest& request, const Context& context) {
    {
        TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
        TIPOFF_TRY(const auto stale, grade::stale_grades(home->database(), request.dates));
        TIPOFF_TRY(const auto ungraded, grade::ungraded_games(home->database(), request.dates));
        if (ungraded == 0 && stale == 0) return grade::grade_report(home->database(), request);
    }
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    TIPOFF_CHECK(grade_what_is_left(*home, request.dates, context));
    return grade::grade_report(home->database(), request);
}

Expected<ExitCode> run(const GradeOptions& options, const Context& context) {
    TIPOFF_TRY(const grade::GradeRequest request, request_of(options, context));
    TIPOFF_TRY(const grade::GradeReport report, report_of(request, context));
    switch (options.format) {
        case Format::kJson: print_json(serve::grade_json(report)); break;
        case Format::kCsv: print_listing(grade_listing(report), Format::kCsv, "systems"); break;
        case Format::kTable: print_grade_table(report, options.detailed); break;
    }
    if (report.alarms.empty()) return ExitCode::kDone;
    if (options.format == Format::kCsv) {
        for (const grade::LeakAlarm& alarm : report.alarms)
            print_note(alarm.sentence);
    }
    return ExitCode::kIncomplete;
}

}  // namespace

void add_grade_command(CommandLine& commands) {
    const auto options = std::make_shared<GradeOptions>();
    Options declared = commands.command(
        {.name = "grade",
         .summary = "How good the forecasts were, by system, against the line and plain means",
         .description =
             "Grades finished games that are not graded yet. MAE is that of the median; "
             "bias and RMSE are of the mean; coverage is that of randomised PIT values. "
             "What needs a line is empty where there was none. Exit code 3: a number is too "
             "good to be true, and the output says which.",
         .examples = {{{"grade --from 2022-10-18 --to 2023-04-09", "A regular season."},
                       {"grade --season 2022-23 --population lined --detailed",
                        "Where a book had a line, with slices, calibration and edges."}}}},
        HomeUse::kShared, [options](Context& context) { return run(*options, context); });
    options->dates.declare_ranges(declared);
    declared.text("--market", options->market, market_names() + " (points)")
        .text("--population", options->population,
              "all, ten_prior_games, new_player, settled, rotation, lined (ten_prior_games)")
        .text("--season-type", options->season_type, "regular, play_in, playoffs, cup (regular)")
        .text("--as-of", options->as_of,
              "Which forecast of a game counts: first, morning, last (last)")
        .flag("--detailed", options->detailed,
              "By tier, month and team, beside the line, reliability, PIT and edges as well")
        .format(options->format);
}

}  // namespace tipoff::cli
