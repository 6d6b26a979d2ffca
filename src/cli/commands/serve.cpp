/// `tipoff serve`: API, coordinator and schedule of a home, until it is ended.

#include "serve/service.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdio>

#include "base/process_name.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/control.h"
#include "cli/home_listener.h"
#include "cli/installation.h"
#include "cli/interrupts.h"
#include "cli/leading.h"
#include "cli/operation.h"
#include "cli/progress.h"
#include "cli/schedule_loop.h"
#include "coordinate/open_queue.h"
#include "operate/batch_coordinator.h"
#include "serve/dashboard.h"
#include "serve/endpoints/batches.h"
#include "serve/endpoints/pipeline.h"

namespace tipoff::cli {
namespace {

constexpr std::size_t kUsualWorkers = 2;
constexpr std::int64_t kMostWorkers = 256;

struct ServeOptions {
    std::optional<std::string> listen;
    std::optional<std::string> queue;
    std::optional<std::int64_t> workers;
    bool without_schedule = false;
    std::optional<std::string> upstreams;
    std::optional<double> speed;
};

Status check(const ServeOptions& options, const Context& context) {
    if (options.workers && (*options.workers < 1 || *options.workers > kMostWorkers))
        return fail(ErrorCode::kUsage, fmt::format("--workers: from 1 to {}", kMostWorkers));
    if (options.workers && options.queue)
        return fail(ErrorCode::kUsage, "--workers are of this process, and --queue has others",
                    "tipoff worker --queue URL is one of those");
    return check_speed(options.speed, context);
}

Expected<serve::ServiceOptions> service_options(const ServeOptions& options,
                                                const Context& context) {
    const ServeSettings& settings = context.settings().serve;
    serve::ServiceOptions service;
    service.limits = settings.limits;
    service.loopback_reads_without_token = settings.loopback_reads_without_token;
    const auto& listen = options.listen ? options.listen : settings.listen;
    TIPOFF_TRY(service.listen,
               serve::ListenAddress::parse(listen.value_or(std::string(kUsualAddress))));
    TIPOFF_TRY(const auto engines, engine_versions());
    for (const Engine& engine : engines)
        service.engines.emplace_back(engine.name, engine.version);
    service.dashboard = serve::dashboard_files();
    return service;
}

Expected<std::unique_ptr<coordinate::OpenQueue>> open_queue(const ServeOptions& options,
                                                            const Clock& clock) {
    const auto workers =
        options.workers ? static_cast<std::size_t>(*options.workers) : kUsualWorkers;
    return coordinate::open_work_queue(options.queue.value_or(""), clock,
                                       {.count = workers, .name = process_name()});
}

void tell_where(const serve::Service& service, bool is_loopback) {
    print(fmt::format("listening on {}\n", service.url()));
    std::fflush(stdout);
    if (is_loopback) return;
    print_note(
        "other machines can reach this, and tokens would be read on the way: put a proxy with TLS "
        "before it (docs/api.md)");
}

Expected<ExitCode> run(const ServeOptions& options, const Context& context) {
    TIPOFF_CHECK(check(options, context));
    TIPOFF_TRY(serve::ServiceOptions service_of, service_options(options, context));
    TIPOFF_TRY(operate::Workflows workflows, context.workflows());
    const bool is_loopback = service_of.listen.is_loopback();
    // Before any thread is made: all of them leave the signals to this one.
    const Interrupts interrupts;
    const double speed = options.speed.value_or(1);
    TIPOFF_TRY(const auto operation, Operation::open(context, {.upstreams = options.upstreams,
                                                               .listens_at = service_of.listen,
                                                               .speed = speed,
                                                               .lanes = kLanes}));
    const Clock& clock = operation->clock();
    Control control(*operation, std::move(workflows));
    TIPOFF_TRY(const auto queue, open_queue(options, clock));
    Leading leading(operation->home(), clock);
    operate::WarmEngine batch_engine(control.facts, operation->database(), operation->ledger(),
                                     clock, operation->home().folder());
    operate::BatchCoordinator coordinator(
        operation->database(), operation->ledger(), clock, batch_engine, queue->desk(),
        {.markets = control.workflows.markets, .leader = [&leading] { return leading.other(); }});
    service_of.channels = operate::policies_of(operation->channels());
    service_of.workflows_version = control.workflows.version;
    service_of.parts.push_back(serve::batch_routes(coordinator));
    service_of.parts.push_back(serve::pipeline_routes(control.workflows));
    TIPOFF_TRY(const auto service,
               serve::Service::open(operation->database(), clock, operation->home().folder(),
                                    std::move(service_of)));
    TIPOFF_TRY(const auto listener,
               HomeListener::listen(operation->home(), HandOver::kReadsAndWrites));
    const Leading::Term term = leading.begin([&coordinator] {
        if (const auto resumed = coordinator.resume(); !resumed)
            spdlog::error("batches: {}", resumed.error().message());
    });
    coordinator.warm_up();
    tell_where(*service, is_loopback);
    if (options.without_schedule) {
        interrupts.wait();
    } else {
        Progress progress(context.clock());
        TIPOFF_CHECK(run_schedule(*operation, control, *listener, interrupts, speed,
                                  [&progress](const ledger::RunRow& begun) {
                                      progress.show(fmt::format("{} {}", begun.step, begun.scope));
                                  },
                                  {.leads = [&leading] { return leading.leads(); },
                                   .after_pass = [&service] { service->refresh(); }}));
    }
    service->stop();
    return ExitCode::kDone;
}

}  // namespace

void add_serve_command(CommandLine& commands) {
    const auto options = std::make_shared<ServeOptions>();
    commands
        .command({.name = "serve",
                  .summary = "The service of a home: API, coordinator, workers and schedule",
                  .description =
                      "Answers over HTTP (docs/api.md; /openapi.json describes what can be asked), "
                      "forecasts batches that are asked for with POST /start (docs/batches.md), "
                      "runs the schedule, and does the commands of other processes on this home. "
                      "Reads take a token (tipoff token create), or none on this machine where "
                      "the configuration says so. Runs until it is interrupted, and ends when the "
                      "requests under way are answered; killed, the next one goes on.",
                  .examples = {{{"serve", "On this machine, at port 8080."},
                                {"serve --listen 127.0.0.1:0 --queue nats://10.0.0.11:4222 "
                                 "--config tipoff.yaml",
                                 "At any free port, which the first line names; workers are "
                                 "processes of their own."}}}},
                 HomeUse::kAlone, [options](Context& context) { return run(*options, context); })
        .text("--listen", options->listen, "Where: HOST:PORT (127.0.0.1:8080); port 0 is any")
        .text("--queue", options->queue,
              "Hand forecasts out to tipoff worker: nats://HOST:PORT,HOST:PORT/NAME")
        .integer("--workers", options->workers, "Forecasting threads of this process (2)")
        .flag("--without-schedule", options->without_schedule, "Run no job: only what is asked for")
        .text("--upstreams", options->upstreams,
              "Ask this address in place of every upstream (TIPOFF_UPSTREAMS)")
        .number("--speed", options->speed, "Of a replay from --now: league seconds a second");
}

}  // namespace tipoff::cli
