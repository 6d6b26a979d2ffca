/// `tipoff collect`: asks the upstreams, keeps what they answer, and writes what is new in it.

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/operation.h"
#include "cli/progress.h"
#include "operate/collecting.h"
#include "operate/workflows.h"

namespace tipoff::cli {
namespace {

using collect::OutcomeKind;
using operate::CollectReport;

struct CollectOptions {
    std::vector<std::string> sources;
    std::optional<std::string> workflow;
    std::optional<std::string> date;
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::optional<std::string> season;
    std::vector<std::string> teams;
    bool all_teams = false;
    bool from_archive = false;
    bool again = false;
    std::optional<std::string> upstreams;
    Format format = Format::kTable;
};

/// A source, and what it is asked for.
struct Task {
    const collect::Source* source = nullptr;
    collect::CollectRequest request;
};

Expected<std::vector<GameDate>> dates_of(const CollectOptions& options, const Context& context,
                                         GameDate usual) {
    if (options.date && (options.from || options.to))
        return fail(ErrorCode::kUsage, "--date is one day; --from and --to are a range");
    if (options.from || options.to) {
        if (!options.from || !options.to)
            return fail(ErrorCode::kUsage, "a range needs both --from and --to");
        TIPOFF_TRY(const GameDate from, context.date("--from", *options.from));
        TIPOFF_TRY(const GameDate to, context.date("--to", *options.to));
        if (to < from) return fail(ErrorCode::kUsage, "--to is before --from");
        std::vector<GameDate> dates;
        for (GameDate date = from; date <= to; date = date.plus_days(1))
            dates.push_back(date);
        return dates;
    }
    if (options.date) {
        TIPOFF_TRY(const GameDate date, context.date("--date", *options.date));
        return std::vector{date};
    }
    return std::vector{usual};
}

Expected<std::vector<TeamId>> teams_of(const CollectOptions& options) {
    if (options.all_teams && !options.teams.empty())
        return fail(ErrorCode::kUsage, "--all-teams and --teams exclude each other");
    std::vector<TeamId> teams;
    for (const std::string& name : options.teams) {
        TIPOFF_TRY(const TeamId team, parse_team("--teams", name));
        teams.push_back(team);
    }
    return teams;
}

Expected<Task> task_of(const collect::Source& source, const CollectOptions& options,
                       const Context& context, GameDate usual) {
    Task task{.source = &source, .request = {}};
    TIPOFF_TRY(task.request.dates, dates_of(options, context, usual));
    if (options.season) {
        TIPOFF_TRY(task.request.season, Season::parse(*options.season));
    }
    TIPOFF_TRY(task.request.teams, teams_of(options));
    task.request.again = options.again;
    return task;
}

bool collects(const operate::TaskRule& rule) { return rule.kind == operate::TaskKind::kCollect; }

/// The jobs that collect, by all their names.
std::string names_of_collecting(const operate::Workflows& workflows) {
    std::string names;
    for (const operate::Job& job : workflows.jobs) {
        if (std::ranges::none_of(job.tasks, collects)) continue;
        names += fmt::format("{}{}", names.empty() ? "" : "\n  ", job.name);
        for (const std::string& alias : job.aliases)
            names += " or " + alias;
        names += ": " + job.what;
    }
    return names;
}

Expected<std::vector<Task>> tasks_of(const CollectOptions& options, const Context& context) {
    if (options.workflow && !options.sources.empty())
        return fail(ErrorCode::kUsage, "name sources or a --workflow, not both");
    std::vector<Task> tasks;
    if (options.workflow) {
        TIPOFF_TRY(const operate::Workflows workflows, context.workflows());
        const operate::Job* job = workflows.find(*options.workflow);
        if (job == nullptr || std::ranges::none_of(job->tasks, collects)) {
            return fail(ErrorCode::kUsage,
                        job == nullptr
                            ? fmt::format("no workflow is called '{}'", *options.workflow)
                            : fmt::format("the job '{}' collects nothing", job->name),
                        names_of_collecting(workflows));
        }
        for (const operate::Task& step :
             operate::tasks_of(*job, context.clock().league_now(), context.today())) {
            if (step.kind != operate::TaskKind::kCollect) continue;
            TIPOFF_TRY(Task task,
                       task_of(*collect::find_source(step.name), options, context, step.game_date));
            tasks.push_back(std::move(task));
        }
        return tasks;
    }
    std::vector<const collect::Source*> sources;
    for (const std::string& name : options.sources) {
        TIPOFF_TRY(const collect::Source* source, parse_source(name));
        sources.push_back(source);
    }
    if (sources.empty())
        return fail(ErrorCode::kUsage, "nothing to collect", "name sources, or a --workflow");
    for (const collect::Source* source : operate::in_collecting_order(std::move(sources))) {
        TIPOFF_TRY(Task task, task_of(*source, options, context, context.today()));
        tasks.push_back(std::move(task));
    }
    return tasks;
}

Tone tone_of(const CollectReport& report) {
    if (report.is_complete()) return Tone::kGood;
    return report.outcome.kind == OutcomeKind::kPartial ? Tone::kWarning : Tone::kBad;
}

Json json_of(const CollectReport& report) {
    Json requests = Json::array();
    for (const auto& request : report.requests) {
        requests.push_back({{"url", request.url},
                            {"outcome", to_string(request.outcome.kind)},
                            {"detail", request.outcome.detail},
                            {"tries", request.tries},
                            {"from_archive", request.reused},
                            {"records", request.records},
                            {"notes", request.notes},
                            {"not_before", request.not_before ? Json(to_string(*request.not_before))
                                                              : Json(nullptr)}});
    }
    Json tables = Json::array();
    for (const auto& table : report.tables)
        tables.push_back(
            {{"table", table.table}, {"rows", table.staged}, {"changed", table.changed}});
    return {{"source", report.source},
            {"outcome", to_string(report.outcome.kind)},
            {"detail", report.outcome.detail},
            {"missing", report.missing},
            {"asked", report.asked},
            {"from_archive", report.reused},
            {"records", report.records},
            {"waiting", {{"games", report.waiting_for_games}, {"names", report.waiting_for_names}}},
            {"taken_up", report.taken_up},
            {"merges", report.merges},
            {"tables", std::move(tables)},
            {"requests", std::move(requests)}};
}

/// A source that could not be asked at all is a row of the listing as well.
CollectReport refusal(const collect::Source& source, const Error& error) {
    CollectReport report{.source = std::string(source.name)};
    report.outcome = {OutcomeKind::kRefused, error.message()};
    report.missing.push_back(error.message());
    return report;
}

void print_reports(const std::vector<CollectReport>& reports, Format format) {
    if (format == Format::kJson) {
        Json sources = Json::array();
        for (const CollectReport& report : reports)
            sources.push_back(json_of(report));
        print_json({{"sources", std::move(sources)}});
        return;
    }
    Listing listing{.columns = {"source", "outcome", "asked", "from_archive", "records", "changed",
                                "waiting", "merges", "detail"},
                    .rows = {}};
    for (const CollectReport& report : reports) {
        std::int64_t changed = 0;
        for (const auto& table : report.tables) {
            if (table.table.starts_with("raw.") && table.table != "raw.document")
                changed += table.changed;
        }
        listing.rows.push_back({Cell::text(report.source),
                                Cell::text(to_string(report.outcome.kind)).toned(tone_of(report)),
                                Cell::integer(report.asked), Cell::integer(report.reused),
                                Cell::integer(report.records), Cell::integer(changed),
                                Cell::integer(report.waiting_for_games + report.waiting_for_names),
                                Cell::integer(report.merges), Cell::text(report.outcome.detail)});
    }
    print_listing(listing, format, "sources");
    if (format != Format::kTable) return;
    for (const CollectReport& report : reports) {
        if (report.missing.empty()) continue;
        print(fmt::format("\n{}: missing\n", report.source));
        for (const std::string& what : report.missing)
            print(fmt::format("  {}\n", what));
    }
}

Expected<ExitCode> run(const CollectOptions& options, const Context& context) {
    TIPOFF_TRY(const std::vector<Task> tasks, tasks_of(options, context));
    TIPOFF_TRY(const auto operation, Operation::open(context, {.upstreams = options.upstreams}));
    operate::Collecting& collecting = *operation->lanes().front();

    Progress progress(context.clock());
    std::vector<CollectReport> reports;
    bool complete = true;
    for (const Task& task : tasks) {
        const auto show = [&](std::size_t done, std::size_t planned, std::string_view url) {
            progress.show(fmt::format("{} {} of {}: {}", task.source->name, done,
                                      std::max(done, planned), url));
        };
        const collect::Source asked =
            context.settings().alternate_lines ? collect::with_ladders(*task.source) : *task.source;
        auto report =
            options.from_archive
                ? collecting.collect_from_archive(
                      *task.source,
                      options.date || options.from ? task.request.dates : std::vector<GameDate>{},
                      show)
                : collecting.collect(asked, task.request, show);
        if (!report) {
            const bool can_go_on = report.error().code() == ErrorCode::kRefused;
            if (!can_go_on || (tasks.size() == 1 && options.format != Format::kJson))
                return std::unexpected(report.error());
            report = refusal(*task.source, report.error());
        }
        complete &= report->is_complete();
        reports.push_back(*std::move(report));
    }
    TIPOFF_TRY(auto taken_up, collecting.take_up_waiting());
    std::ranges::move(taken_up, std::back_inserter(reports));
    TIPOFF_CHECK(operation->tell_of_problems());
    print_reports(reports, options.format);
    return complete ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace

void add_collect_command(CommandLine& commands) {
    const auto options = std::make_shared<CollectOptions>();
    commands
        .command(
            {.name = "collect",
             .summary = "Asks the upstreams, keeps every answer, writes what is new",
             .description =
                 "Sources are asked in turn, each host one request at a time and no faster than it "
                 "likes. An answer that is young enough, or past correction, is taken from the "
                 "archive. Keys are read from BDL_API_KEY, ODDS_API_KEY and BETTINGPROS_API_KEY, "
                 "else "
                 "from files of these names, mode 0600, in the home's folder keys; "
                 "a source without its key is off. Exit 3: something is missing, and the output "
                 "says what. A workflow is a job of the workflows file (tipoff schedule list), of "
                 "which the sources are collected: morning, lines, post_game, rosters, or its own "
                 "name.",
             .examples = {{{"collect --workflow morning",
                            "Schedule, players, yesterday's box scores, standings and rosters."},
                           {"collect br_rosters --season 2025-26 --all-teams",
                            "All thirty season rosters, in one batch and one merge."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .list("SOURCE", options->sources, "sources, as `tipoff parse` names them")
        .text("--workflow", options->workflow,
              "the sources of a job: morning, lines, post_game, rosters, ...")
        .text("--date", options->date, "game date (today; of a workflow, what it is for)")
        .text("--from", options->from, "first game date of a range")
        .text("--to", options->to, "last game date of a range")
        .text("--season", options->season, "season, as 2025-26 (that of the date)")
        .list("--teams", options->teams, "teams, as BOS,NYK")
        .flag("--all-teams", options->all_teams, "all thirty teams, which is the usual")
        .flag("--from-archive", options->from_archive,
              "read the archived answers again, of --date or a range or all; asks nobody")
        .flag("--again", options->again,
              "ask also for what is known well enough, and sources that are left alone")
        .text("--upstreams", options->upstreams,
              "ask this address in place of every upstream, such as that of `tipoff league serve` "
              "(TIPOFF_UPSTREAMS)")
        .format(options->format);
}

}  // namespace tipoff::cli
