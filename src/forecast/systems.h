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

/// What the spread of a sum of counts is multiplied by, 1 for a single count. How the errors of
/// counts go together was measured on the trees' (`added_up`); the plain systems know less of the
/// minutes, and theirs go together otherwise. Fitted so that four fifths of the outcomes of 2018-19
/// to 2020-21 lie in the central 80% (`docs/systems.md`).
[[nodiscard]] double sum_spread(std::string_view system_id, Market market);

/// A fingerprint of every system and its parameters, and of those of `p_plays`: part of what a
/// forecast step's inputs are hashed to.
[[nodiscard]] Fingerprint parameters_hash();

}  // namespace tipoff::forecast
