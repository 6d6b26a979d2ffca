#include <fmt/core.h>
#include <gtest/gtest.h>

#include "collect/import_home.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::ImportHome;

/// A row of PHI @ BOS (126-117), in the form of closing lines.
std::string closing_row(std::string_view season, std::string_view total, std::string_view spread,
                        std::string_view home_price, std::string_view away_price,
                        std::string_view points = "243", std::string_view margin = "9",
                        std::string_view swapped = "0") {
    const bool turned = swapped == "1";
    return fmt::format("{},x,2022-10-18,Home,Away,{},{},{},{},{},{},{},{},2,2,0022200001,{}",
                       season, turned ? "PHI" : "BOS", turned ? "BOS" : "PHI", total, spread,
                       home_price, away_price, points, margin, swapped);
}

struct Imported {
    FileReport file;
    std::vector<GameLine> lines;

    [[nodiscard]] double spread() const {
        for (const auto& line : lines) {
            if (line.market == "spread") return line.line_value;
        }
        return 99;
    }
};

Imported import_row(const std::string& row, std::string_view header = test::kGameLinesHeader) {
    ImportHome home;
    const auto report =
        home.import({{"schedule.csv", test::schedule()}, {"lines.csv", csv(header, {row})}});
    return {.file = file_named(report, "lines.csv"), .lines = home.rows(kGameLine)};
}

TEST(GameLines, AreTotalSpreadAndMoneylineAMinuteBeforeTipOff) {
    const auto imported =
        import_row(closing_row("2022-23", "216.5", "3.5", "-165", "+145\xC2\xA0"));
    ASSERT_EQ(imported.lines.size(), 3U);
    for (const GameLine& line : imported.lines) {
        EXPECT_EQ(to_string(line.snapshot), "2022-10-18T23:29:00Z");
        EXPECT_EQ(line.known_at.at, line.snapshot);
        EXPECT_EQ(line.known_at_basis, kBasisAssumedClosing);
        EXPECT_FALSE(line.in_play);
    }
    const GameLine& moneyline = imported.lines[0];
    EXPECT_EQ(moneyline.market, "moneyline");
    EXPECT_EQ(moneyline.home_or_over_price, -165);
    EXPECT_EQ(moneyline.away_or_under_price, 145);
    EXPECT_EQ(imported.lines[2].market, "total");
    EXPECT_EQ(imported.lines[2].line_value, 216.5);
}

TEST(GameLines, FromTwentyTwentyTwoOnASpreadIsSigned) {
    EXPECT_EQ(import_row(closing_row("2022-23", "216.5", "3.5", "-165", "145")).spread(), -3.5)
        << "positive: the home side is favoured and gives the points";
    EXPECT_EQ(import_row(closing_row("2022-23", "216.5", "-3.5", "145", "-165")).spread(), 3.5);
}

TEST(GameLines, BeforeThatTheMoneylineTellsWhoseSpreadItIs) {
    EXPECT_EQ(import_row(closing_row("2021-22", "216.5", "3.5", "-165", "145")).spread(), -3.5);
    EXPECT_EQ(import_row(closing_row("2021-22", "216.5", "3.5", "145", "-165")).spread(), 3.5);
    EXPECT_EQ(import_row(closing_row("2021-22", "216.5", "PK", "-110", "-110")).spread(), 0);
}

TEST(GameLines, ASpreadWithoutASignAndWithEvenMoneylinesIsLeftOut) {
    const auto imported = import_row(closing_row("2021-22", "216.5", "3.5", "-110", "-110"));
    EXPECT_EQ(imported.lines.size(), 2U);
    EXPECT_EQ(imported.spread(), 99);
    EXPECT_EQ(imported.file.values_left_out, 1);
    EXPECT_EQ(imported.file.rows_rejected, 0);
    EXPECT_EQ(imported.file.examples.at(0).column, "Spread");
}

TEST(GameLines, ATotalOutOfRangeRejectsTheRow) {
    for (const std::string_view total : {"169.5", "270.5", "1955.5", "216.3"}) {
        const auto imported = import_row(closing_row("2022-23", total, "3.5", "-165", "145"));
        EXPECT_TRUE(imported.lines.empty()) << total;
        EXPECT_EQ(imported.file.rows_rejected, 1);
    }
}

TEST(GameLines, ARowWhoseResultIsNotTheSchedulesIsRejected) {
    const auto imported =
        import_row(closing_row("2022-23", "216.5", "3.5", "-165", "145", "24", "9"));
    EXPECT_TRUE(imported.lines.empty());
    EXPECT_EQ(test::first_rejection(imported.file),
              "game_id: the row's result is not the schedule's: 24 points, home by 9; schedule 243 "
              "and 9");
}

TEST(GameLines, SwappedSidesAreTurnedRound) {
    // The row calls Philadelphia the home side: favoured by 2.5 there, so Boston gets them.
    const auto imported =
        import_row(closing_row("2022-23", "216.5", "2.5", "-140", "120", "243", "-9", "1"));
    ASSERT_EQ(imported.lines.size(), 3U);
    EXPECT_EQ(imported.spread(), 2.5);
    EXPECT_EQ(imported.lines[0].home_or_over_price, 120);
    EXPECT_EQ(imported.lines[0].away_or_under_price, -140);
}

TEST(GameLines, AMoneylineThatNoBookOffersBeforeAGameWasTakenInPlay) {
    for (const GameLine& line :
         import_row(closing_row("2022-23", "216.5", "20.5", "-100000", "4000")).lines) {
        EXPECT_TRUE(line.in_play) << line.market;
    }
}

constexpr std::string_view kByMarketHeader =
    "source,game_date,away,home,bookmaker,market,line,price_1,price_2,nba_game_id";

TEST(GameLinesByMarket, AreStatedFromTheHomeSide) {
    const auto spread =
        import_row("zhecht,2022-10-18,PHI,BOS,draftkings,spread,13.5,-115,-105,", kByMarketHeader);
    ASSERT_EQ(spread.lines.size(), 1U);
    EXPECT_EQ(spread.lines[0].source, "zhecht");
    EXPECT_EQ(spread.lines[0].book, "draftkings");
    EXPECT_EQ(spread.lines[0].line_value, -13.5)
        << "the away side gets 13.5, so the home side gives them";
    EXPECT_EQ(spread.lines[0].home_or_over_price, -105);
    EXPECT_EQ(spread.lines[0].away_or_under_price, -115);
    const auto total =
        import_row("zhecht,2022-10-18,PHI,BOS,draftkings,total,216.5,-112,-108,", kByMarketHeader);
    ASSERT_EQ(total.lines.size(), 1U);
    EXPECT_EQ(total.lines[0].home_or_over_price, -112) << "the over";
}

TEST(GameLinesByMarket, AListingOfAnotherDayIsRejected) {
    const auto imported = import_row(
        "zhecht,2022-10-17,PHI,BOS,draftkings,spread,13.5,-115,-105,0022200001", kByMarketHeader);
    EXPECT_TRUE(imported.lines.empty());
    EXPECT_EQ(test::first_rejection(imported.file),
              "game_id: the schedule has this game on another date: 2022-10-18");
}

TEST(GameLinesByMarket, PricesThatNoBookOffersTogetherAreRejected) {
    for (const std::string_view prices : {"125,110", "-900,-900", "0,-110", "99,-110", ","}) {
        const auto imported =
            import_row(fmt::format("zhecht,2022-10-18,PHI,BOS,draftkings,total,216.5,{},", prices),
                       kByMarketHeader);
        EXPECT_TRUE(imported.lines.empty()) << prices;
    }
}

}  // namespace
}  // namespace tipoff::collect
