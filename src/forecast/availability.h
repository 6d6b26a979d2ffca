#pragma once
/// The chance that an expected player plays at all. A forecast of points is conditional on his
/// playing; this stands beside it.

#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// The feature `chance_to_play`; `with_line` where a sportsbook offers him and no note rules him
/// out.
[[nodiscard]] double p_plays(const MatchupFeatures& features,
                             const AvailabilityParameters& parameters);

}  // namespace tipoff::forecast
