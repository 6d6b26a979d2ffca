#include "cli/demo_league.h"

#include <fmt/core.h>

namespace tipoff::cli {
namespace {

/// Any key will do.
constexpr std::string_view kKey = "of the simulated league";

}  // namespace

DemoLeague::DemoLeague(league::SimulatedSeason season, std::uint64_t seed, Instant now)
    : upstreams_(std::move(season), seed), clock_(now) {}

Expected<std::unique_ptr<DemoLeague>> DemoLeague::open(league::SimulatedSeason season,
                                                       std::uint64_t seed, Instant now,
                                                       store::Home& home, ledger::Ledger& ledger) {
    std::unique_ptr<DemoLeague> demo(new DemoLeague(std::move(season), seed, now));
    TIPOFF_TRY(demo->server_, league::UpstreamServer::listen(demo->upstreams_, demo->clock_));
    demo->transport_ = std::make_unique<ReroutedTransport>(demo->network_, demo->server_->url());
    demo->fetcher_ = std::make_unique<collect::Fetcher>(*demo->transport_, demo->clock_,
                                                        demo->waiter_, home.folder(), seed);
    collect::Keys keys;
    for (const collect::Source& source : collect::sources()) {
        if (!source.asking.key.variable.empty()) keys.emplace(source.asking.key.variable, kKey);
    }
    demo->collecting_ =
        std::make_unique<operate::Collecting>(home.database(), ledger, demo->fetcher_.get(),
                                              demo->clock_, home.folder(), std::move(keys));
    return demo;
}

void DemoLeague::go_to(Instant instant) {
    if (instant > clock_.league_now()) clock_.advance(instant - clock_.league_now());
}

Status DemoLeague::collect(const std::vector<std::string_view>& sources,
                           const std::vector<GameDate>& dates) {
    for (const std::string_view name : sources) {
        TIPOFF_TRY(const auto report,
                   collecting_->collect(*collect::find_source(name), {.dates = dates}));
        if (!report.is_complete()) {
            return fail(ErrorCode::kInternal, fmt::format("the simulated {} is not complete: {}",
                                                          name, report.outcome.detail));
        }
        requests_ += report.asked;
        records_ += report.records;
        merges_ += report.merges;
    }
    return {};
}

}  // namespace tipoff::cli
