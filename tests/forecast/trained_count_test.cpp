#include "forecast/trained_count.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "feature_row.h"
#include "forecast/moving_average.h"
#include "forecast/parameters.h"
#include "support/expected.h"

namespace tipoff::forecast {
namespace {

/// A season of starters in which those with teammates out play four minutes more and make half as
/// much again, and those against a weak defence a tenth more.
struct Season {
    std::vector<TestRow> rows;
    std::vector<float> values, outcomes, expected, minutes, formula_minutes;

    explicit Season(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            TestRow row = starter();
            const bool alone = i % 3 == 0;
            const bool weak = i % 2 == 0;
            row.set("usage_vacated", alone ? 0.4 : 0)
                .set("opponent_points_allowed_mean_last_10", weak ? 120 : 110);
            const Forecast form =
                moving_average(row.view(), Market::kPoints, form_parameters(Market::kPoints));
            const double noise = static_cast<double>(i % 11) - 5;
            const TreeInputs inputs = tree_inputs(row.values);
            values.insert(values.end(), inputs.begin(), inputs.end());
            outcomes.push_back(static_cast<float>(
                std::round(form.mean * (alone ? 1.5 : 1) * (weak ? 1.1 : 1) + noise)));
            expected.push_back(static_cast<float>(form.mean));
            minutes.push_back(static_cast<float>(form.minutes + (alone ? 4 : 0)));
            formula_minutes.push_back(static_cast<float>(form.minutes));
            rows.push_back(row);
        }
    }

    [[nodiscard]] FeatureMatrix matrix() const { return {values, kTreeInputs}; }
    [[nodiscard]] TrainedCount train() const {
        TreeParameters parameters;
        parameters.min_child_weight = 5;
        parameters.feature_share = 1;
        const auto bins = support::value_of(TrainingSet::of(matrix(), 1));
        const auto trees = [&](Loss loss, const ExpectedOutcomes& games) {
            parameters.loss = loss;
            return support::value_of(BoostedTrees::train(bins, games, 60, parameters));
        };
        TrainedCount trained{.count = Market::kPoints,
                             .minutes = std::make_shared<const BoostedTrees>(
                                 trees(Loss::kPseudoHuber, {minutes, formula_minutes})),
                             .factor = trees(Loss::kPoisson, {outcomes, expected}),
                             .difference = trees(Loss::kSquaredError, {outcomes, expected}),
                             .calibration = {.mean_factor = 1.02, .sd_factor = {1, 0.9, 1.1}},
                             .ensemble = {},
                             .lines = {}};
        trained.lines[index_of(Market::kPoints)] = {
            .trust = 0.3, .shade = -0.01, .sd_factor = 0.95, .passed_over = {0.9, 0.95, 1}};
        trained.lines[index_of(Market::kPa)].trust = 0.2;
        trained.ensemble.mean_factor = 0.98;
        trained.ensemble.tiers[1].weights = {0.1, 0.2, 0.3, 0.4};
        return trained;
    }
};

double amount_of(const Forecast& forecast, Part part) {
    for (const Contribution& one : forecast.contributions.all()) {
        if (one.part == part) return one.amount;
    }
    return 0;
}

TEST(TrainedCount, ContributionsAddUpAndNameWhatMovedTheForecast) {
    const Season season(1200);
    const TrainedCount trained = season.train();
    const auto matrix = season.matrix();
    const auto minutes = trained.minutes->corrections(matrix);
    const auto factors = trained.factor.corrections(matrix);
    const auto differences = trained.difference.corrections(matrix);
    const auto of_minutes = trained.minutes->approximate_contributions(matrix);
    const auto of_factor = trained.factor.approximate_contributions(matrix);
    const auto of_difference = trained.difference.approximate_contributions(matrix);
    const std::size_t columns = kTreeInputs + 1;
    ASSERT_EQ(of_factor.size(), season.rows.size() * columns);
    for (std::size_t i = 0; i < 60; ++i) {
        const auto view = season.rows[i].view();
        const Forecast form =
            moving_average(view, Market::kPoints, form_parameters(Market::kPoints));
        const auto of_row = [&](const std::vector<float>& all) {
            return std::span(all).subspan(i * columns, columns);
        };
        const TreesView said{.minutes = form.minutes + static_cast<double>(minutes[i]),
                             .factor = static_cast<double>(factors[i]),
                             .difference = static_cast<double>(differences[i]),
                             .minutes_contributions = of_row(of_minutes),
                             .factor_contributions = of_row(of_factor),
                             .difference_contributions = of_row(of_difference)};
        const Forecast forecast = boosted(view, form, said, trained.calibration);
        EXPECT_NEAR(forecast.minutes, form.minutes + (i % 3 == 0 ? 4 : 0), 0.2);
        EXPECT_NEAR(forecast.contributions.sum(), forecast.mean, 1e-9);
        const double begun_at = form.mean * said.minutes / form.minutes;
        EXPECT_NEAR(forecast.mean, (begun_at * said.factor + begun_at + said.difference) / 2 * 1.02,
                    1e-9);
        EXPECT_NEAR(amount_of(forecast, Part::kForm), amount_of(form, Part::kForm), 0.05);
        // Teammates out are worth more than an average row, teammates in less.
        EXPECT_EQ(amount_of(forecast, Part::kTeammates) > 0, i % 3 == 0) << i;
        EXPECT_EQ(amount_of(forecast, Part::kOpponent) > 0, i % 2 == 0) << i;
    }
}

TEST(TrainedCount, IsTheSameAfterItWasWrittenAndRead) {
    const TrainedCount trained = Season(600).train();
    const TrainedCount read = support::value_of(TrainedCount::read(trained.bytes()));
    EXPECT_EQ(read.bytes(), trained.bytes());
    EXPECT_EQ(read.hash(), trained.hash());
    EXPECT_EQ(read.lines[index_of(Market::kPoints)].trust, 0.3);
    EXPECT_EQ(read.lines[index_of(Market::kPa)].trust, 0.2);
    EXPECT_EQ(read.ensemble.tiers[1].weights[3], 0.4);
    EXPECT_EQ(Season(600).train().bytes(), trained.bytes());
}

TEST(TrainedCount, IsNotReadFromOtherBytes) {
    const std::string bytes = Season(600).train().bytes();
    for (const std::string& other :
         {std::string(), std::string("{}"), "{}\n" + bytes.substr(bytes.find('\n') + 1),
          bytes.substr(0, bytes.size() / 2), "x" + bytes})
        EXPECT_FALSE(TrainedCount::read(other).has_value());
}

TEST(TreeInputs, HaveNoSportsbooksLineOnThePlayer) {
    TestRow row = starter();
    row.set("points_line", 22.5).set("points_line_books", 3).set("game_total", 228);
    const TreeInputs inputs = tree_inputs(row.values);
    EXPECT_TRUE(std::isnan(inputs[features::find_feature("points_line")]));
    EXPECT_TRUE(std::isnan(inputs[features::find_feature("points_line_books")]));
    EXPECT_EQ(inputs[features::find_feature("game_total")], 228);
}

}  // namespace
}  // namespace tipoff::forecast
