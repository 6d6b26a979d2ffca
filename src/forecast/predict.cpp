#include "forecast/predict.h"

#include <algorithm>
#include <cstdint>
#include <thread>

#include "base/error.h"
#include "features/feature_list.h"
#include "forecast/availability.h"
#include "forecast/moving_average.h"
#include "forecast/similarity.h"

namespace tipoff::forecast {
namespace {

/// Below this a thread costs more than it gains.
constexpr std::size_t kRowsAThread = 2000;

/// Neighbours take longer to find than anything else takes.
constexpr std::size_t kSearchesAThread = 50;

/// 48 bits tell fitted parameters apart; DuckDB keeps twelve characters in place.
constexpr std::size_t kHashCharacters = 12;

/// In the order of `Member`.
constexpr std::array<std::string_view, kMembers> kMemberIds{"moving_average_v1", "zone_matchup_v1",
                                                            kSimilarityId, kXgboostId};

std::int16_t whole(int count) { return static_cast<std::int16_t>(count); }

/// Calls `fill(from, to)` over parts of [0, rows).
template <class Fill>
void in_parts(std::size_t rows, std::size_t rows_a_thread, std::size_t threads, Fill fill) {
    require(threads > 0, "work is done by at least one thread");
    const std::size_t workers = std::clamp<std::size_t>(rows / rows_a_thread, 1, threads);
    std::vector<std::jthread> pool;
    for (std::size_t worker = 1; worker < workers; ++worker)
        pool.emplace_back(fill, rows * worker / workers, rows * (worker + 1) / workers);
    fill(0, rows / workers);
}

std::string short_hash(Fingerprint fingerprint) {
    return to_string(fingerprint).substr(0, kHashCharacters);
}

std::vector<float> means_of_trees(std::span<const features::FeatureStoreRow> rows,
                                  const BoostedTrees& trees) {
    std::vector<float> values;
    values.reserve(rows.size() * features::kFeatureCount);
    for (const features::FeatureStoreRow& row : rows)
        values.insert(values.end(), row.features.begin(), row.features.end());
    return trees.predict({values, features::kFeatureCount});
}

Prediction prediction_of(const features::FeatureStoreRow& row, const SystemForecasts& all,
                         std::size_t system, const Forecast& forecast, std::string_view origin,
                         double chance_to_play) {
    const CountDistribution distribution = forecast.distribution();
    return {
        .game_id = row.game_id,
        .player_id = row.player_id,
        .market = std::string(all.market),
        .system_id = std::string(all.system_ids[system]),
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
        .parameters_hash = all.parameters_hashes[system],
        .run_id = {},
    };
}

}  // namespace

SystemForecasts forecast_all(std::span<const features::FeatureStoreRow> rows, const Fitted& fitted,
                             std::size_t threads) {
    const MovingAverageParameters form{};
    const SimilarityParameters neighbours{};
    SystemForecasts all;
    const auto add_system = [&all](std::string_view id, Fingerprint parameters) {
        all.system_ids.push_back(id);
        all.parameters_hashes.push_back(short_hash(parameters));
    };
    for (const System& system : systems())
        add_system(system.id, system.parameters_hash());
    if (fitted.pool != nullptr) add_system(kSimilarityId, hash(neighbours));
    if (fitted.trained != nullptr) {
        add_system(kXgboostId, fitted.trained->hash());
        add_system(kEnsembleId, fitted.trained->hash());
    }
    const std::size_t count = all.system_ids.size();
    all.forecasts.resize(rows.size() * count);

    const std::vector<float> trees_means = fitted.trained != nullptr
                                               ? means_of_trees(rows, fitted.trained->trees)
                                               : std::vector<float>{};
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const MatchupFeatures features(rows[i].features);
            std::size_t at = i * count;
            for (const System& system : systems())
                all.forecasts[at++] = system.forecast(features);
            if (fitted.pool != nullptr) {
                all.forecasts[at++] =
                    similarity(features, rows[i].as_of, *fitted.pool, neighbours, form);
            }
            if (fitted.trained == nullptr) continue;
            all.forecasts[at++] = boosted(features, static_cast<double>(trees_means[i]),
                                          fitted.trained->calibration, form.minutes);
            all.forecasts[at] = ensemble(members_of(all, i), fitted.trained->ensemble);
        }
    };
    in_parts(rows.size(), fitted.pool != nullptr ? kSearchesAThread : kRowsAThread, threads, fill);
    return all;
}

MemberForecasts members_of(const SystemForecasts& forecasts, std::size_t row) {
    const auto of_row = forecasts.of_row(row);
    MemberForecasts members;
    for (std::size_t s = 0; s < forecasts.system_ids.size(); ++s) {
        const auto member = std::ranges::find(kMemberIds, forecasts.system_ids[s]);
        if (member == kMemberIds.end()) continue;
        members[static_cast<std::size_t>(member - kMemberIds.begin())] = of_row[s];
    }
    return members;
}

std::vector<Prediction> predictions_of(std::span<const features::FeatureStoreRow> rows,
                                       const SystemForecasts& forecasts, std::string_view origin,
                                       std::size_t threads) {
    const std::size_t count = forecasts.system_ids.size();
    require(forecasts.forecasts.size() == rows.size() * count,
            "forecasts that are not of these rows");
    std::vector<Prediction> predictions(rows.size() * count);
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const double chance =
                p_plays(MatchupFeatures(rows[i].features), AvailabilityParameters{});
            const auto of_row = forecasts.of_row(i);
            for (std::size_t s = 0; s < count; ++s) {
                predictions[i * count + s] =
                    prediction_of(rows[i], forecasts, s, of_row[s], origin, chance);
            }
        }
    };
    in_parts(rows.size(), kRowsAThread, threads, fill);
    return predictions;
}

}  // namespace tipoff::forecast
