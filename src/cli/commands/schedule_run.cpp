#include "cli/commands/schedule_run.h"

#include <fmt/core.h>

#include <optional>

#include "cli/context.h"
#include "cli/control.h"
#include "cli/home_listener.h"
#include "cli/interrupts.h"
#include "cli/progress.h"
#include "cli/schedule_loop.h"

namespace tipoff::cli {
namespace {

struct RunOptions {
    bool once = false;
    std::optional<std::string> upstreams;
    std::optional<double> speed;
    Format format = Format::kTable;
};

struct TriggerOptions {
    std::string job;
    std::optional<std::string> upstreams;
    Format format = Format::kTable;
};

Expected<ExitCode> run(const RunOptions& options, const Context& context) {
    TIPOFF_CHECK(check_speed(options.speed, context));
    const double speed = options.speed.value_or(1);
    TIPOFF_TRY(operate::Workflows workflows, context.workflows());
    const Interrupts interrupts;
    TIPOFF_TRY(const auto operation,
               Operation::open(context,
                               {.upstreams = options.upstreams, .speed = speed, .lanes = kLanes}));
    Control control(*operation, std::move(workflows));
    Progress progress(context.clock());
    const auto show = [&progress](const ledger::RunRow& begun) {
        progress.show(fmt::format("{} {}", begun.step, begun.scope));
    };
    if (options.once) {
        TIPOFF_TRY(const auto listener, HomeListener::listen(operation->home(), HandOver::kReads));
        const Instant start = operation->clock().wall_now();
        TIPOFF_CHECK(control.controller.pass(show));
        TIPOFF_TRY(const auto runs, ended_since(operation->database(), start));
        print_listing(runs_listing(runs, options.format), options.format, "runs");
        return code_of(runs);
    }
    TIPOFF_TRY(const auto listener,
               HomeListener::listen(operation->home(), HandOver::kReadsAndWrites));
    print(fmt::format("The schedule of {} runs; it is {} now. Interrupt to end it.\n",
                      control.workflows.file_name,
                      to_eastern_string(operation->clock().league_now())));
    std::fflush(stdout);
    TIPOFF_CHECK(run_schedule(*operation, control, *listener, interrupts, speed, show));
    return ExitCode::kDone;
}

Expected<ExitCode> trigger(const TriggerOptions& options, const Context& context) {
    TIPOFF_TRY(operate::Workflows workflows, context.workflows());
    TIPOFF_TRY(const auto operation,
               Operation::open(context, {.upstreams = options.upstreams, .lanes = kLanes}));
    Control control(*operation, std::move(workflows));
    Progress progress(context.clock());
    TIPOFF_TRY(const auto runs,
               control.controller.trigger(options.job, [&](const ledger::RunRow& begun) {
                   progress.show(fmt::format("{} {}", begun.step, begun.scope));
               }));
    print_listing(runs_listing(runs, options.format), options.format, "runs");
    return code_of(runs);
}

}  // namespace

void add_schedule_run_commands(CommandLine& schedule) {
    const auto run_options = std::make_shared<RunOptions>();
    schedule
        .command(
            {.name = "run",
             .summary = "Runs what is due, until it is interrupted",
             .description =
                 "Plans what is due as runs, collects and computes what is ready, lets the rest "
                 "wait for its data, tells of what is missing, and looks again. Killed at any "
                 "point, the next one goes on. Exit 3 of --once: something is missing or waits, "
                 "and the output says what.",
             .examples = {{{"schedule run", "The daily program of one home."},
                           {"schedule run --once --format json",
                            "What is due now, once: for a cron table of one's own."}}}},
            HomeUse::kAlone, [run_options](Context& context) { return run(*run_options, context); })
        .flag("--once", run_options->once, "One look, then end")
        .text("--upstreams", run_options->upstreams,
              "Ask this address in place of every upstream (TIPOFF_UPSTREAMS)")
        .number("--speed", run_options->speed, "Of a replay from --now: league seconds a second")
        .format(run_options->format);
    const auto trigger_options = std::make_shared<TriggerOptions>();
    schedule
        .command({.name = "trigger",
                  .summary = "Runs a job now, whether it is due or not",
                  .description = "Its logical time is now; its next regular one stays as it is. "
                                 "Exit 3: something is missing or waits.",
                  .examples = {{{"schedule trigger br_rosters", "All thirty rosters, now."},
                                {"schedule trigger forecasts", "Today's forecasts, now."}}}},
                 HomeUse::kShared,
                 [trigger_options](Context& context) { return trigger(*trigger_options, context); })
        .text("NAME", trigger_options->job, "The job, or an alias", Need::kRequired)
        .text("--upstreams", trigger_options->upstreams,
              "Ask this address in place of every upstream (TIPOFF_UPSTREAMS)")
        .format(trigger_options->format);
}

}  // namespace tipoff::cli
