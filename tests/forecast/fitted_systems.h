#pragma once
/// All five systems, fitted on a made-up season: what is to hold for each of them is tested on what
/// `forecast_all` says of any rows.

#include <random>
#include <vector>

#include "feature_row.h"
#include "features/feature_tables.h"
#include "forecast/predict.h"

namespace tipoff::forecast {

/// Trees, weights and lines of every count; fitted once a process. `ensemble_v1` gives each member
/// a part.
[[nodiscard]] const Fitted& fitted_systems();

/// The past matchups of the made-up season.
[[nodiscard]] const SimilarityPool& fitted_pool();

/// A player and a matchup of any kind: from newcomers to veterans, sure or doubtful, and with much
/// or nothing unknown.
[[nodiscard]] TestRow any_matchup(std::minstd_rand& random);

/// Rows as the fold makes them, all looked at from after the made-up season.
[[nodiscard]] std::vector<features::FeatureStoreRow> as_stored(std::span<const TestRow> rows);

/// What every system says of every market, in the order of `kMarkets`.
[[nodiscard]] std::vector<SystemForecasts> said_of(std::span<const TestRow> rows,
                                                   const OffersOfMarkets& lines = {},
                                                   std::size_t threads = 1);

}  // namespace tipoff::forecast
