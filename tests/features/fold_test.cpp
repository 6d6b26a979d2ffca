#include "features/fold.h"

#include <gtest/gtest.h>

#include <cmath>

#include "folded.h"
#include "support/mini_league.h"

namespace tipoff::features {
namespace {

// The systems count on these and on no others, on the league's first day as on its last.
TEST(FeatureFold, AlwaysKnowsHowManyGamesAreOnRecordAndWhereTheGameIs) {
    const auto rows = folded(tipoff::test::mini_league({.seed = 14}),
                             GameDate{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}},
                             GameDate{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}});
    int of_one_game = 0;
    for (const auto& [key, row] : rows) {
        for (const std::size_t feature :
             {feature_index("games_on_record"), feature_index("games_this_season"),
              feature_index("is_home")})
            ASSERT_FALSE(std::isnan(row.features[feature])) << kFeatures[feature].name;
        of_one_game += row.features[feature_index("games_on_record")] == 1 ? 1 : 0;
    }
    EXPECT_GT(rows.size(), 900U);
    EXPECT_GT(of_one_game, 0);
}

}  // namespace
}  // namespace tipoff::features
