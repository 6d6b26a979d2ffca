#include "forecast/systems.h"

#include <algorithm>
#include <array>

#include "forecast/moving_average.h"
#include "forecast/parameters.h"
#include "forecast/zone_matchup.h"

namespace tipoff::forecast {
namespace {

/// A formula is its function, its parameters and one entry here.
constexpr std::array kSystems{
    System{kMovingAverageId,
           [](const MatchupFeatures& features, Market count) {
               return moving_average(features, count, form_parameters(count));
           },
           [](Market count) { return hash(form_parameters(count)); }},
    System{kZoneMatchupId,
           [](const MatchupFeatures& features, Market count) {
               return zone_matchup(features, count, zone_parameters(count));
           },
           [](Market count) { return hash(zone_parameters(count)); }},
};

}  // namespace

std::optional<std::string_view> find_system_id(std::string_view text) {
    const auto* const found = std::ranges::find(kSystemIds, text);
    if (found == kSystemIds.end()) return std::nullopt;
    return *found;
}

std::span<const System> systems() { return kSystems; }

Fingerprint parameters_hash() {
    Hasher hasher;
    for (const System& system : kSystems) {
        hasher.add(system.id);
        for (const Market count : kCountMarkets)
            hasher.add(system.parameters_hash(count));
    }
    hasher.add(hash(AvailabilityParameters{}));
    return hasher.finish();
}

}  // namespace tipoff::forecast
