#include "forecast/moving_average.h"

#include <cmath>

#include "forecast/feature_places.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {

Forecast moving_average(const MatchupFeatures& features, Market count,
                        const MovingAverageParameters& parameters) {
    const MovingAverageParameters& p = parameters;
    const PlayingTime time = playing_time(features, p.minutes);
    const double minutes_behind_rate =
        time.usual_minutes * effective_games(time.games, kRateHalfLife);
    const double rate = shrunk(features.value(place::kPerMinute.at(index_of(count))),
                               minutes_behind_rate, p.rate_prior, p.rate_prior_minutes);
    const double form = time.minutes * rate;
    const double home = form * p.situation.home * (features.value(place::kIsHome) - 0.5);
    const double absence = -form * p.situation.absence * time.absence;

    Forecast forecast;
    forecast.market = count;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    forecast.mean = within_range(form + home + absence);
    const double minutes_sd = features.value(place::kMinutesSd);
    if (std::isnan(minutes_sd)) forecast.missing.add(Missing::kMinutesSpread);
    forecast.sd = count_sd(forecast.mean, minutes_sd, time, p.spread);
    forecast.contributions.add(Part::kForm, form);
    forecast.contributions.add(Part::kHome, home);
    forecast.contributions.add(Part::kAbsence, absence);
    return forecast;
}

}  // namespace tipoff::forecast
