#include "collect/sources/fields.h"

#include <gtest/gtest.h>

#include <string>

namespace tipoff::collect {
namespace {

TEST(Prices, DecimalOnesBecomeAmerican) {
    EXPECT_EQ(american_odds_of_decimal(1.91), -110);
    EXPECT_EQ(american_odds_of_decimal(1.83), -120);
    EXPECT_EQ(american_odds_of_decimal(1.87), -115);
    EXPECT_EQ(american_odds_of_decimal(2), 100);
    EXPECT_EQ(american_odds_of_decimal(1.9999), -100);
    EXPECT_EQ(american_odds_of_decimal(3.3), 230);
    EXPECT_EQ(american_odds_of_decimal(101), 10'000);
    EXPECT_EQ(american_odds_of_decimal(1.001), -100'000);
    // 100 / 0.32 = 312.5 exactly: halves go away from zero.
    EXPECT_EQ(american_odds_of_decimal(1.32), -313);
}

TEST(Prices, WhatWinsNothingIsNone) {
    for (const double none : {1.0, 0.5, 0.0, -110.0, 20'000.0, 1.000001})
        EXPECT_EQ(american_odds_of_decimal(none), std::nullopt) << none;
}

TEST(Prices, AmericanOnesAreWholeAndAtLeastAHundred) {
    EXPECT_EQ(american_odds(-110), -110);
    EXPECT_EQ(american_odds(100), 100);
    EXPECT_EQ(american_odds(-100), -100);
    for (const double none : {0.0, 99.0, -99.0, -110.5, 1.91, 2e6})
        EXPECT_EQ(american_odds(none), std::nullopt) << none;
}

TEST(InstantFields, AnOffsetIsThereWhereItBelongsAndNowhereElse) {
    const std::string text = R"({"at": "2024-01-25T03:55:40Z", "bare": "2021-10-21 23:30:00"})";
    const auto document = JsonDocument::parse(text);
    ASSERT_TRUE(document);
    const JsonValue root = (*document)->root();
    EXPECT_EQ(tipoff::to_string(instant_of(root, "at")), "2024-01-25T03:55:40Z");
    EXPECT_EQ(tipoff::to_string(utc_instant_of(root, "bare")), "2021-10-21T23:30:00Z");
    EXPECT_TRUE(root.is_sound());
    static_cast<void>(utc_instant_of(root, "at"));
    EXPECT_EQ((*document)->shape().problem(),
              "the document has no instant in at: '2024-01-25T03:55:40Z'");
    const auto again = JsonDocument::parse(text);
    ASSERT_TRUE(again);
    static_cast<void>(instant_of((*again)->root(), "bare"));
    EXPECT_FALSE((*again)->shape().is_sound());
}

TEST(NumberFields, AreBetweenTheirBounds) {
    const auto document = JsonDocument::parse(
        std::string_view(R"({"least": 1, "most": 5, "season": 2025, "no": 0})"));
    ASSERT_TRUE(document);
    const JsonValue root = (*document)->root();
    EXPECT_EQ(integer_between(root, "least", 1, 5), 1);
    EXPECT_EQ(integer_between(root, "most", 1, 5), 5);
    EXPECT_EQ(season_starting_in(root, "season"), Season::starting_in(2025));
    EXPECT_TRUE(root.is_sound());
    static_cast<void>(season_starting_in(root, "no"));
    EXPECT_EQ((*document)->shape().problem(), "the document has no 0, to be 1946 to 2100");
}

}  // namespace
}  // namespace tipoff::collect
