#pragma once
/// `zone_matchup_v1`: where a player shoots from, against what this defence allows there; for
/// points and for threes.
///
///     value of an attempt = sum over zones of  share x opponent's volume factor x accuracy x
///     opponent's accuracy factor x 2 or 3 mean = minutes x (attempts a minute x value of an
///     attempt + free throws a minute x free-throw accuracy)
///            x pace^c x (1 + home (is_home - 1/2) - absence L)
///
/// Shares and accuracies come shrunk to the league's, the factors shrunk to 1. Where zones of the
/// player or the opponent are unknown it is the moving average times pace and the opponent's
/// overall defence, with a wider spread, and says so (`Missing::kZones`). Rebounds and assists are
/// no shots: they are the moving average times pace and what the opponent allows of them. Pure.

#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// A player's count, given that he plays. `parameters` are those of the count (`zone_parameters`).
[[nodiscard]] Forecast zone_matchup(const MatchupFeatures& features, Market count,
                                    const ZoneMatchupParameters& parameters);

}  // namespace tipoff::forecast
