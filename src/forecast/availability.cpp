#include "forecast/availability.h"

#include <cmath>

#include "forecast/feature_places.h"

namespace tipoff::forecast {

double p_plays(const MatchupFeatures& features, const AvailabilityParameters& parameters) {
    const AvailabilityParameters& p = parameters;
    if (!std::isnan(features.value(place::kPointsLine))) return p.with_line;
    const double share = features.value(place::kAppearanceShare);
    const double team_days_rest = features.value(place::kTeamDaysRest);
    const bool is_opener = std::isnan(team_days_rest);
    // Unknown rest of the player's own: the team has played this season, he has not.
    const bool played_last = features.value(place::kPlayerDaysRest) <= team_days_rest;
    double x = p.intercept + p.share * share;
    if (is_opener)
        x += p.opener;
    else if (!played_last)
        x += p.missed;
    if (share == 0) x += p.absent;
    return 1 / (1 + std::exp(-x));
}

}  // namespace tipoff::forecast
