#include "forecast/predict.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>

#include "feature_row.h"
#include "forecast/availability.h"

namespace tipoff::forecast {
namespace {

std::vector<features::FeatureStoreRow> rows_of_a_season(std::size_t count) {
    std::vector<features::FeatureStoreRow> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        TestRow row = i % 7 == 0 ? newcomer() : starter();
        row.set("minutes_mean_ewm_short", static_cast<double>(i % 40));
        if (i % 3 == 0) row.forget("zone_share_paint");
        rows[i].features = row.values;
        rows[i].quality_grade = "A";
    }
    return rows;
}

std::vector<Prediction> predict(std::span<const features::FeatureStoreRow> rows,
                                std::size_t threads) {
    const auto forecasts = forecast_all({.rows = rows}, std::array{Market::kPoints}, {}, threads);
    return predictions_of(rows, forecasts.front(), kOriginBackfill, threads);
}

TEST(Predict, GivesEveryRowAForecastOfEverySystem) {
    const auto rows = rows_of_a_season(10);
    const auto predictions = predict(rows, 1);
    ASSERT_EQ(predictions.size(), rows.size() * systems().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t s = 0; s < systems().size(); ++s) {
            const Prediction& prediction = predictions[i * systems().size() + s];
            const Forecast forecast =
                systems()[s].forecast(MatchupFeatures(rows[i].features), Market::kPoints);
            EXPECT_EQ(prediction.system_id, systems()[s].id);
            EXPECT_EQ(prediction.market, "points");
            EXPECT_EQ(prediction.origin, "backfill");
            EXPECT_DOUBLE_EQ(prediction.mean, forecast.mean);
            EXPECT_EQ(prediction.median, forecast.distribution().median());
            EXPECT_LE(prediction.quantile_025, prediction.quantile_10);
            EXPECT_LE(prediction.quantile_90, prediction.quantile_975);
            EXPECT_EQ(prediction.degraded, forecast.missing.to_text());
            EXPECT_EQ(prediction.parameters_hash.size(), 12U);
        }
    }
}

TEST(Predict, RebuildsTheSameDistributionFromWhatIsStored) {
    const auto rows = rows_of_a_season(40);
    for (const Prediction& prediction : predict(rows, 1)) {
        const CountDistribution stored(prediction.mean, prediction.sd);
        EXPECT_EQ(stored.median(), prediction.median);
        EXPECT_EQ(stored.quantile(0.9), prediction.quantile_90);
    }
}

TEST(Predict, IsTheSameToTheBitOnAnyNumberOfThreads) {
    const auto rows = rows_of_a_season(9001);
    const auto one = predict(rows, 1);
    for (const std::size_t threads : {2U, 8U}) {
        const auto many = predict(rows, threads);
        ASSERT_EQ(many.size(), one.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            ASSERT_EQ(std::bit_cast<std::uint64_t>(one[i].mean),
                      std::bit_cast<std::uint64_t>(many[i].mean));
            ASSERT_EQ(std::bit_cast<std::uint64_t>(one[i].sd),
                      std::bit_cast<std::uint64_t>(many[i].sd));
            ASSERT_EQ(one[i].degraded, many[i].degraded);
        }
    }
}

TEST(Predict, HasNothingToSayOfNoRows) { EXPECT_TRUE(predict({}, 2).empty()); }

TEST(Predict, AMarketOfSeveralCountsAddsThemUp) {
    const auto rows = rows_of_a_season(20);
    const auto all = forecast_all({.rows = rows}, kMarkets, {}, 1);
    ASSERT_EQ(all.size(), kMarkets.size());
    for (const SystemForecasts& made : all) {
        ASSERT_EQ(made.system_ids.size(), systems().size());
        for (std::size_t f = 0; f < made.forecasts.size(); ++f) {
            const Forecast& forecast = made.forecasts[f];
            EXPECT_EQ(forecast.market, made.market);
            double mean = 0;
            double independent = 0;
            double together = 0;
            for (const Market count : counts_in(made.market)) {
                const Forecast& part = all[index_of(count)].forecasts[f];
                mean += part.mean;
                independent += part.sd * part.sd;
                together += part.sd;
            }
            EXPECT_DOUBLE_EQ(forecast.mean, mean);
            // Who plays longer has more of all: wider than independent counts, narrower than counts
            // that always go together.
            EXPECT_GE(forecast.sd * forecast.sd, independent - 1e-9);
            EXPECT_LE(forecast.sd, together + 1e-9);
            double parts = 0;
            for (const Contribution& one : forecast.contributions.all())
                parts += one.amount;
            EXPECT_NEAR(parts, mean, 1e-9);
        }
    }
}

TEST(SumSpread, WidensSumsOfThePlainSystemsAlone) {
    EXPECT_EQ(sum_spread(kSimilarityId, Market::kPra), 1.015);
    EXPECT_EQ(sum_spread(kMovingAverageId, Market::kRa), 1.017);
    EXPECT_EQ(sum_spread(kZoneMatchupId, Market::kPa), 1);
    for (const Market market : kMarkets) {
        EXPECT_EQ(sum_spread(kXgboostId, market), 1);
        EXPECT_EQ(sum_spread(kEnsembleId, market), 1);
        for (const std::string_view id : kSystemIds) {
            EXPECT_GE(sum_spread(id, market), 1) << id << ' ' << to_string(market);
            if (counts_in(market).size() == 1) {
                EXPECT_EQ(sum_spread(id, market), 1);
            }
        }
    }
}

double chance(const TestRow& row) { return p_plays(row.view(), AvailabilityParameters{}); }

TEST(PPlays, IsTheChanceThatTheFeaturesState) {
    EXPECT_FLOAT_EQ(static_cast<float>(chance(starter().set("chance_to_play", 0.4))), 0.4F);
}

TEST(PPlays, IsNearlySureWhereABookOffersHim) {
    EXPECT_GT(chance(starter().set("chance_to_play", 0.2).set("points_line", 14.5)), 0.95);
}

}  // namespace
}  // namespace tipoff::forecast
