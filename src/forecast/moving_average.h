#pragma once
/// `moving_average_v1`: projected minutes times the recent rate a minute, at home or away, after a
/// break or not. One formula for every count; each has its constants.
///
///     minutes = f(minutes of the last games, of the season)         MinutesParameters
///     rate    = points (rebounds, ...) a minute, half-life 10 games, shrunk
///     mean    = minutes x rate x (1 + home (is_home - 1/2) - absence L)
///
/// The player's own form only: nothing of the opponent, nothing of absent teammates. Pure: no
/// clock, no state, no I/O.

#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// A player's count, given that he plays. With nothing on record it is the forecast of a newcomer,
/// wide and flagged. `parameters` are those of the count (`form_parameters`).
[[nodiscard]] Forecast moving_average(const MatchupFeatures& features, Market count,
                                      const MovingAverageParameters& parameters);

}  // namespace tipoff::forecast
