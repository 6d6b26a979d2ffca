#include "features/composite.h"

#include <algorithm>

#include "features/feature_list.h"

namespace tipoff::features {
namespace {

double known_or_zero(double value) { return std::isnan(value) ? 0 : value; }

double rest_load(double days_rest) {
    if (std::isnan(days_rest) || days_rest >= 3) return 0;
    if (days_rest >= 2) return 5;
    return days_rest >= 1 ? 12 : 30;
}

}  // namespace

double fatigue_score(const FatigueInputs& inputs) {
    const double dense = 10 * std::max(0.0, inputs.games_last_4_days - 2);
    const double week = std::min(24.0, 8 * std::max(0.0, inputs.games_last_7_days - 2));
    const double minutes =
        20 * std::clamp((inputs.player_minutes_last_7_days - 90) / 150, 0.0, 1.0);
    const double travel = 10 * std::min(1.0, known_or_zero(inputs.travel_miles) / 2500);
    const double zones = std::min(6.0, 2 * std::abs(known_or_zero(inputs.time_zone_change)));
    return std::min(100.0, rest_load(inputs.days_rest) + dense + week + minutes + travel + zones);
}

double shot_zone_mismatch_score(const ZoneMismatchInputs& inputs) {
    double extra = 0;
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        extra +=
            inputs.share[z] * inputs.accuracy[z] * (inputs.accuracy_factor[z] - 1) * kZonePoints[z];
    }
    return std::isnan(extra) ? kUnknown : std::clamp(100 * extra, -60.0, 60.0);
}

double pace_score(double expected_pace_factor) {
    return std::isnan(expected_pace_factor)
               ? kUnknown
               : std::clamp(100 * (expected_pace_factor - 1), -50.0, 100.0);
}

double usage_spike_score(double usage_vacated) {
    const double vacated = std::clamp(known_or_zero(usage_vacated), 0.0, 0.5);
    return 100 * vacated / (1 - vacated);
}

void Composite::derive(std::span<const float> features, FamilyRow<Composite>& row) {
    const auto value = [features](std::size_t index) {
        return static_cast<double>(features[index]);
    };
    row.set("fatigue_score",
            fatigue_score({
                .days_rest = value(feature_index("team_days_rest")),
                .games_last_4_days = value(feature_index("team_games_last_4_days")),
                .games_last_7_days = value(feature_index("team_games_last_7_days")),
                .player_minutes_last_7_days = value(feature_index("player_minutes_last_7_days")),
                .travel_miles = value(feature_index("travel_miles")),
                .time_zone_change = value(feature_index("time_zone_change")),
            }));
    ZoneMismatchInputs zones;
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        zones.share[z] = value(feature_index("zone_share_restricted_area") + z);
        zones.accuracy[z] = value(feature_index("zone_accuracy_restricted_area") + z);
        zones.accuracy_factor[z] =
            value(feature_index("opponent_accuracy_factor_restricted_area") + z);
    }
    row.set("shot_zone_mismatch_score", shot_zone_mismatch_score(zones));
    row.set("pace_score", pace_score(value(feature_index("expected_pace_factor"))));
    row.set("usage_spike_score", usage_spike_score(value(feature_index("usage_vacated"))));
}

}  // namespace tipoff::features
