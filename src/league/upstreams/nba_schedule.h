#pragma once
/// NBA.com's schedule, as both of its places have it.

#include "league/upstreams/documents.h"

namespace tipoff::league {

[[nodiscard]] Json nba_schedule(const Almanac& almanac, Instant now);

}  // namespace tipoff::league
