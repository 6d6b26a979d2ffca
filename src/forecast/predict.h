#pragma once
/// Feature rows to forecasts of every system.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "features/feature_tables.h"
#include "forecast/forecast.h"
#include "forecast/prediction_tables.h"
#include "forecast/systems.h"

namespace tipoff::forecast {

/// One prediction for each row and system: those of `rows[i]` stand from `i * systems().size()` on,
/// in the order of `systems()`. Every row is forecast, however little is known of it. `run_id` is
/// left empty. The same bits on any number of threads.
[[nodiscard]] std::vector<Prediction> predict(std::span<const features::FeatureStoreRow> rows,
                                              std::string_view origin, std::size_t threads);

/// A system's forecast of one row, with what its mean is made of.
[[nodiscard]] Forecast forecast_row(const System& system, const features::FeatureStoreRow& row);

}  // namespace tipoff::forecast
