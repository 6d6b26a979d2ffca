#pragma once
/// Forecasts against the lines that stood before tip-off.

#include <span>
#include <vector>

#include "forecast/predict.h"
#include "forecast/prediction_tables.h"
#include "operate/player_lines.h"

namespace tipoff::operate {

/// One pick for each prediction and each line of its player, market and game in a book's last
/// snapshot before the prediction's as-of instant. Lines taken in play never count. `predictions`
/// are those of `forecasts`, and these of `rows`. By game and player, then system, book, line. The
/// same on any number of threads.
[[nodiscard]] std::vector<forecast::Pick> make_picks(
    std::span<const features::FeatureStoreRow> rows, const forecast::SystemForecasts& forecasts,
    std::span<const forecast::Prediction> predictions, const PlayerLines& lines,
    std::size_t threads);

}  // namespace tipoff::operate
