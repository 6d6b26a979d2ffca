#include "grade/market_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "hand_made.h"

namespace tipoff::grade {
namespace {

using std::chrono::minutes;

constexpr GameId kGame{22200101};

/// A two-sided quote at -110 on both sides that stood and became known so many minutes before
/// tip-off.
MarketQuote quote(std::string book, double line, int minutes_before) {
    const Instant tip = tip_off(day(30));
    const Instant at = tip - minutes{minutes_before};
    return {.game_id = kGame,
            .player_id = kPlayer,
            .book = std::move(book),
            .line_value = line,
            .snapshot = at,
            .over_price = -110,
            .under_price = -110,
            .known_at = KnownAt{at},
            .is_undated = false,
            .tip_off = tip};
}

AsOf before_tip_off(int minutes_before) { return AsOf{tip_off(day(30)) - minutes{minutes_before}}; }

TEST(MarketLines, TheConsensusIsTheMedianOfTheBooksLastMainLines) {
    // Book a moved from 20.5 to 22.5; medians of (22.5, 21.5, 19.5) and of (22.5, 21.5).
    std::vector<MarketQuote> quotes{quote("a", 20.5, 300), quote("a", 22.5, 20),
                                    quote("b", 21.5, 60), quote("c", 19.5, 60)};
    EXPECT_EQ(MarketLines(quotes).consensus(kGame, kPlayer)->line_value, 21.5);
    EXPECT_EQ(MarketLines(quotes).consensus(kGame, kPlayer)->books, 3);
    quotes.pop_back();
    EXPECT_EQ(MarketLines(quotes).consensus(kGame, kPlayer)->line_value, 21.5);
}

TEST(MarketLines, AnAlternateLineIsNoMainLine) {
    auto alternate = quote("a", 29.5, 60);
    alternate.over_price = 400;
    alternate.under_price = -600;
    const MarketLines lines({quote("a", 21.5, 60), alternate});
    EXPECT_EQ(lines.consensus(kGame, kPlayer)->line_value, 21.5);
    EXPECT_EQ(lines.line_at(kGame, kPlayer, "a", before_tip_off(0))->line_value, 21.5);
}

TEST(MarketLines, WhatBecameKnownAtTipOffOrLaterIsNotThere) {
    EXPECT_FALSE(MarketLines({quote("a", 21.5, 0)}).consensus(kGame, kPlayer));
    EXPECT_FALSE(MarketLines({quote("a", 21.5, -5)}).consensus(kGame, kPlayer));
    EXPECT_TRUE(MarketLines({quote("a", 21.5, 1)}).consensus(kGame, kPlayer));
}

TEST(MarketLines, OfAnotherPlayerOrGameSayNothing) {
    const MarketLines lines({quote("a", 21.5, 60)});
    EXPECT_FALSE(lines.consensus(kGame, PlayerId{2}));
    EXPECT_FALSE(lines.consensus(GameId{22200102}, kPlayer));
    EXPECT_FALSE(lines.line_at(kGame, kPlayer, "b", before_tip_off(0)));
    EXPECT_FALSE(MarketLines({}).consensus(kGame, kPlayer));
}

TEST(MarketLines, ALineIsTheLastThatWasKnownBeforeTheInstant) {
    const MarketLines lines({quote("a", 20.5, 300), quote("a", 21.5, 200), quote("a", 22.5, 20)});
    EXPECT_FALSE(lines.line_at(kGame, kPlayer, "a", before_tip_off(300)));
    EXPECT_EQ(lines.line_at(kGame, kPlayer, "a", before_tip_off(299))->line_value, 20.5);
    EXPECT_EQ(lines.line_at(kGame, kPlayer, "a", before_tip_off(100))->line_value, 21.5);
    EXPECT_EQ(lines.line_at(kGame, kPlayer, "a", before_tip_off(0))->line_value, 22.5);
}

TEST(MarketLines, TheClosingLineStandsWithinThirtyMinutesOfTipOffAndHasAClock) {
    EXPECT_EQ(MarketLines({quote("a", 20.5, 300), quote("a", 22.5, 30)})
                  .closing_line(kGame, kPlayer, "a")
                  ->line_value,
              22.5);
    EXPECT_FALSE(MarketLines({quote("a", 22.5, 31)}).closing_line(kGame, kPlayer, "a"));
    auto undated = quote("a", 22.5, 1);
    undated.is_undated = true;
    EXPECT_FALSE(MarketLines({undated}).closing_line(kGame, kPlayer, "a"));
    EXPECT_EQ(MarketLines({undated}).consensus(kGame, kPlayer)->undated_lines, 1);
}

TEST(MarketLines, TheVigIsTakenOutInProportion) {
    // -120 implies 120/220, +100 implies 1/2: their sum is 1.0454..., the over's share 12/23.
    auto skewed = quote("a", 21.5, 60);
    skewed.over_price = -120;
    skewed.under_price = 100;
    const MarketLines lines({skewed});
    EXPECT_DOUBLE_EQ(lines.line_at(kGame, kPlayer, "a", before_tip_off(0))->p_over, 12.0 / 23);
}

TEST(MarketLines, DoNotDependOnTheOrderOfTheQuotes) {
    std::vector<MarketQuote> quotes{quote("b", 21.5, 60), quote("a", 20.5, 300),
                                    quote("c", 19.5, 10), quote("a", 23.5, 5)};
    std::ranges::sort(quotes, {}, &MarketQuote::line_value);
    do {
        const MarketLines lines(quotes);
        ASSERT_EQ(lines.consensus(kGame, kPlayer)->line_value, 21.5);
        ASSERT_EQ(lines.closing_line(kGame, kPlayer, "a")->line_value, 23.5);
    } while (std::ranges::next_permutation(quotes, {}, &MarketQuote::line_value).found);
}

}  // namespace
}  // namespace tipoff::grade
