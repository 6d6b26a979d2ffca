/// `tipoff serve`: the API, until it is ended.

#include "serve/service.h"

#include <fmt/core.h>

#include <cstdio>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/installation.h"
#include "cli/interrupts.h"
#include "cli/operation.h"

namespace tipoff::cli {
namespace {

constexpr std::string_view kUsualAddress = "127.0.0.1:8080";

struct ServeOptions {
    std::optional<std::string> listen;
};

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
    return service;
}

Expected<ExitCode> run(const ServeOptions& options, const Context& context) {
    TIPOFF_TRY(serve::ServiceOptions service_of, service_options(options, context));
    const bool is_loopback = service_of.listen.is_loopback();
    // Before any thread is made: all of them leave the signals to this one.
    const Interrupts interrupts;
    TIPOFF_TRY(const auto operation, Operation::open(context, {}));
    TIPOFF_TRY(const auto service,
               serve::Service::open(operation->database(), operation->clock(),
                                    operation->home().folder(), std::move(service_of)));
    print(fmt::format("listening on {}\n", service->url()));
    std::fflush(stdout);
    if (!is_loopback)
        print_note(
            "other machines can reach this, and tokens would be read on the way: put a "
            "proxy with TLS before it (docs/api.md)");
    interrupts.wait();
    service->stop();
    return ExitCode::kDone;
}

}  // namespace

void add_serve_command(CommandLine& commands) {
    const auto options = std::make_shared<ServeOptions>();
    commands
        .command({.name = "serve",
                  .summary = "Answers over HTTP: boards, players, forecasts, accuracy, health",
                  .description =
                      "Reads take a token (tipoff token create), or none on this machine where "
                      "the configuration says so (docs/api.md). /openapi.json describes what can "
                      "be asked. Runs until it is interrupted, and ends when the requests under "
                      "way are answered.",
                  .examples = {{{"serve", "On this machine, at port 8080."},
                                {"serve --listen 127.0.0.1:0 --config tipoff.yaml",
                                 "At any free port, which the first line names."}}}},
                 [options](Context& context) { return run(*options, context); })
        .text("--listen", options->listen, "Where: HOST:PORT (127.0.0.1:8080); port 0 is any");
}

}  // namespace tipoff::cli
