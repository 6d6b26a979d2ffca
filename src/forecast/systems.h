#pragma once
/// The forecasting systems. Two are formulas: pure functions of a matchup's features. The others
/// are also given what was fitted on the past (`predict.h`).

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "base/hash.h"
#include "conform/market.h"
#include "forecast/forecast.h"
#include "forecast/matchup_features.h"

namespace tipoff::forecast {

struct System {
    std::string_view id;  ///< "moving_average_v1"; the number is raised when the formula changes
    Forecast (*forecast)(const MatchupFeatures&, Market count);  ///< with the shipped parameters
    Fingerprint (*parameters_hash)(Market count);
};

inline constexpr std::string_view kMovingAverageId = "moving_average_v1";
inline constexpr std::string_view kZoneMatchupId = "zone_matchup_v1";
inline constexpr std::string_view kSimilarityId = "similarity_v1";
inline constexpr std::string_view kXgboostId = "xgboost_v1";
inline constexpr std::string_view kEnsembleId = "ensemble_v1";

/// Every system, in the order in which they are listed everywhere.
inline constexpr std::array kSystemIds{kMovingAverageId, kZoneMatchupId, kSimilarityId, kXgboostId,
                                       kEnsembleId};

/// The id that the text names; nothing where it names none.
[[nodiscard]] std::optional<std::string_view> find_system_id(std::string_view text);

/// The formulas.
[[nodiscard]] std::span<const System> systems();

/// A fingerprint of every system and its parameters, and of those of `p_plays`: part of what a
/// forecast step's inputs are hashed to.
[[nodiscard]] Fingerprint parameters_hash();

}  // namespace tipoff::forecast
