#include "forecast/availability.h"

#include <cmath>

#include "forecast/feature_places.h"

namespace tipoff::forecast {

double p_plays(const MatchupFeatures& features, const AvailabilityParameters& parameters) {
    if (!std::isnan(features.value(place::kPointsLine))) return parameters.with_line;
    return features.value(place::kChanceToPlay);
}

}  // namespace tipoff::forecast
