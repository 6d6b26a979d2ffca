#pragma once
/// The forecasting systems. Two are formulas: pure functions of a matchup's features. The others
/// are also given what was fitted on the past (`predict.h`).

#include <span>
#include <string_view>

#include "base/hash.h"
#include "forecast/forecast.h"
#include "forecast/matchup_features.h"

namespace tipoff::forecast {

struct System {
    std::string_view id;  ///< "moving_average_v1"; the number is raised when the formula changes
    std::string_view market;                       ///< "points"
    Forecast (*forecast)(const MatchupFeatures&);  ///< with the shipped parameters
    Fingerprint (*parameters_hash)();
};

inline constexpr std::string_view kSimilarityId = "similarity_v1";
inline constexpr std::string_view kXgboostId = "xgboost_v1";
inline constexpr std::string_view kEnsembleId = "ensemble_v1";

/// The formulas, in the order in which they are listed everywhere.
[[nodiscard]] std::span<const System> systems();

/// Null when there is none of that id.
[[nodiscard]] const System* find_system(std::string_view id);

/// A fingerprint of every system and its parameters, and of those of `p_plays`: part of what a
/// forecast step's inputs are hashed to.
[[nodiscard]] Fingerprint parameters_hash();

}  // namespace tipoff::forecast
