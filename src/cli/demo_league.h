#pragma once
/// The demonstration's league: its upstreams on loopback, and a clock that waiting moves, so that a
/// season is collected politely in no time.

#include <memory>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/curl_transport.h"
#include "base/rerouted_transport.h"
#include "collect/fetcher.h"
#include "league/upstreams/upstream_server.h"
#include "operate/collecting.h"
#include "store/home.h"

namespace tipoff::cli {

class DemoLeague {
public:
    /// Serves the whole season; it is `now` there. `home` and `ledger` outlive it.
    static Expected<std::unique_ptr<DemoLeague>> open(league::SimulatedSeason season,
                                                      std::uint64_t seed, Instant now,
                                                      store::Home& home, ledger::Ledger& ledger);

    /// Collects the sources in turn, each in one run over all dates; adds up requests and records.
    Status collect(const std::vector<std::string_view>& sources,
                   const std::vector<GameDate>& dates);

    /// Moves the clock on; never back.
    void go_to(Instant instant);

    [[nodiscard]] Instant now() const { return clock_.league_now(); }
    [[nodiscard]] std::int64_t requests() const { return requests_; }
    [[nodiscard]] std::int64_t records() const { return records_; }
    [[nodiscard]] int merges() const { return merges_; }

private:
    DemoLeague(league::SimulatedSeason season, std::uint64_t seed, Instant now);

    league::SimulatedUpstreams upstreams_;
    ManualClock clock_;
    ManualWaiter waiter_{clock_};
    CurlTransport network_{clock_};
    std::unique_ptr<league::UpstreamServer> server_;
    std::unique_ptr<ReroutedTransport> transport_;
    std::unique_ptr<collect::Fetcher> fetcher_;
    std::unique_ptr<operate::Collecting> collecting_;
    std::int64_t requests_ = 0;
    std::int64_t records_ = 0;
    int merges_ = 0;
};

}  // namespace tipoff::cli
