/// `tipoff worker`: a forecasting worker, a process without a home.

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>

#include "base/process_name.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/interrupts.h"
#include "cli/output.h"
#include "coordinate/open_queue.h"
#include "coordinate/worker.h"

namespace tipoff::cli {
namespace {

/// How long a look for items takes at the most: so soon an interrupt is heard.
constexpr std::chrono::milliseconds kLook{200};

struct WorkerOptions {
    std::string queue;
    std::optional<std::string> name;
};

Expected<ExitCode> run(const WorkerOptions& options, const Context& context) {
    const Interrupts interrupts;
    TIPOFF_TRY(const auto source, coordinate::open_work_source(options.queue, context.clock()));
    const std::string name = options.name.value_or(process_name());
    coordinate::Worker worker(*source, name);
    print(fmt::format("Worker {} takes items of {}. Interrupt to end it.\n", name, options.queue));
    std::fflush(stdout);
    while (!interrupts.come_within(std::chrono::milliseconds{0})) {
        TIPOFF_TRY(const std::size_t done, worker.work(kLook));
        if (done > 0) spdlog::info("{} items", done);
    }
    return ExitCode::kDone;
}

}  // namespace

void add_worker_command(CommandLine& commands) {
    const auto options = std::make_shared<WorkerOptions>();
    commands
        .command(
            {.name = "worker",
             .summary = "Forecasts what a coordinator on another machine hands out",
             .description =
                 "Takes players out of a queue in NATS JetStream, forecasts them, and answers. It "
                 "has no home and no database; any number may run, on any machines, of one version "
                 "of tipoff. Interrupted, it answers what it holds and ends; killed, others get "
                 "it. TIPOFF_NATS_CREDS names a file of mode 0600 with user:password, or a "
                 "credentials file of NATS. tls:// in place of nats:// is encrypted; "
                 "TIPOFF_NATS_CA "
                 "names certificates where the system has none for the servers. Exit 1: the queue "
                 "could not be reached for a minute.",
             .examples = {{{"worker --queue nats://10.0.0.11:4222,10.0.0.12:4222,10.0.0.13:4222",
                            "One of a cluster's workers."},
                           {"worker --queue nats://127.0.0.1:4222/trial --name attic "
                            "--log-level info",
                            "On the queue called trial, by a name, saying what it does."}}}},
            HomeUse::kNone, [options](Context& context) { return run(*options, context); })
        .text("--queue", options->queue, "nats://HOST:PORT,HOST:PORT/NAME (NAME is tipoff)",
              Need::kRequired)
        .text("--name", options->name, "What its forecasts are signed with (host:process)");
}

}  // namespace tipoff::cli
