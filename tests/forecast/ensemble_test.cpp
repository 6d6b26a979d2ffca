#include "forecast/ensemble.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace tipoff::forecast {
namespace {

constexpr auto kForm = static_cast<std::size_t>(Member::kMovingAverage);
constexpr auto kZones = static_cast<std::size_t>(Member::kZoneMatchup);
constexpr auto kNear = static_cast<std::size_t>(Member::kSimilarity);
constexpr auto kTrees = static_cast<std::size_t>(Member::kXgboost);

Forecast saying(double mean, double sd, double minutes = 30) {
    Forecast forecast;
    forecast.mean = mean;
    forecast.sd = sd;
    forecast.minutes = minutes;
    return forecast;
}

MemberForecasts all_saying(double a, double b, double c, double d, double minutes = 30) {
    return {saying(a, 6, minutes), saying(b, 6, minutes), saying(c, 6, minutes),
            saying(d, 6, minutes)};
}

EnsembleParameters weighted(std::array<double, kMembers> weights) {
    EnsembleParameters parameters;
    for (EnsembleTier& tier : parameters.tiers)
        tier.weights = weights;
    return parameters;
}

TEST(Ensemble, WorkedByHand) {
    EnsembleParameters parameters = weighted({0.1, 0.2, 0.3, 0.4});
    parameters.mean_factor = 1.1;
    parameters.tiers[2].sd_factor = 0.5;
    MemberForecasts members = all_saying(10, 12, 14, 16);
    members[kTrees]->sd = 8;
    const Forecast together = ensemble(members, parameters);
    EXPECT_NEAR(together.mean, 1.1 * (1.0 + 2.4 + 4.2 + 6.4), 1e-12);
    EXPECT_NEAR(together.sd, 0.5 * (0.6 * 6 + 0.4 * 8), 1e-12);
    EXPECT_EQ(together.minutes, 30);
}

TEST(Ensemble, SaysWhoTookPartAndWhatItIsMadeOf) {
    MemberForecasts members = all_saying(10, 12, 14, 16);
    for (auto& member : members)
        member->contributions.add(Part::kForm, member->mean);
    members[kNear].reset();
    EnsembleParameters parameters = weighted({0.5, 0, 0.2, 0.3});
    parameters.mean_factor = 1.1;
    const Forecast together = ensemble(members, parameters);
    EXPECT_EQ(together.members, (1U << kForm) | (1U << kTrees));
    EXPECT_NEAR(together.contributions.sum(), together.mean, 1e-12);
}

TEST(Ensemble, LeavesOutWhoIsMissing) {
    MemberForecasts members = all_saying(10, 12, 14, 16);
    members[kNear].reset();
    members[kTrees].reset();
    const Forecast together = ensemble(members, weighted({0.1, 0.2, 0.3, 0.4}));
    EXPECT_NEAR(together.mean, (0.1 * 10 + 0.2 * 12) / 0.3, 1e-12);
}

TEST(Ensemble, CountsAlikeThoseThatAreThereWhenAllWeightIsOnTheMissing) {
    MemberForecasts members = all_saying(10, 12, 14, 16);
    members[kTrees].reset();
    EXPECT_NEAR(ensemble(members, weighted({0, 0, 0, 1})).mean, 12, 1e-12);
}

TEST(Ensemble, PassesOnWhatItsMembersHadToDoWithout) {
    MemberForecasts members = all_saying(10, 12, 14, 16);
    members[kZones]->missing.add(Missing::kZones);
    members[kNear]->missing.add(Missing::kNeighbours);
    EXPECT_EQ(ensemble(members, {}).missing.to_text(), "zones,neighbours");
}

RC_GTEST_PROP(Ensemble, LiesBetweenItsMembers, ()) {
    MemberForecasts members;
    double low = 1e9;
    double high = 0;
    for (auto& member : members) {
        const double mean = 1 + *rc::gen::inRange(0, 400) / 10.0;
        low = std::min(low, mean);
        high = std::max(high, mean);
        member = saying(mean, 1 + *rc::gen::inRange(0, 90) / 10.0);
    }
    const double mean = ensemble(members, {}).mean;
    RC_ASSERT(mean >= low - 1e-9 && mean <= high + 1e-9);
}

TEST(MinutesTier, BoundsBelongToTheTierAbove) {
    EXPECT_EQ(minutes_tier(0), 0U);
    EXPECT_EQ(minutes_tier(17.9), 0U);
    EXPECT_EQ(minutes_tier(18), 1U);
    EXPECT_EQ(minutes_tier(27), 2U);
    EXPECT_EQ(minutes_tier(48), 2U);
}

/// Outcomes at the quantiles of a distribution, evenly.
std::vector<int> outcomes_of(const CountDistribution& distribution, int count) {
    std::vector<int> outcomes;
    for (int i = 0; i < count; ++i)
        outcomes.push_back(distribution.quantile((i + 0.5) / count));
    return outcomes;
}

TEST(CalibratedSdFactor, FindsTheSpreadThatTheOutcomesHave) {
    const auto outcomes = outcomes_of({20, 9}, 2000);
    const std::vector<Forecast> narrow(outcomes.size(), saying(20, 7.5));
    EXPECT_NEAR(calibrated_sd_factor(narrow, outcomes), 9 / 7.5, 0.02);
    const std::vector<Forecast> right(outcomes.size(), saying(20, 9));
    EXPECT_NEAR(calibrated_sd_factor(right, outcomes), 1, 0.02);
}

TEST(FitEnsemble, GivesTheWeightToTheMemberThatIsRight) {
    const auto outcomes = outcomes_of({20, 8}, 1500);
    std::vector<GradedMembers> graded;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        // The trees are right on the average, the others say too little, each of them.
        MemberForecasts members{saying(12, 8), saying(11, 8), saying(10, 8), saying(20, 8)};
        graded.push_back({members, outcomes[i]});
    }
    const EnsembleParameters fitted = fit_ensemble(graded);
    EXPECT_GT(fitted.tiers[2].weights[kTrees], 0.8);
    EXPECT_NEAR(fitted.mean_factor, 1, 0.02);
    // Nobody of the other tiers was seen: equal weights stay.
    EXPECT_EQ(fitted.tiers[0].weights[kForm], 0.25);
}

TEST(FitEnsemble, TakesACommonBiasAway) {
    const auto outcomes = outcomes_of({20, 8}, 1500);
    std::vector<GradedMembers> graded;
    for (const int outcome : outcomes)
        graded.push_back({all_saying(22, 22, 22, 22), outcome});
    const EnsembleParameters fitted = fit_ensemble(graded);
    EXPECT_NEAR(ensemble(all_saying(22, 22, 22, 22), fitted).mean, 20, 0.1);
}

TEST(FitEnsemble, StaysPlainWithoutGames) {
    EXPECT_EQ(hash(fit_ensemble({})), hash(EnsembleParameters{}));
}

}  // namespace
}  // namespace tipoff::forecast
