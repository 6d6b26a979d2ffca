#include "cli/commands/league_serve.h"

#include <fmt/core.h>

#include <cstdio>
#include <memory>

#include "base/parse.h"
#include "base/running_clock.h"
#include "cli/context.h"
#include "cli/interrupts.h"
#include "cli/output.h"
#include "league/season.h"
#include "league/upstreams/upstream_server.h"

namespace tipoff::cli {
namespace {

constexpr double kUsualShare = 0.1;
constexpr double kFastest = 100'000;  ///< a season in a few minutes

struct ServeOptions {
    std::string season = "2025-26";
    std::string listen = "127.0.0.1:8099";
    std::optional<std::int64_t> faults;
    std::optional<double> fault_share;
    std::optional<double> speed;
};

/// The port of "127.0.0.1:8099". Everything is simulated, so nobody else has to reach it.
Expected<std::uint16_t> port_of(std::string_view address) {
    constexpr std::string_view kLoopback = "127.0.0.1:";
    constexpr std::int64_t kHighestPort = 65'535;
    const auto port = address.starts_with(kLoopback)
                          ? parse_integer(address.substr(kLoopback.size()))
                          : std::nullopt;
    if (!port || *port < 0 || *port > kHighestPort) {
        return fail(ErrorCode::kUsage, fmt::format("--listen: '{}' is no port here", address),
                    "as 127.0.0.1:8099, or 127.0.0.1:0 for any that is free");
    }
    return static_cast<std::uint16_t>(*port);
}

/// Noon in New York on 20 January, with all of the league under way.
Instant usual_start(Season season) {
    const std::chrono::year_month_day day{std::chrono::year{season.start_year() + 1},
                                          std::chrono::January, std::chrono::day{20}};
    return eastern_instant(GameDate{std::chrono::sys_days{day}}, {12, 0, 0});
}

Status check(const ServeOptions& options) {
    const double share = options.fault_share.value_or(kUsualShare);
    if (share < 0.0 || share > 1.0)
        return fail(ErrorCode::kUsage, "--fault-share: a share is from 0 to 1");
    if (options.fault_share && !options.faults)
        return fail(ErrorCode::kUsage, "--fault-share says nothing without --faults");
    if (options.faults && *options.faults < 0)
        return fail(ErrorCode::kUsage, "--faults: a seed is 0 or above");
    const double speed = options.speed.value_or(1.0);
    if (speed <= 0.0 || speed > kFastest)
        return fail(ErrorCode::kUsage,
                    fmt::format("--speed: above 0, and at most {:.0f}", kFastest));
    return {};
}

/// All faults, also the one that a client has to give up on.
std::unique_ptr<league::FaultPlan> fault_plan(const ServeOptions& options) {
    if (!options.faults) return nullptr;
    league::FaultOptions faults{.seed = static_cast<std::uint64_t>(*options.faults),
                                .share = options.fault_share.value_or(kUsualShare)};
    for (std::size_t kind = 0; kind <= league::kFaultKinds; ++kind)
        faults.kinds.push_back(static_cast<league::FaultKind>(kind));
    return std::make_unique<league::FaultPlan>(std::move(faults));
}

Expected<ExitCode> serve(const ServeOptions& options, const Context& context) {
    TIPOFF_CHECK(check(options));
    TIPOFF_TRY(const std::uint16_t port, port_of(options.listen));
    league::LeagueOptions league;
    TIPOFF_TRY(league.season, Season::parse(options.season));
    league.seed = context.settings().seed.value_or(league.seed);
    TIPOFF_TRY(league::SimulatedSeason season, league::simulate(league));
    const league::SimulatedUpstreams upstreams(std::move(season), league.seed);
    const Instant start = context.settings().now.value_or(usual_start(league.season));
    const RunningClock clock(start, options.speed.value_or(1.0));
    const std::unique_ptr<league::FaultPlan> faults = fault_plan(options);

    const Interrupts interrupts;
    TIPOFF_TRY(const auto server, league::UpstreamServer::listen(
                                      upstreams, clock, {.port = port, .faults = faults.get()}));
    print(
        fmt::format("Simulated upstreams of {}, seed {}, at {}: it is {} there.\n"
                    "Use: tipoff --now {} collect ... --upstreams {}\n",
                    to_string(league.season), league.seed, server->url(), to_eastern_string(start),
                    tipoff::to_string(start), server->url()));
    std::fflush(stdout);
    interrupts.wait();
    return ExitCode::kDone;
}

}  // namespace

void add_league_serve_command(CommandLine& league) {
    const auto options = std::make_shared<ServeOptions>();
    league
        .command(
            {.name = "serve",
             .summary = "Answers as the real upstreams do, from a simulated season",
             .description =
                 "Schedules, box scores, injuries, rosters and lines in the forms of NBA.com, "
                 "balldontlie, ESPN, The Odds API, BettingPros and Basketball-Reference, as of a "
                 "virtual time: it begins at --now (noon in New York on 20 January of the season "
                 "unless given) and runs on. All hosts are at one address: the upstream is the one "
                 "that a request's Host header names, or the one whose path it is. Any key will "
                 "do. Runs until it is interrupted.",
             .examples = {{{"league serve --now 2026-01-20T17:00:00Z",
                            "The league from that noon on."},
                           {"league serve --faults 1 --fault-share 0.2 --speed 60",
                            "An hour a minute, and every fifth request goes wrong at first."}}}},
            HomeUse::kNone, [options](Context& context) { return serve(*options, context); })
        .text("--season", options->season, "Both years: 2025-26 (as a rule)")
        .text("--listen", options->listen, "Where: 127.0.0.1:8099 (as a rule); port 0 is any")
        .integer("--faults", options->faults,
                 "Answers go wrong in the ways that upstreams do, by this seed")
        .number("--fault-share", options->fault_share,
                "Share of requests that are struck in a quarter of an hour (0.1)")
        .number("--speed", options->speed, "Virtual seconds a second (1)");
}

}  // namespace tipoff::cli
