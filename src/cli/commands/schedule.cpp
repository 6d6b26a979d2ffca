/// `tipoff schedule`: the jobs of the workflows file, what of them is due and why.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/caller.h"
#include "cli/commands/commands.h"
#include "cli/commands/schedule_run.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/schedule_store.h"
#include "operate/schedule_tables.h"

namespace tipoff::cli {
namespace {

using operate::Decision;
using operate::Job;
using operate::Verdict;
using operate::Workflows;

struct LogOptions {
    std::string since = "24h";
    std::optional<std::string> job;
    Format format = Format::kTable;
};

struct JobOptions {
    std::string job;
};

/// Eastern for people, UTC for scripts; a table cell is short where there is nothing.
Cell eastern_cell(const std::optional<Instant>& at) {
    return at ? Cell::instant(*at).shown_as(to_eastern_string(*at)) : Cell();
}

Cell date_cell(const std::optional<GameDate>& date) { return date ? Cell::date(*date) : Cell(); }

Tone tone_of(std::string_view verdict) {
    return verdict == "due"      ? Tone::kGood
           : verdict == "missed" ? Tone::kBad
           : verdict == "paused" ? Tone::kWarning
                                 : Tone::kFaint;
}

/// "collect espn_scoreboard, nbac_gamebook for 2026-01-19; derive conform for 2026-01-20".
std::string words_of(const std::vector<operate::Task>& tasks) {
    std::string text;
    const operate::Task* before = nullptr;
    const auto end_group = [&] { text += fmt::format(" for {}", to_string(before->game_date)); };
    for (const operate::Task& task : tasks) {
        if (before != nullptr && before->kind == task.kind && before->game_date == task.game_date) {
            text += ", " + task.name;
        } else {
            if (before != nullptr) {
                end_group();
                text += "; ";
            }
            text += to_string(task.kind);
            if (!task.name.empty()) text += " " + task.name;
        }
        before = &task;
    }
    if (before != nullptr) end_group();
    return text;
}

Expected<ExitCode> list(Format format, const Context& context) {
    TIPOFF_TRY(const Workflows workflows, context.workflows());
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    const Instant now = context.clock().league_now();
    TIPOFF_TRY(const auto states, operate::read_job_states(home->database()));
    TIPOFF_TRY(const auto decisions, operate::decide_now(home->database(), workflows, now));
    Listing listing{
        .columns = {"job", "state", "trigger", "last_run", "next_run", "catch_up", "what"},
        .rows = {}};
    for (const Job& job : workflows.jobs) {
        const auto state = states.find(job.name);
        const bool paused = state != states.end() && state->second.paused;
        const auto decision = std::ranges::find(decisions, job.name, &Decision::job);
        listing.rows.push_back(
            {Cell::text(job.name),
             Cell::text(!job.enabled ? "disabled"
                        : paused     ? "paused"
                                     : "enabled")
                 .toned(paused ? Tone::kWarning : Tone::kPlain),
             Cell::text(to_string(job.trigger)),
             eastern_cell(state == states.end() ? std::nullopt : state->second.last_logical_time),
             eastern_cell(decision->next), Cell::text(to_string(job.catch_up)),
             Cell::text(job.what)});
    }
    if (format == Format::kJson) {
        print_json({{"file", workflows.file_name},
                    {"version", workflows.version},
                    {"jobs", json_rows(listing)}});
        return ExitCode::kDone;
    }
    print_listing(listing, format, "jobs");
    if (format == Format::kTable)
        print(fmt::format("\n{}, version {}\n", workflows.file_name, workflows.version));
    return ExitCode::kDone;
}

Expected<ExitCode> due(Format format, const Context& context) {
    TIPOFF_TRY(const Workflows workflows, context.workflows());
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    const Instant now = context.clock().league_now();
    TIPOFF_TRY(const auto decisions, operate::decide_now(home->database(), workflows, now));
    Listing listing{.columns = {"job", "verdict", "logical_time", "game_date", "why", "tasks",
                                "deadline", "next_run"},
                    .rows = {}};
    for (const Decision& decision : decisions) {
        const bool is_due = decision.verdict == Verdict::kDue;
        const std::string tasks = words_of(decision.tasks);
        listing.rows.push_back(
            {Cell::text(decision.job),
             Cell::text(to_string(decision.verdict)).toned(tone_of(to_string(decision.verdict))),
             eastern_cell(decision.logical_time), date_cell(decision.game_date),
             Cell::text(decision.why), is_due ? Cell::text(tasks) : Cell(),
             eastern_cell(is_due ? std::optional(decision.deadline) : std::nullopt),
             eastern_cell(decision.next)});
    }
    if (format == Format::kJson) {
        Json rows = json_rows(listing);
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            Json tasks = Json::array();
            for (const operate::Task& task : decisions[i].tasks)
                tasks.push_back({{"task", to_string(task.kind)},
                                 {"name", task.name},
                                 {"game_date", to_string(task.game_date)}});
            rows[i]["tasks"] = std::move(tasks);
        }
        print_json({{"now", to_string(now)},
                    {"version", workflows.version},
                    {"decisions", std::move(rows)}});
        return ExitCode::kDone;
    }
    print_listing(listing, format, "decisions");
    return ExitCode::kDone;
}

Expected<ExitCode> log(const LogOptions& options, const Context& context) {
    TIPOFF_TRY(const Instant since,
               parse_since("--since", options.since, context.clock().league_now(), context));
    store::Values values{since};
    std::string where = "WHERE decided_at >= $1";
    if (options.job) {
        values.emplace_back(*options.job);
        where += " AND job = $2";
    }
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto rows,
               store::read_rows(home->database(), operate::kScheduleDecision,
                                where + " ORDER BY decided_at DESC, job, ordinal", values));
    Listing listing{.columns = {"decided_at", "job", "verdict", "logical_time", "game_date", "why",
                                "next_run", "version"},
                    .rows = {}};
    for (const operate::ScheduleDecisionRow& row : rows) {
        listing.rows.push_back({eastern_cell(row.decided_at), Cell::text(row.job),
                                Cell::text(row.verdict).toned(tone_of(row.verdict)),
                                eastern_cell(row.logical_time), date_cell(row.game_date),
                                Cell::text(row.why), eastern_cell(row.next_at),
                                Cell::text(row.workflows_version)});
    }
    print_listing(listing, options.format, "decisions");
    return ExitCode::kDone;
}

