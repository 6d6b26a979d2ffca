#include "league/upstreams/simulated_upstreams.h"

#include <algorithm>
#include <array>

#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"

namespace tipoff::league {
namespace {

struct Upstream {
    std::string_view host;
    std::string_view paths;  ///< what all of them begin with
    UpstreamAnswer (*answer)(const Almanac&, const UpstreamRequest&, Instant);
};

/// An upstream is added by one file and one line here.
constexpr std::array kUpstreams{
    Upstream{"stats.nba.com", "/stats/", answer_nba_stats},
    Upstream{"cdn.nba.com", "/static/json/", answer_nba_cdn},
    Upstream{"ak-static.cms.nba.com", "/referee/", answer_nba_injury_report},
    Upstream{"statsdmz.nba.com", "/pdfs/", answer_nba_gamebook},
    Upstream{"api.balldontlie.io", "/v1/", answer_balldontlie},
    Upstream{"site.api.espn.com", "/apis/", answer_espn_api},
    Upstream{"www.espn.com", "/nba/", answer_espn_page},
    Upstream{"api.the-odds-api.com", "/v4/", answer_odds_api},
    Upstream{"api.bettingpros.com", "/v3/", answer_bettingpros},
    Upstream{"www.basketball-reference.com", "/teams/", answer_basketball_reference},
};

}  // namespace

SimulatedUpstreams::SimulatedUpstreams(SimulatedSeason season, std::uint64_t seed)
    : almanac_(std::move(season), seed) {}

UpstreamAnswer SimulatedUpstreams::answer(const UpstreamRequest& request, Instant now) const {
    const auto found = std::ranges::find(kUpstreams, request.host, &Upstream::host);
    return found == kUpstreams.end() ? not_found() : found->answer(almanac_, request, now);
}

std::string_view host_of_path(std::string_view path) {
    const auto found = std::ranges::find_if(
        kUpstreams, [path](const Upstream& upstream) { return path.starts_with(upstream.paths); });
    return found == kUpstreams.end() ? std::string_view() : found->host;
}

bool is_upstream(std::string_view host) {
    return std::ranges::find(kUpstreams, host, &Upstream::host) != kUpstreams.end();
}

}  // namespace tipoff::league
