#pragma once
/// What training makes for a count: the trees, and how the systems' forecasts are to be corrected
/// and put together. It is all that `xgboost_v1` and `ensemble_v1` know of the past; it has seen no
/// game after the date that it was trained through.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/hash.h"
#include "conform/market.h"
#include "features/feature_list.h"
#include "forecast/boosted_trees.h"
#include "forecast/ensemble.h"
#include "forecast/forecast.h"
#include "forecast/line_blend.h"
#include "forecast/matchup_features.h"

namespace tipoff::forecast {

/// How the trees' mean becomes a distribution.
struct TreesCalibration {
    double mean_factor = 1;  ///< takes the bias of past forecasts away
    std::array<double, kMinutesTiers> sd_factor{1, 1, 1};
};

struct TrainedCount {
    /// Raised when `bytes` says something else, or the same in another way.
    static constexpr std::int32_t kFormatVersion = 1;

    Market count = Market::kPoints;
    BoostedTrees trees;
    TreesCalibration calibration;
    EnsembleParameters ensemble;
    LineBlend line;

    [[nodiscard]] Fingerprint hash() const;

    /// A line of JSON, then the trees as XGBoost writes them. The same training gives the same
    /// bytes.
    [[nodiscard]] std::string bytes() const;
    /// From `bytes()`; `kInvalidInput` when they are something else.
    static Expected<TrainedCount> read(std::string_view bytes);
};

/// By count; null where nothing was trained.
using TrainedCounts = std::array<std::shared_ptr<const TrainedCount>, kCounts>;

/// What trees are shown of a matchup: all but the sportsbooks' lines on players, so that what they
/// say can be held against the line.
[[nodiscard]] features::FeatureRow tree_inputs(const features::FeatureRow& features);

/// What trees say of a row.
struct TreesView {
    double factor = 1;
    /// `BoostedTrees::approximate_contributions` of the row; empty where nobody asked for them.
    std::span<const float> contributions;
};

/// `xgboost_v1`: the moving average times the factor that the trees gave for these features.
///
/// Its contributions are those of the moving average, and what the trees add to them: the share of
/// each kind of feature in the logarithm of the factor, times the logarithmic mean of both means, so
/// that they add up (Ang, "Decomposition analysis for policymaking in energy", 2004).
[[nodiscard]] Forecast boosted(const MatchupFeatures& features, const Forecast& form,
                               const TreesView& trees, const TreesCalibration& calibration);

}  // namespace tipoff::forecast
