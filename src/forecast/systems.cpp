#include "forecast/systems.h"

#include <algorithm>
#include <array>

#include "forecast/moving_average.h"
#include "forecast/parameters.h"
#include "forecast/zone_matchup.h"

namespace tipoff::forecast {
namespace {

constexpr MovingAverageParameters kMovingAverage{};
constexpr ZoneMatchupParameters kZoneMatchup{};

/// A system is its function, its parameters and one line here.
constexpr std::array kSystems{
    System{"moving_average_v1", "points",
           [](const MatchupFeatures& features) { return moving_average(features, kMovingAverage); },
           [] { return hash(kMovingAverage); }},
    System{"zone_matchup_v1", "points",
           [](const MatchupFeatures& features) { return zone_matchup(features, kZoneMatchup); },
           [] { return hash(kZoneMatchup); }},
};

}  // namespace

std::span<const System> systems() { return kSystems; }

const System* find_system(std::string_view id) {
    const auto* const found = std::ranges::find(kSystems, id, &System::id);
    return found == kSystems.end() ? nullptr : found;
}

Fingerprint parameters_hash() {
    Hasher hasher;
    for (const System& system : kSystems) {
        hasher.add(system.id);
        hasher.add(system.parameters_hash());
    }
    hasher.add(hash(AvailabilityParameters{}));
    return hasher.finish();
}

}  // namespace tipoff::forecast
