#pragma once
/// Minutes that a person noted take the place of those that the systems expect.

#include <span>

#include "conform/notes.h"
#include "features/feature_tables.h"
#include "forecast/predict.h"

namespace tipoff::operate {

/// Of each row with a noted number of minutes, every system's forecast as it would be with those
/// minutes: the mean in proportion, the variance likewise. What the mean is made of is scaled with
/// it, so that it still adds up.
void apply_noted_minutes(std::span<const features::FeatureStoreRow> rows,
                         const conform::Notes& notes, forecast::SystemForecasts& forecasts);

}  // namespace tipoff::operate
