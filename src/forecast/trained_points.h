#pragma once
/// What training makes for the points market: the trees, and how the systems' forecasts are to be
/// corrected and put together. A value of it is all that `xgboost_v1` and `ensemble_v1` know of the
/// past; it has seen no game after the date that it was trained through.

#include <array>

#include "base/hash.h"
#include "forecast/boosted_trees.h"
#include "forecast/ensemble.h"
#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// How the trees' mean becomes a distribution.
struct TreesCalibration {
    double mean_factor = 1;  ///< takes the bias of past forecasts away
    std::array<double, kMinutesTiers> sd_factor{1, 1, 1};

    /// The spread of the formulas: it grows with the mean and with what is not known.
    SpreadParameters spread;
};

struct TrainedPoints {
    BoostedTrees trees;
    TreesCalibration calibration;
    EnsembleParameters ensemble;

    [[nodiscard]] Fingerprint hash() const;
};

/// `xgboost_v1`: the distribution around a mean that the trees gave for these features.
[[nodiscard]] Forecast boosted(const MatchupFeatures& features, double trees_mean,
                               const TreesCalibration& calibration,
                               const MinutesParameters& minutes);

}  // namespace tipoff::forecast
