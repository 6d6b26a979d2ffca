#pragma once
/// The upstreams, one file each: what a host answers to a question at an instant.

#include "league/upstreams/almanac.h"
#include "league/upstreams/upstream.h"

namespace tipoff::league {

[[nodiscard]] UpstreamAnswer answer_nba_stats(const Almanac& almanac,
                                              const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_nba_cdn(const Almanac& almanac, const UpstreamRequest& request,
                                            Instant now);
[[nodiscard]] UpstreamAnswer answer_nba_injury_report(const Almanac& almanac,
                                                      const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_nba_gamebook(const Almanac& almanac,
                                                 const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_balldontlie(const Almanac& almanac,
                                                const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_espn_api(const Almanac& almanac, const UpstreamRequest& request,
                                             Instant now);
[[nodiscard]] UpstreamAnswer answer_espn_page(const Almanac& almanac,
                                              const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_odds_api(const Almanac& almanac, const UpstreamRequest& request,
                                             Instant now);
[[nodiscard]] UpstreamAnswer answer_bettingpros(const Almanac& almanac,
                                                const UpstreamRequest& request, Instant now);
[[nodiscard]] UpstreamAnswer answer_basketball_reference(const Almanac& almanac,
                                                         const UpstreamRequest& request,
                                                         Instant now);

}  // namespace tipoff::league
