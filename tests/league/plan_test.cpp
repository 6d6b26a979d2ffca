#include "league/plan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tipoff::league {
namespace {

double total(const std::vector<double>& minutes) {
    return std::accumulate(minutes.begin(), minutes.end(), 0.0);
}

std::vector<double> some_roles() {
    std::vector<double> roles;
    const int players = *rc::gen::inRange(5, 19);
    for (int i = 0; i < players; ++i)
        roles.push_back(*rc::gen::inRange(0, 36));
    return roles;
}

RC_GTEST_PROP(Plan, SharesOut240Minutes, ()) {
    const auto plan = plan_minutes(some_roles(), *rc::gen::inRange(-5, 6));
    RC_ASSERT(std::abs(total(plan) - 240.0) < 1e-6);
    RC_ASSERT(std::abs(total(expected_minutes(plan)) - 240.0) < 1e-6);
    Random random(*rc::gen::arbitrary<std::uint64_t>(), Stream::kGame);
    RC_ASSERT(std::abs(total(tonights_minutes(plan, random)) - 240.0) < 1e-6);
}

RC_GTEST_PROP(Plan, GivesNobodyMoreThanAGame, ()) {
    const auto roles = some_roles();
    Random random(*rc::gen::arbitrary<std::uint64_t>(), Stream::kGame);
    const auto tonight = tonights_minutes(plan_minutes(roles, 0.0), random);
    for (const double minutes : tonight) {
        RC_ASSERT(minutes >= 0.0);
        RC_ASSERT(minutes <= (roles.size() >= 8 ? 42.0 : 48.0 + 1e-9));
    }
}

RC_GTEST_PROP(Plan, FollowsTheOrderOfRoles, ()) {
    const auto roles = some_roles();
    const auto plan = plan_minutes(roles, 0.0);
    for (std::size_t a = 0; a < roles.size(); ++a) {
        for (std::size_t b = 0; b < roles.size(); ++b) {
            if (roles[a] > roles[b]) RC_ASSERT(plan[a] >= plan[b] - 1e-9);
        }
    }
}

TEST(Plan, OthersMoveUpWhenAStarIsMissing) {
    std::vector<double> roles;
    for (std::size_t rank = 0; rank < 14; ++rank)
        roles.push_back(usual_minutes(rank));
    const auto full = plan_minutes(roles, 0.0);
    const auto without = plan_minutes(std::span(roles).subspan(1), 0.0);
    for (std::size_t i = 0; i + 1 < roles.size(); ++i)
        EXPECT_GE(without[i], full[i + 1]);
    EXPECT_GT(without[4], full[5] + 1.5);  // the sixth man starts
}

TEST(Plan, LeavesTheEndOfTheBenchOut) {
    std::vector<double> roles;
    for (std::size_t rank = 0; rank < 15; ++rank)
        roles.push_back(usual_minutes(rank));
    const auto plan = plan_minutes(roles, 0.0);
    const auto planned = std::ranges::count_if(plan, [](double m) { return m > 0.0; });
    EXPECT_GE(planned, 9);
    EXPECT_LE(planned, 11);
    EXPECT_NEAR(plan[0], 33.5, 2.5);
}

}  // namespace
}  // namespace tipoff::league
