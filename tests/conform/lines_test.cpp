#include "conform/lines.h"

#include <gtest/gtest.h>

namespace tipoff::conform {
namespace {

using std::chrono::hours;

const Instant kNoon{std::chrono::sys_days{std::chrono::year{2023} / 1 / 15} + hours(17)};

Quote quote(std::string_view book, double line, std::optional<std::int32_t> over,
            std::optional<std::int32_t> under, Instant snapshot = kNoon) {
    return {book, line, snapshot, over, under, false};
}

TEST(ImpliedProbability, ReadsAmericanOdds) {
    EXPECT_DOUBLE_EQ(implied_probability(-150), 0.6);
    EXPECT_DOUBLE_EQ(implied_probability(150), 0.4);
    EXPECT_DOUBLE_EQ(implied_probability(100), 0.5);
    EXPECT_DOUBLE_EQ(implied_probability(-100), 0.5);
}

TEST(MainLine, IsTheRungNearestEven) {
    // No-vig over: 19.5 0.709, 24.5 0.511, 29.5 0.290.
    const std::vector quotes{quote("a", 19.5, -300, 220), quote("a", 24.5, -115, -105),
                             quote("a", 29.5, 220, -270)};
    ASSERT_NE(main_line(quotes), nullptr);
    EXPECT_EQ(main_line(quotes)->line_value, 24.5);
}

TEST(MainLine, IsTheLowerOfTwoEquallyNear) {
    const std::vector quotes{quote("a", 25.5, 110, -130), quote("a", 24.5, -130, 110)};
    EXPECT_EQ(main_line(quotes)->line_value, 24.5);
}

TEST(MainLine, LeavesOneSidedOffersOut) {
    const std::vector quotes{quote("a", 30, 100, std::nullopt), quote("a", 24.5, -140, 110)};
    EXPECT_EQ(main_line(quotes)->line_value, 24.5);
    EXPECT_EQ(main_line(std::vector{quote("a", 30, 100, std::nullopt)}), nullptr);
}

TEST(MainLine, TakesTheOneLineOfABookThatGivesNoPrices) {
    EXPECT_EQ(main_line(std::vector{quote("a", 221.5, {}, {})})->line_value, 221.5);
    EXPECT_EQ(main_line(std::vector{quote("a", 221.5, {}, {}), quote("a", 223, {}, {})}), nullptr);
    EXPECT_EQ(main_line({}), nullptr);
}

TEST(Consensus, IsTheMedianOverBooks) {
    std::vector quotes{quote("a", 24.5, -110, -110), quote("b", 25.5, -110, -110),
                       quote("c", 31.5, -110, -110)};
    const auto line = consensus(quotes);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->line_value, 25.5);
    EXPECT_EQ(line->books, 3);
}

TEST(Consensus, IsTheLowerMiddleOfAnEvenNumber) {
    std::vector quotes{quote("a", 24.5, -110, -110), quote("b", 25.5, -110, -110)};
    EXPECT_EQ(consensus(quotes)->line_value, 24.5);
}

TEST(Consensus, LooksAtEachBooksLastSnapshotOnly) {
    std::vector quotes{quote("a", 20.5, -110, -110, kNoon + hours(3)),
                       quote("a", 24.5, -110, -110, kNoon), quote("b", 22.5, -110, -110, kNoon)};
    EXPECT_EQ(consensus(quotes)->line_value, 20.5);
    EXPECT_EQ(consensus(quotes)->books, 2);
}

TEST(Consensus, ABookThatTookItsTwoSidedLineDownHasNone) {
    std::vector quotes{quote("a", 24.5, -110, -110, kNoon),
                       quote("a", 30, 100, std::nullopt, kNoon + hours(1))};
    EXPECT_FALSE(consensus(quotes));
}

TEST(Consensus, CountsTheLinesWithoutAClockBehindIt) {
    std::vector quotes{quote("a", 24.5, -110, -110), quote("b", 25.5, -110, -110)};
    quotes[0].is_undated = true;
    EXPECT_EQ(consensus(quotes)->undated_lines, 1);
}

TEST(Consensus, OfNothingIsNothing) {
    std::vector<Quote> none;
    EXPECT_FALSE(consensus(none));
}

}  // namespace
}  // namespace tipoff::conform
