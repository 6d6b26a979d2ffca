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

/// Of `pra`, `pr` and `ra`; points and assists are wide enough.
struct SumSpreads {
    std::string_view system_id;
    double pra = 1;
    double pr = 1;
    double ra = 1;
};

constexpr std::array kSumSpreads{
    SumSpreads{.system_id = kMovingAverageId, .pra = 1.009, .pr = 1.002, .ra = 1.017},
    SumSpreads{.system_id = kZoneMatchupId, .pra = 1.001, .pr = 1, .ra = 1.018},
    SumSpreads{.system_id = kSimilarityId, .pra = 1.015, .pr = 1.008, .ra = 1.017},
};

}  // namespace

double sum_spread(std::string_view system_id, Market market) {
    const auto* const found = std::ranges::find(kSumSpreads, system_id, &SumSpreads::system_id);
    if (found == kSumSpreads.end()) return 1;
    switch (market) {
        case Market::kPra: return found->pra;
        case Market::kPr: return found->pr;
        case Market::kRa: return found->ra;
        default: return 1;
    }
}

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
    for (const std::string_view id : kSystemIds) {
        for (const Market market : kMarkets)
            hasher.add(sum_spread(id, market));
    }
    hasher.add(hash(AvailabilityParameters{}));
    return hasher.finish();
}

}  // namespace tipoff::forecast
