/// `tipoff evaluate`: forecasts walk forward, retrained on the way, and graded on unseen games.

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/parse.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/grade_output.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "operate/evaluate.h"
#include "serve/documents/grade.h"

namespace tipoff::cli {
namespace {

struct EvaluateOptions {
    DateArguments dates;
    std::vector<std::string> markets;
    std::vector<std::string> populations;
    std::string season_type = "regular";
    std::string retrain_every = "30d";
    std::optional<std::int64_t> threads;
    bool without_lines = false;
    bool with_notes = false;
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

/// By name, each once; "every" is all of them, for "all" is one.
Expected<std::vector<grade::Population>> parse_populations(std::span<const std::string> names) {
    std::vector<grade::Population> populations;
    for (const std::string& name : names) {
        if (name == "every")
            return std::vector(grade::kPopulations.begin(), grade::kPopulations.end());
        const auto population = grade::parse_population(name);
        if (!population) {
            return fail(ErrorCode::kUsage, population.error().message(),
                        population.error().hint() + ", or every");
        }
        if (std::ranges::find(populations, *population) == populations.end())
            populations.push_back(*population);
    }
    return populations;
}

Expected<operate::EvaluateRequest> request_of(const EvaluateOptions& options,
                                              const Context& context) {
    operate::EvaluateRequest request;
    TIPOFF_TRY(request.walk.dates, options.dates.range(context));
    if (!options.markets.empty()) {
        TIPOFF_TRY(request.walk.markets, parse_markets(options.markets));
    }
    if (!options.populations.empty()) {
        TIPOFF_TRY(request.populations, parse_populations(options.populations));
    }
    TIPOFF_TRY(request.season_type, parse_season_type(options.season_type));
    TIPOFF_TRY(request.walk.retrain_days, days_in(options.retrain_every));
    request.walk.with_lines = !options.without_lines;
    TIPOFF_TRY(request.walk.threads, thread_count(options.threads));
    if (const auto seed = context.settings().seed) request.walk.trees.seed = *seed;
    return request;
}

/// A report as a document of its own, or as one of several.
void print_json_of(const operate::EvaluateRequest& request, const operate::EvaluateReport& all) {
    const auto with_walk = [&](Json json) {
        json["with_lines"] = request.walk.with_lines;
        json["retrain_days"] = request.walk.retrain_days;
        json["trainings"] = all.trainings;
        return json;
    };
    if (all.reports.size() == 1) {
        print_json(with_walk(serve::grade_json(all.reports.front())));
        return;
    }
    Json json = with_walk(
        {{"from", to_string(request.walk.dates.from)}, {"to", to_string(request.walk.dates.to)}});
    json["reports"] = Json::array();
    for (const grade::GradeReport& report : all.reports)
        json["reports"].push_back(with_walk(serve::grade_json(report)));
    print_json(json);
}

/// One listing; where there are several reports, each row says whose it is.
void print_csv_of(const operate::EvaluateReport& all) {
    if (all.reports.size() == 1) {
        print_listing(grade_listing(all.reports.front()), Format::kCsv, "systems");
        return;
    }
    Listing listing{.columns = {"market", "population"}, .rows = {}};
    for (const grade::GradeReport& report : all.reports) {
        Listing one = grade_listing(report);
        if (listing.rows.empty())
            listing.columns.insert(listing.columns.end(), one.columns.begin(), one.columns.end());
        for (Row& row : one.rows) {
            row.insert(row.begin(), {Cell::text(to_string(report.request.market)),
                                     Cell::text(grade::to_string(report.request.population))});
            listing.rows.push_back(std::move(row));
        }
    }
    print_listing(listing, Format::kCsv, "systems");
}

void print_tables_of(const EvaluateOptions& options, const operate::EvaluateReport& all) {
    for (const grade::GradeReport& report : all.reports) {
        if (&report != &all.reports.front()) print("\n\n");
        print_grade_table(report, options.detailed,
                          options.without_lines ? ", without the sportsbooks' lines" : "");
    }
}

/// The home is closed again: others may write while the walk takes its minutes, and what the
/// database holds in memory is not needed.
Expected<std::unique_ptr<operate::Facts>> facts_of(const EvaluateOptions& options,
                                                   const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    return operate::Facts::load(home->database(), options.with_notes
                                                      ? operate::NotesByHand::kTaken
                                                      : operate::NotesByHand::kLeftOut);
}

Expected<ExitCode> run(const EvaluateOptions& options, const Context& context) {
    TIPOFF_TRY(const operate::EvaluateRequest request, request_of(options, context));
    TIPOFF_TRY(const auto facts, facts_of(options, context));
    const auto evaluated = [&] {
        Progress progress(context.clock());
        return operate::evaluate(*facts, request, [&](GameDate date) {
            progress.show(fmt::format("forecast {}", to_string(date)));
        });
    }();
    TIPOFF_TRY(const operate::EvaluateReport all, evaluated);
    switch (options.format) {
        case Format::kJson: print_json_of(request, all); break;
        case Format::kCsv: print_csv_of(all); break;
        case Format::kTable: print_tables_of(options, all); break;
    }
    ExitCode code = ExitCode::kDone;
    for (const grade::GradeReport& report : all.reports) {
        for (const grade::LeakAlarm& alarm : report.alarms) {
            code = ExitCode::kIncomplete;
            if (options.format != Format::kCsv) continue;
            print_note(fmt::format("{}, {}: {}", to_string(report.request.market),
                                   grade::to_string(report.request.population), alarm.sentence));
        }
    }
    return code;
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
             "`grade`, one a market and population, all from one walk. Exit code 3: a number is "
             "too good to be true, and the output says which.",
         .examples = {{{"evaluate --from 2022-10-18 --to 2023-04-09", "A regular season."},
                       {"evaluate --season 2022-23 --retrain-every 7d --market points,pra "
                        "--population rotation,lined",
                        "Fitted again every week; four reports from one walk."}}}},
        HomeUse::kShared, [options](Context& context) { return run(*options, context); });
    options->dates.declare_ranges(declared);
    declared
        .list("--market", options->markets, market_names() + ", or every for all of them (points)")
        .list("--population", options->populations,
              "all, ten_prior_games, new_player, settled, rotation, lined, or every for all of "
              "them (ten_prior_games)")
        .text("--season-type", options->season_type, "regular, play_in, playoffs, cup (regular)")
        .text("--retrain-every", options->retrain_every, "Days between two fittings, as 7d (30d)")
        .flag("--without-lines", options->without_lines,
              "ensemble_v1 forecasts without the sportsbooks' lines")
        .flag("--with-notes", options->with_notes,
              "With the notes by hand; without it only what sources said counts")
        .integer("--threads", options->threads, "Threads; the results are the same for any (2)")
        .flag("--detailed", options->detailed,
              "By tier, month and team, beside the line, reliability, PIT and edges as well")
        .format(options->format);
}

}  // namespace tipoff::cli
