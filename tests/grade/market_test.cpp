#include "grade/market.h"

#include <gtest/gtest.h>

namespace tipoff::grade {
namespace {

TEST(Market, IsReadByTheNameThatItPrints) {
    for (const Market market : kMarkets) {
        ASSERT_TRUE(find_market(to_string(market)));
        EXPECT_EQ(*find_market(to_string(market)), market);
    }
}

TEST(Market, AnUnknownOneIsAUsageErrorThatListsTheMarkets) {
    const auto market = parse_market("dunks");
    ASSERT_FALSE(market);
    EXPECT_EQ(market.error().code(), ErrorCode::kUsage);
    EXPECT_NE(market.error().message().find("dunks"), std::string::npos);
    EXPECT_NE(market.error().hint().find("pra"), std::string::npos);
    EXPECT_FALSE(find_market("Points"));
}

TEST(Market, OutcomesAreThoseOfTheBoxRow) {
    conform::PlayerGame row;
    row.points = 21;
    row.rebounds = 8;
    row.assists = 5;
    EXPECT_EQ(outcome_of(row, Market::kPoints), 21);
    EXPECT_EQ(outcome_of(row, Market::kRebounds), 8);
    EXPECT_EQ(outcome_of(row, Market::kAssists), 5);
    EXPECT_EQ(outcome_of(row, Market::kPra), 34);
    EXPECT_EQ(outcome_of(row, Market::kThrees), std::nullopt);
    row.three_pointers_made = 0;
    EXPECT_EQ(outcome_of(row, Market::kThrees), 0);
}

}  // namespace
}  // namespace tipoff::grade
