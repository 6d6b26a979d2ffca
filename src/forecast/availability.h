#pragma once
/// The chance that an expected player plays at all. A forecast of points is conditional on his
/// playing; this stands beside it.

#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// From how many of his team's last ten games he played in, whether he sat out the last one, and
/// whether a sportsbook offers him. The formula stands at `AvailabilityParameters`. NaN where his
/// team has no game on record.
[[nodiscard]] double p_plays(const MatchupFeatures& features,
                             const AvailabilityParameters& parameters);

}  // namespace tipoff::forecast
