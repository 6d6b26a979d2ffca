// A season that is collected while its upstreams fail in every way that they can ends in the same
// derived tables as one that is collected in peace.

#include <gtest/gtest.h>

#include <fmt/core.h>

#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using support::count_rows;
using support::value_of;

constexpr int kDays = 8;
constexpr double kShare = 0.15;

const std::map<std::string, std::string>& calm_digests() {
    static const auto digests = [] {
        CollectedLeague league;
        league.live_through(kDays);
        league.derive(kDays);
        EXPECT_GT(count_rows(league.database(), "predictions.player_prop_prediction"), 1000);
        EXPECT_GT(count_rows(league.database(), "predictions.prediction_accuracy"), 1000);
        return league.derived_digests();
    }();
    return digests;
}

class DisturbedSeason : public testing::TestWithParam<std::tuple<support::Engine, std::uint64_t>> {
};

TEST_P(DisturbedSeason, EndsInTheDerivedTablesOfACalmOne) {
    const auto [engine, seed] = GetParam();
    if (!support::is_installed(engine)) GTEST_SKIP() << support::kNotInstalled;
    const support::HomePlace place(engine);
    league::FaultPlan faults({.seed = seed, .share = kShare, .kinds = {}});
    CollectedLeague league(place, &faults);
    league.live_through(kDays);
    league.derive(kDays);
    EXPECT_GT(faults.struck().size(), 100U);
    EXPECT_EQ(league.derived_digests(), calm_digests());
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
}

using support::Engine;
INSTANTIATE_TEST_SUITE_P(
    Seeds, DisturbedSeason,
    testing::Values(std::tuple(Engine::kDuckDb, 1), std::tuple(Engine::kDuckDb, 2),
                    std::tuple(Engine::kDuckDb, 3), std::tuple(Engine::kDuckDb, 4),
                    std::tuple(Engine::kPostgres, 5)));

}  // namespace
}  // namespace tipoff
