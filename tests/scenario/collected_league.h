#pragma once
/// A simulated league that is collected: its upstreams on loopback, a home, and a virtual clock
/// that waiting moves.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/curl_transport.h"
#include "base/rerouted_transport.h"
#include "collect/fetcher.h"
#include "league/upstreams/upstream_server.h"
#include "operate/collecting.h"
#include "store/home.h"
#include "support/engines.h"

namespace tipoff::scenario {

/// The upstreams of 2025-26, seed 7, of which the first weeks are played. Made once.
[[nodiscard]] const league::SimulatedUpstreams& first_weeks();

/// The season's first game date.
[[nodiscard]] GameDate opening_night();

class CollectedLeague {
public:
    /// In a new home. `faults` may be null; it outlives the league.
    explicit CollectedLeague(league::FaultPlan* faults = nullptr);

    /// In a place that outlives it; a home that is there is opened.
    explicit CollectedLeague(const support::HomePlace& place, league::FaultPlan* faults = nullptr);

    /// Moves the clock to an Eastern wall time; never back.
    void go_to(GameDate date, TimeOfDay time);

    /// One run; a source that cannot be asked now is a report of that outcome.
    operate::CollectReport collect(std::string_view source,
                                   const collect::CollectRequest& request = {});

    /// The sources, again after so long where something was missing, four times at most. Sources
    /// that were complete are not asked again.
    void collect_all(const std::vector<std::string_view>& sources, std::vector<GameDate> dates,
                     std::chrono::minutes again_after = std::chrono::minutes{15});

    /// Every morning and noon from opening night, by every source: schedules, players, the box
    /// scores of the two days before, reports and lines; rosters on every fourth day. `injuries`:
    /// whether the second source of them is asked as well.
    void live_through(int days, bool injuries = true);

    /// Computes the derived tables of the days so far, as of each tip-off.
    void derive(int days);
    /// The same of these dates, whatever was derived before.
    void derive(GameDate from, GameDate to);

    /// The digest of each derived table, the instants at which things became known left out: those
    /// move with each retry.
    [[nodiscard]] std::map<std::string, std::string> derived_digests();
    /// The same of `raw` and `ref`.
    [[nodiscard]] std::map<std::string, std::string> stated_digests();
    /// The same of the rows of one date.
    [[nodiscard]] std::map<std::string, std::string> derived_digests_of(GameDate date);
    /// Of `raw` and `ref`.
    [[nodiscard]] Fingerprint stated_digest();

    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return place_.path(); }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] const league::UpstreamServer& server() const { return *server_; }
    [[nodiscard]] operate::Collecting& collecting() { return *collecting_; }

private:
    std::map<std::string, std::string> digests_but_when(
        const std::vector<const store::TableSpec*>& of);
    CollectedLeague(std::unique_ptr<support::HomePlace> own, league::FaultPlan* faults);

    std::unique_ptr<support::HomePlace> own_place_;
    const support::HomePlace& place_;
    ManualClock clock_;
    ManualWaiter waiter_{clock_};
    std::unique_ptr<league::UpstreamServer> server_;
    CurlTransport network_{clock_};
    std::unique_ptr<ReroutedTransport> transport_;
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<collect::Fetcher> fetcher_;
    std::unique_ptr<operate::Collecting> collecting_;
};

}  // namespace tipoff::scenario
