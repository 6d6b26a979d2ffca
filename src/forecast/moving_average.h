#pragma once
/// `moving_average_v1`: projected minutes times the recent points a minute, at home or away, after
/// a break or not.
///
///     minutes = f(minutes of the last games, of the season)         MinutesParameters
///     rate    = points a minute, half-life 10 games, shrunk
///     mean    = minutes x rate x (1 + home (is_home - 1/2) - absence L)
///
/// The player's own form only: nothing of the opponent, nothing of absent teammates. Pure: no
/// clock, no state, no I/O.

#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// Points of a player, given that he plays. With nothing on record it is the forecast of a
/// newcomer, wide and flagged.
[[nodiscard]] Forecast moving_average(const MatchupFeatures& features,
                                      const MovingAverageParameters& parameters);

}  // namespace tipoff::forecast
