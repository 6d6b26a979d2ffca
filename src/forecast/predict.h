#pragma once
/// Feature rows to forecasts of every system.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conform/market.h"
#include "features/feature_tables.h"
#include "forecast/ensemble.h"
#include "forecast/forecast.h"
#include "forecast/line_blend.h"
#include "forecast/prediction_tables.h"
#include "forecast/similarity_pool.h"
#include "forecast/systems.h"
#include "forecast/trained_count.h"

namespace tipoff::forecast {

/// The past matchups most like each row, nearest first.
using Neighbourhoods = std::vector<std::vector<Neighbour>>;

/// Of every row, among what was known before its as-of. The same on any number of threads.
[[nodiscard]] Neighbourhoods neighbourhoods(std::span<const features::FeatureStoreRow> rows,
                                            const SimilarityPool& pool, std::size_t threads);

/// Matchups to forecast, and what goes with each of them by row.
struct Matchups {
    std::span<const features::FeatureStoreRow> rows;
    const Neighbourhoods* neighbours = nullptr;  ///< without them similarity_v1 says nothing
    const OffersOfMarkets* offers = nullptr;     ///< without them nothing is offered on any
};

/// What was fitted on the past. A system that lacks its part says nothing.
struct Fitted {
    TrainedCounts trained;  ///< for xgboost_v1 and ensemble_v1
    bool explain = true;    ///< whether what trees say is told apart by kinds of features
};

/// Every system's forecast of every row for one market: those of row i stand from
/// `i * system_ids.size()` on.
struct SystemForecasts {
    Market market = Market::kPoints;
    std::vector<std::string_view> system_ids;
    std::vector<std::string> parameters_hashes;  ///< of each system, twelve characters
    std::vector<Forecast> forecasts;
    /// Of each row with a line what `ensemble_v1` says without it; empty where no lines were given.
    std::vector<std::optional<Forecast>> without_lines;

    [[nodiscard]] std::span<const Forecast> of_row(std::size_t row) const {
        return std::span(forecasts).subspan(row * system_ids.size(), system_ids.size());
    }
};

/// Every row is forecast for every market, however little is known of it. A market that adds counts
/// up has the systems that forecast each of them. `ensemble_v1` knows the offers; the other systems
/// say what they say without. The same bits on any number of threads.
[[nodiscard]] std::vector<SystemForecasts> forecast_all(const Matchups& matchups,
                                                        std::span<const Market> markets,
                                                        const Fitted& fitted, std::size_t threads);

/// The rows of `predictions.player_prop_prediction`, in the order of the forecasts. `run_id` is
/// left empty. The same bits on any number of threads.
[[nodiscard]] std::vector<Prediction> predictions_of(
    std::span<const features::FeatureStoreRow> rows, const SystemForecasts& forecasts,
    std::string_view origin, std::size_t threads);

/// The members' part of a row's forecasts.
[[nodiscard]] MemberForecasts members_of(const SystemForecasts& forecasts, std::size_t row);

}  // namespace tipoff::forecast
