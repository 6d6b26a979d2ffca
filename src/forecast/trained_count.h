#pragma once
/// What training makes for a count: the trees, and how the systems' forecasts are to be corrected
/// and put together. It is all that `xgboost_v1` and `ensemble_v1` know of the past; it has seen no
/// game after the date that it was trained through.
///
/// Minutes come first: trees of a robust loss say what he will play, and the formula's mean with
/// those minutes is where the trees of the count begin. Of these there are two, of the Poisson
/// deviance and of squared error, whose means are averaged: they err apart (`docs/systems.md` has
/// what each step is worth).

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
    static constexpr std::int32_t kFormatVersion = 4;

    Market count = Market::kPoints;
    std::shared_ptr<const BoostedTrees> minutes;  ///< may be shared by the counts
    BoostedTrees factor;      ///< on the mean that those minutes give: Poisson deviance
    BoostedTrees difference;  ///< from it: squared error
    TreesCalibration calibration;
    EnsembleParameters ensemble;
    /// Of the count's own market and of the sums that begin with it; where no lines were seen, as
    /// they are before any.
    LineBlends lines{};

    [[nodiscard]] Fingerprint hash() const;

    /// A line of JSON, then the trees as XGBoost writes them. The same training gives the same
    /// bytes.
    [[nodiscard]] std::string bytes() const;
    /// From `bytes()`; `kInvalidInput` when they are something else.
    static Expected<TrainedCount> read(std::string_view bytes);
};

/// By count; null where nothing was trained.
using TrainedCounts = std::array<std::shared_ptr<const TrainedCount>, kCounts>;

/// The features, and last the minutes that trees forecast.
inline constexpr std::size_t kTreeInputs = features::kFeatureCount + 1;
using TreeInputs = std::array<float, kTreeInputs>;

/// What trees are shown of a matchup: all but the sportsbooks' lines on players, so that what they
/// say can be held against the line. The minutes are unknown, as they are to the trees that
/// forecast them.
[[nodiscard]] TreeInputs tree_inputs(const features::FeatureRow& features);

/// Minutes that a formula expects and trees correct, within what a player plays.
[[nodiscard]] double corrected_minutes(double formula, double correction);

/// The mean that a formula would expect of other minutes: where the trees of a count begin.
[[nodiscard]] double mean_with_minutes(double mean, double formula_minutes, double minutes);

/// What trees say of a row.
struct TreesView {
    double minutes = 0;
    double factor = 1;
    double difference = 0;
    /// `BoostedTrees::approximate_contributions` of the row; empty where nobody asked for them.
    std::span<const float> minutes_contributions;
    std::span<const float> factor_contributions;
    std::span<const float> difference_contributions;
};

/// `xgboost_v1`: the moving average with the minutes that the trees forecast, as the trees of the
/// count correct it.
///
/// Its contributions are those of the moving average and what the trees add to them, feature by
/// feature: minutes times his rate, differences as they are, and of the factor the share in its
/// logarithm times the logarithmic mean of both means, so that they add up (Ang, "Decomposition
/// analysis for policymaking in energy", 2004).
[[nodiscard]] Forecast boosted(const MatchupFeatures& features, const Forecast& form,
                               const TreesView& trees, const TreesCalibration& calibration);

}  // namespace tipoff::forecast
