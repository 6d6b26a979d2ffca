#include "forecast/trained_points.h"

#include "forecast/feature_places.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {

Fingerprint TrainedPoints::hash() const {
    Hasher hasher;
    hasher.add(fingerprint_of(trees.bytes()));
    hasher.add(calibration.mean_factor);
    for (const double factor : calibration.sd_factor)
        hasher.add(factor);
    hasher.add(tipoff::forecast::hash(ensemble));
    return hasher.finish();
}

Forecast boosted(const MatchupFeatures& features, double trees_mean,
                 const TreesCalibration& calibration, const MinutesParameters& minutes) {
    const PlayingTime time = playing_time(features, minutes);
    Forecast forecast;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    forecast.mean = within_range(trees_mean * calibration.mean_factor);
    forecast.sd =
        points_sd(forecast.mean, features.value(place::kMinutesSd), time, calibration.spread) *
        calibration.sd_factor[minutes_tier(time.minutes)];
    return forecast;
}

}  // namespace tipoff::forecast
