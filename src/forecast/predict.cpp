#include "forecast/predict.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <thread>

#include "base/error.h"
#include "forecast/availability.h"

namespace tipoff::forecast {
namespace {

/// Below this a thread costs more than it gains.
constexpr std::size_t kRowsAThread = 2000;

/// 48 bits tell fitted parameters apart; DuckDB keeps twelve characters in place.
constexpr std::size_t kHashCharacters = 12;

std::int16_t whole(int count) { return static_cast<std::int16_t>(count); }

Prediction prediction_of(const features::FeatureStoreRow& row, std::string_view origin,
                         const System& system, double chance_to_play,
                         const std::string& parameters_hash) {
    const Forecast forecast = forecast_row(system, row);
    const CountDistribution distribution = forecast.distribution();
    return {
        .game_id = row.game_id,
        .player_id = row.player_id,
        .market = std::string(system.market),
        .system_id = std::string(system.id),
        .as_of = row.as_of,
        .origin = std::string(origin),
        .game_date = row.game_date,
        .season = row.season,
        .team_id = row.team_id,
        .opponent_team_id = row.opponent_team_id,
        .mean = distribution.mean(),
        .sd = distribution.sd(),
        .median = whole(distribution.median()),
        .quantile_025 = whole(distribution.quantile(0.025)),
        .quantile_10 = whole(distribution.quantile(0.10)),
        .quantile_25 = whole(distribution.quantile(0.25)),
        .quantile_75 = whole(distribution.quantile(0.75)),
        .quantile_90 = whole(distribution.quantile(0.90)),
        .quantile_975 = whole(distribution.quantile(0.975)),
        .minutes = forecast.minutes,
        .p_plays = chance_to_play,
        .quality_grade = row.quality_grade,
        .degraded = forecast.missing.to_text(),
        .parameters_hash = parameters_hash,
        .run_id = {},
    };
}

}  // namespace

Forecast forecast_row(const System& system, const features::FeatureStoreRow& row) {
    return system.forecast(MatchupFeatures(row.features));
}

std::vector<Prediction> predict(std::span<const features::FeatureStoreRow> rows,
                                std::string_view origin, std::size_t threads) {
    require(threads > 0, "work is done by at least one thread");
    const std::span<const System> all = systems();
    std::vector<std::string> hashes;
    for (const System& system : all)
        hashes.push_back(to_string(system.parameters_hash()).substr(0, kHashCharacters));

    std::vector<Prediction> predictions(rows.size() * all.size());
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const double chance =
                p_plays(MatchupFeatures(rows[i].features), AvailabilityParameters{});
            for (std::size_t s = 0; s < all.size(); ++s) {
                predictions[i * all.size() + s] =
                    prediction_of(rows[i], origin, all[s], chance, hashes[s]);
            }
        }
    };
    const std::size_t workers = std::clamp<std::size_t>(rows.size() / kRowsAThread, 1, threads);
    std::vector<std::jthread> pool;
    for (std::size_t worker = 1; worker < workers; ++worker) {
        pool.emplace_back(fill, rows.size() * worker / workers,
                          rows.size() * (worker + 1) / workers);
    }
    fill(0, rows.size() / workers);
    return predictions;
}

}  // namespace tipoff::forecast
