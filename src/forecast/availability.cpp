#include "forecast/availability.h"

#include <cmath>

#include "forecast/feature_places.h"

namespace tipoff::forecast {

double p_plays(const MatchupFeatures& features, const AvailabilityParameters& parameters) {
    const double chance = features.value(place::kChanceToPlay);
    // None at all was stated by hand; a line that stands is older, or wrong.
    if (chance == 0 || std::isnan(features.value(place::kPointsLine))) return chance;
    return parameters.with_line;
}

}  // namespace tipoff::forecast
