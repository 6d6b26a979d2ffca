#include "forecast/model_gates.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

Trial good_trial() {
    return {
        .candidate = {.games = 5000, .bias = 0.05, .crps = 3.30, .coverage_80 = 0.80},
        .tiers = {{"under 15 minutes", 1500, 0.1},
                  {"15 to 25 minutes", 1800, -0.2},
                  {"over 25 minutes", 1700, 0.3}},
        .in_service = TrialMeasures{.games = 5000, .bias = 0.0, .crps = 3.31, .coverage_80 = 0.8}};
}

/// The names of the gates that were not passed, joined by commas.
std::string failures(const Trial& trial) {
    std::string names;
    for (const Gate& gate : model_gates(trial)) {
        if (!gate.passed) names += (names.empty() ? "" : ", ") + gate.name;
    }
    return names;
}

TEST(ModelGates, AGoodModelPassesEachOfThem) {
    const auto gates = model_gates(good_trial());
    EXPECT_TRUE(all_passed(gates));
    ASSERT_EQ(gates.size(), 7U);
    EXPECT_EQ(gates[1].name, "bias");
    EXPECT_EQ(gates[1].limit, "within 0.2");
    EXPECT_EQ(gates[1].measured, 0.05);
    EXPECT_EQ(gates[2].name, "bias under 15 minutes");
    EXPECT_EQ(gates[2].limit, "within 1");
    EXPECT_EQ(gates[5].limit, "0.78 to 0.82");
    EXPECT_EQ(gates[6].limit, "below 3.3100, of the model in service");
}

TEST(ModelGates, ABiasedModelIsRefused) {
    for (const double bias : {0.21, -0.21, 3.0}) {
        Trial trial = good_trial();
        trial.candidate.bias = bias;
        EXPECT_EQ(failures(trial), "bias") << bias;
        EXPECT_FALSE(all_passed(model_gates(trial))) << bias;
    }
    for (const double bias : {0.2, -0.2}) {
        Trial trial = good_trial();
        trial.candidate.bias = bias;
        EXPECT_EQ(failures(trial), "") << bias;
    }
}

TEST(ModelGates, ABiasThatCancelsOutOverAllIsFoundInItsTier) {
    Trial trial = good_trial();
    trial.tiers[0].bias = 1.2;
    trial.tiers[2].bias = -1.1;
    EXPECT_EQ(failures(trial), "bias under 15 minutes, bias over 25 minutes");
}

TEST(ModelGates, ATierOfFewGamesIsNotJudged) {
    Trial trial = good_trial();
    trial.tiers[0] = {"under 15 minutes", kGateTierGames - 1, 4.0};
    EXPECT_EQ(failures(trial), "");
    trial.tiers[0].games = kGateTierGames;
    EXPECT_EQ(failures(trial), "bias under 15 minutes");
}

TEST(ModelGates, IntervalsMayBeNeitherTooWideNorTooNarrow) {
    for (const double coverage : {0.779, 0.821, 0.0, 1.0}) {
        Trial trial = good_trial();
        trial.candidate.coverage_80 = coverage;
        EXPECT_EQ(failures(trial), "coverage_80") << coverage;
    }
    for (const double coverage : {kGateCoverageLow, kGateCoverageHigh}) {
        Trial trial = good_trial();
        trial.candidate.coverage_80 = coverage;
        EXPECT_EQ(failures(trial), "") << coverage;
    }
}

TEST(ModelGates, TheModelInServiceStaysUnlessTheCandidateIsBetter) {
    Trial trial = good_trial();
    trial.candidate.crps = trial.in_service->crps;
    EXPECT_EQ(failures(trial), "crps") << "as good is not better";
    trial.in_service.reset();
    EXPECT_EQ(failures(trial), "") << "the first model has none to beat";
    trial.candidate.crps = kNotMeasured;
    EXPECT_EQ(failures(trial), "crps") << "and is measured all the same";
}

TEST(ModelGates, WhatWasNotMeasuredPassesNothing) {
    const Trial trial{
        .candidate = {.games = 0,
                      .bias = kNotMeasured,
                      .crps = kNotMeasured,
                      .coverage_80 = kNotMeasured},
        .tiers = {{"all", 300, kNotMeasured}},
        .in_service = TrialMeasures{
            .games = 0, .bias = kNotMeasured, .crps = kNotMeasured, .coverage_80 = kNotMeasured}};
    EXPECT_EQ(failures(trial), "games, bias, bias all, coverage_80, crps");
    EXPECT_FALSE(all_passed(model_gates(trial)));
    EXPECT_FALSE(all_passed({})) << "no gate at all is no trial";
}

TEST(ModelGates, ATrialIsOnTheSameGames) {
    Trial trial = good_trial();
    trial.in_service->games -= 1;
    EXPECT_THROW((void)model_gates(trial), InvariantBroken);
}

}  // namespace
}  // namespace tipoff::forecast
