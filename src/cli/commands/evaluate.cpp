/// `tipoff evaluate`: forecasts walk forward, retrained on the way, and graded on unseen games.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/parse.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/grade_output.h"
#include "cli/context.h"
#include "cli/progress.h"
#include "operate/evaluate.h"

namespace tipoff::cli {
namespace {

struct EvaluateOptions {
    DateArguments dates;
    std::string market = "points";
    std::string population = "ten_prior_games";
    std::string season_type = "regular";
    std::string retrain_every = "30d";
    std::optional<std::int64_t> threads;
    bool detailed = false;
    Format format = Format::kTable;
};

/// "30d" as 30.
Expected<int> days_in(std::string_view text) {
    if (text.ends_with('d')) {
        const auto days = parse_integer(text.substr(0, text.size() - 1));
        if (days && *days >= 1 && *days <= 3650) return static_cast<int>(*days);
    }
    return fail(ErrorCode::kUsage,
                fmt::format("--retrain-every: '{}' is not a number of days", text),
                "write 7d or 30d");
}

Expected<operate::EvaluateRequest> request_of(const EvaluateOptions& options,
                                              const Context& context) {
    operate::EvaluateRequest request;
    TIPOFF_TRY(request.grade.dates, options.dates.range(context));
    TIPOFF_TRY(request.grade.market, parse_market(options.market));
    TIPOFF_TRY(request.grade.population, grade::parse_population(options.population));
    TIPOFF_TRY(request.grade.season_type, parse_season_type(options.season_type));
    TIPOFF_TRY(request.walk.retrain_days, days_in(options.retrain_every));
    if (options.threads && (*options.threads < 1 || *options.threads > 64)) {
        return fail(ErrorCode::kUsage, "--threads: 1 to 64");
    }
    request.walk.threads = static_cast<std::size_t>(options.threads.value_or(2));
    if (const auto seed = context.settings().seed) request.walk.trees.seed = *seed;
    return request;
}

Expected<ExitCode> run(const EvaluateOptions& options, const Context& context) {
    TIPOFF_TRY(const operate::EvaluateRequest request, request_of(options, context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto facts, operate::Facts::load(home->database()));
    Progress progress(context.clock());
    TIPOFF_TRY(const operate::EvaluateReport report,
               operate::evaluate(*facts, request, [&](GameDate date) {
                   progress.show(fmt::format("forecast {}", to_string(date)));
               }));
    switch (options.format) {
        case Format::kJson: {
            Json json = grade_json(report.grade);
            json["retrain_days"] = report.retrain_days;
            json["trainings"] = report.trainings;
            print_json(json);
            break;
        }
        case Format::kCsv:
            print_listing(grade_listing(report.grade), Format::kCsv, "systems");
            break;
        case Format::kTable: print_grade_table(report.grade, options.detailed); break;
    }
    return report.grade.alarms.empty() ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace

void add_evaluate_command(CommandLine& commands) {
    const auto options = std::make_shared<EvaluateOptions>();
    Options declared = commands.command(
        {.name = "evaluate",
         .summary = "How good the systems are on games that they have not seen",
         .description =
             "Walks forward in time: every day is forecast by systems fitted on earlier games, "
             "which are fitted again on the way. Nothing is stored. The report is that of "
             "`grade`. Exit code 3: a number is too good to be true, and the output says which.",
         .examples = {{{"evaluate --from 2022-10-18 --to 2023-04-09", "A regular season."},
                       {"evaluate --season 2022-23 --retrain-every 7d --population rotation",
                        "Fitted again every week; the players who matter."}}}},
        [options](Context& context) { return run(*options, context); });
    options->dates.declare_ranges(declared);
    declared.text("--market", options->market, market_names() + " (points)")
        .text("--population", options->population,
              "all, ten_prior_games, new_player, settled, rotation, lined (ten_prior_games)")
        .text("--season-type", options->season_type, "regular, play_in, playoffs, cup (regular)")
        .text("--retrain-every", options->retrain_every, "Days between two fittings, as 7d (30d)")
        .integer("--threads", options->threads, "Threads; the results are the same for any (2)")
        .flag("--detailed", options->detailed,
              "By tier, month and team, beside the line, reliability, PIT and edges as well")
        .format(options->format);
}

}  // namespace tipoff::cli