/// The job's own name, by any of its names.
Expected<std::string> job_named(const std::string& name, const Context& context) {
    TIPOFF_TRY(const Workflows workflows, context.workflows());
    if (const Job* job = workflows.find(name)) return job->name;
    std::string names;
    for (const Job& job : workflows.jobs)
        names += (names.empty() ? "" : ", ") + job.name;
    return fail(ErrorCode::kUsage, fmt::format("no job is called '{}'", name), "jobs: " + names);
}

Expected<ExitCode> pause(const JobOptions& options, const Context& context) {
    TIPOFF_TRY(const std::string job, job_named(options.job, context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    TIPOFF_TRY(const bool changed,
               operate::pause_job(home->database(), job, caller().variable("USER").value_or("hand"),
                                  context.clock().league_now()));
    print(fmt::format("{} {}\n", job, changed ? "is paused" : "was paused already"));
    return ExitCode::kDone;
}

Expected<ExitCode> resume(const JobOptions& options, const Context& context) {
    TIPOFF_TRY(const std::string job, job_named(options.job, context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    TIPOFF_TRY(const bool changed,
               operate::resume_job(home->database(), job, context.clock().league_now()));
    print(fmt::format("{} {}\n", job, changed ? "goes on" : "was not paused"));
    return ExitCode::kDone;
}

void add_list(CommandLine& schedule) {
    const auto format = std::make_shared<Format>(Format::kTable);
    schedule
        .command({.name = "list",
                  .summary = "The jobs: when each is due, when it last ran, when it runs next",
                  .description = "",
                  .examples = {{{"schedule list", "All jobs, and the file that they come from."},
                                {"schedule list --format json", "The same for a script."}}}},
                 HomeUse::kShared, [format](Context& context) { return list(*format, context); })
        .format(*format);
}

void add_due(CommandLine& schedule) {
    const auto format = std::make_shared<Format>(Format::kTable);
    schedule
        .command({.name = "due",
                  .summary = "What would run now and why, and what would not and why not",
                  .description = "It starts nothing and changes nothing.",
                  .examples = {{{"schedule due", "As of now."},
                                {"schedule due --now 2026-12-25T16:30:00Z --format json",
                                 "As of another moment, with each task and its game date."}}}},
                 HomeUse::kShared, [format](Context& context) { return due(*format, context); })
        .format(*format);
}

void add_log(CommandLine& schedule) {
    const auto options = std::make_shared<LogOptions>();
    schedule
        .command({.name = "log",
                  .summary = "What the controller decided, the newest first",
                  .description = "A decision is kept where it differs from the one before, and "
                                 "once an hour.",
                  .examples = {{{"schedule log --since 24h", "Of the last day."},
                                {"schedule log --job post_game --since 7d --format csv",
                                 "Of one job, for a script."}}}},
                 HomeUse::kShared, [options](Context& context) { return log(*options, context); })
        .text("--since", options->since, "A span such as 24h, 7d or 30m, or a date (24h)")
        .text("--job", options->job, "Only decisions on this job")
        .format(options->format);
}

void add_pause(CommandLine& schedule) {
    const auto options = std::make_shared<JobOptions>();
    schedule
        .command({.name = "pause",
                  .summary = "Keeps a job from being started until it is resumed",
                  .description = "",
                  .examples = {{{"schedule pause betting_lines", "No more lines are asked for."},
                                {"schedule pause lines", "The same by the job's alias."}}}},
                 HomeUse::kShared, [options](Context& context) { return pause(*options, context); })
        .text("NAME", options->job, "The job", Need::kRequired);
}

void add_resume(CommandLine& schedule) {
    const auto options = std::make_shared<JobOptions>();
    schedule
        .command({.name = "resume",
                  .summary = "Lets a paused job go on",
                  .description = "What passed meanwhile is caught up as the job's catch-up policy "
                                 "says.",
                  .examples = {{{"schedule resume betting_lines", "From now on it runs again."},
                                {"schedule resume lines", "The same by the job's alias."}}}},
                 HomeUse::kShared,
                 [options](Context& context) { return resume(*options, context); })
        .text("NAME", options->job, "The job", Need::kRequired);
}

}  // namespace

void add_schedule_command(CommandLine& commands) {
    CommandLine schedule = commands.group(
        {.name = "schedule",
         .summary = "The jobs of the workflows file, and what of them is due",
         .description = "Times of day are Eastern. The jobs are those of the configuration's "
                        "workflows file, else of workflows.yaml in the home, else the program's "
                        "own.",
         .examples = {{{"schedule due", "What would run now and why, and what not and why not."},
                       {"schedule log --since 24h", "What was decided in the last day."}}}});
    add_list(schedule);
    add_due(schedule);
    add_pause(schedule);
    add_resume(schedule);
    add_log(schedule);
    add_schedule_run_commands(schedule);
}

}  // namespace tipoff::cli
