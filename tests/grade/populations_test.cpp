#include "grade/populations.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tipoff::grade {
namespace {

std::set<std::string> populations_of(const Standing& standing) {
    std::set<std::string> names;
    for (const Population population : kPopulations) {
        if (contains(population, standing)) names.emplace(to_string(population));
    }
    return names;
}

using Names = std::set<std::string>;

Standing standing(std::int32_t minutes, std::int32_t prior_games, std::int32_t season_games,
                  double last_10_minutes, bool lined) {
    return {.minutes = minutes,
            .prior_games = prior_games,
            .season_games = season_games,
            .last_10_minutes = last_10_minutes,
            .lined = lined};
}

TEST(Populations, TenEarlierGamesAreEnoughAndNineAreNot) {
    EXPECT_EQ(populations_of(standing(20, 10, 0, 12, false)), (Names{"all", "ten_prior_games"}));
    EXPECT_EQ(populations_of(standing(20, 9, 9, 12, false)), (Names{"all", "new_player"}));
    EXPECT_EQ(populations_of(standing(20, 0, 0, kNone, false)), (Names{"all", "new_player"}));
}

TEST(Populations, SettledNeedsTenGamesThisSeason) {
    EXPECT_EQ(populations_of(standing(1, 300, 9, 12, false)), (Names{"all", "ten_prior_games"}));
    EXPECT_EQ(populations_of(standing(1, 300, 10, 12, false)),
              (Names{"all", "settled", "ten_prior_games"}));
}

TEST(Populations, RotationIsByMinutesBeforeTheGameAndNeverByThoseInIt) {
    EXPECT_EQ(populations_of(standing(40, 50, 0, 14.9, false)), (Names{"all", "ten_prior_games"}));
    EXPECT_EQ(populations_of(standing(2, 50, 0, 15, false)),
              (Names{"all", "rotation", "ten_prior_games"}));
    EXPECT_EQ(populations_of(standing(40, 9, 0, 30, false)), (Names{"all", "new_player"}));
}

TEST(Populations, LinedNeedsALineAndNoHistory) {
    EXPECT_EQ(populations_of(standing(20, 0, 0, kNone, true)),
              (Names{"all", "lined", "new_player"}));
}

TEST(Populations, AGameOfSecondsIsInNoneButAll) {
    EXPECT_EQ(populations_of(standing(0, 100, 50, 30, true)), Names{"all"});
}

TEST(Populations, AreReadByTheNameThatTheyPrintAndDefined) {
    for (const Population population : kPopulations) {
        const auto read = parse_population(to_string(population));
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, population);
        EXPECT_FALSE(definition(population).empty());
    }
    EXPECT_EQ(definition(Population::kTenPriorGames), "minutes > 0 and at least 10 earlier games");
    const auto unknown = parse_population("everyone");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code(), ErrorCode::kUsage);
    EXPECT_NE(unknown.error().hint().find("ten_prior_games"), std::string::npos);
}

TEST(Tiers, ABoundBelongsToTheUpperTier) {
    EXPECT_EQ(to_string(tier_of(kNone)), "no_history");
    EXPECT_EQ(to_string(tier_of(0)), "under_10");
    EXPECT_EQ(to_string(tier_of(9.9)), "under_10");
    EXPECT_EQ(to_string(tier_of(10)), "10_to_20");
    EXPECT_EQ(to_string(tier_of(20)), "20_to_30");
    EXPECT_EQ(to_string(tier_of(29.9)), "20_to_30");
    EXPECT_EQ(to_string(tier_of(30)), "30_and_over");
}

TEST(MinutesTiers, ABoundBelongsToTheUpperTier) {
    EXPECT_EQ(to_string(minutes_tier_of(kNone)), "no_history");
    EXPECT_EQ(to_string(minutes_tier_of(0)), "under_15_min");
    EXPECT_EQ(to_string(minutes_tier_of(14.9)), "under_15_min");
    EXPECT_EQ(to_string(minutes_tier_of(15)), "15_to_25_min");
    EXPECT_EQ(to_string(minutes_tier_of(25)), "25_to_32_min");
    EXPECT_EQ(to_string(minutes_tier_of(31.9)), "25_to_32_min");
    EXPECT_EQ(to_string(minutes_tier_of(32)), "32_and_over_min");
}

}  // namespace
}  // namespace tipoff::grade
