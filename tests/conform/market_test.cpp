#include "conform/market.h"

#include <gtest/gtest.h>

namespace tipoff {
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
    EXPECT_EQ(outcome_of(row, Market::kPr), 29);
    EXPECT_EQ(outcome_of(row, Market::kPa), 26);
    EXPECT_EQ(outcome_of(row, Market::kRa), 13);
    EXPECT_EQ(outcome_of(row, Market::kThrees), std::nullopt);
    row.three_pointers_made = 0;
    EXPECT_EQ(outcome_of(row, Market::kThrees), 0);
}

TEST(Market, AMarketIsTheSumOfItsCounts) {
    conform::PlayerGame row;
    row.points = 1;
    row.rebounds = 10;
    row.assists = 100;
    row.three_pointers_made = 1000;
    for (const Market market : kMarkets) {
        int sum = 0;
        for (const Market count : counts_in(market))
            sum += outcome_of(row, count).value();
        EXPECT_EQ(outcome_of(row, market), sum) << to_string(market);
    }
}

}  // namespace
}  // namespace tipoff
