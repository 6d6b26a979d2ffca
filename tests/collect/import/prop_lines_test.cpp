#include <fmt/core.h>
#include <gtest/gtest.h>

#include "collect/import/in_play.h"
#include "collect/import_home.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::ImportHome;

std::string prop_row(std::string_view player, std::string_view line, std::string_view captured = "",
                     std::string_view player_id = "", std::string_view over = "-110") {
    return fmt::format(
        "zhecht,2022-10-18,,PHI,BOS,{},points,draftkings,{},{},-115,{},0022200001,{},0", player,
        line, over, captured, player_id);
}

class PropLines : public testing::Test {
protected:
    FileReport import(const std::vector<std::string>& rows) {
        const auto report = home_.import({{"schedule.csv", test::schedule()},
                                          {"box.csv", test::player_box()},
                                          {"props.csv", csv(test::kPropLinesHeader, rows)}});
        return file_named(report, "props.csv");
    }

    [[nodiscard]] std::vector<PropLine> lines() {
        return home_.rows(kPropLine, "ORDER BY snapshot, line_value");
    }

    ImportHome home_;
};

TEST_F(PropLines, FindTheirPlayerByName) {
    import({prop_row("jayson tatum", "28.5"), prop_row("al horford", "9.5")});
    ASSERT_EQ(lines().size(), 2U);
    EXPECT_EQ(lines()[0].player_id, PlayerId{201143});
    EXPECT_EQ(lines()[1].player_id, PlayerId{1628369});
    EXPECT_EQ(lines()[1].over_price, -110);
    EXPECT_EQ(lines()[1].known_at_basis, kBasisAssumedClosing);
    const auto aliases = home_.rows(kPlayerAlias);
    ASSERT_EQ(aliases.size(), 2U);
    EXPECT_EQ(aliases[0].folded_name, "al horford");
    EXPECT_EQ(aliases[0].basis, "exact");
}

TEST_F(PropLines, AnIdGoesBeforeTheName) {
    import({prop_row("j. tatum", "28.5", "", "1628369")});
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_EQ(lines()[0].player_id, PlayerId{1628369});
    EXPECT_EQ(home_.rows(kPlayerAlias).at(0).basis, "id");
}

TEST_F(PropLines, AnUnknownNameIsRejectedListedAndTakenUpLater) {
    const std::string row = prop_row("marcus smart", "12.5");
    const FileReport file = import({row});
    EXPECT_EQ(test::first_rejection(file), "player: no player of the two teams is so called");
    ASSERT_EQ(home_.rows(kUnresolvedName).size(), 1U);
    EXPECT_EQ(home_.rows(kUnresolvedName)[0].folded_name, "marcus smart");
    home_.import(
        {{"more.csv", csv(test::kPlayerBoxHeader, {test::boston_row(203935, "Marcus Smart", 14)})},
         {"props.csv", csv(test::kPropLinesHeader, {row})}});
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_EQ(lines()[0].player_id, PlayerId{203935});
    EXPECT_TRUE(home_.rows(kUnresolvedName).empty());
    EXPECT_TRUE(home_.rows(kRejectedRow).empty());
}

TEST_F(PropLines, WithAClockStandFromThenOnAndInPlayOnceTheGameHasBegun) {
    import({prop_row("jayson tatum", "27.5", "2022-10-18T15:00:00Z"),
            prop_row("jayson tatum", "28.5", "2022-10-18T19:29:00-04:00"),
            prop_row("jayson tatum", "33.5", "2022-10-18T23:30:00Z")});
    ASSERT_EQ(lines().size(), 3U);
    EXPECT_EQ(to_string(lines()[0].known_at.at), "2022-10-18T15:00:00Z");
    EXPECT_EQ(lines()[0].known_at_basis, kBasisObserved);
    EXPECT_EQ(to_string(lines()[1].snapshot), "2022-10-18T23:29:00Z");
    EXPECT_FALSE(lines()[1].in_play);
    EXPECT_TRUE(lines()[2].in_play) << "at tip-off it is too late";
}

TEST_F(PropLines, AClockWithoutItsOffsetIsRejected) {
    EXPECT_EQ(
        test::first_rejection(import({prop_row("jayson tatum", "27.5", "2022-10-18 15:00:00")})),
        "captured_at: not an instant with its offset from UTC (2022-10-18T23:30:00Z)");
}

TEST_F(PropLines, AMarkedLineIsInPlay) {
    std::string row = prop_row("jayson tatum", "27.5");
    row.back() = '1';
    import({row});
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_TRUE(lines()[0].in_play);
}

TEST_F(PropLines, OneSidedLinesAreKeptAndPricelessOnesNot) {
    const FileReport file =
        import({prop_row("jayson tatum", "27.5", "", "", ""), prop_row("al horford", "9.7")});
    EXPECT_EQ(file.outcome, FileOutcome::kDropped) << "one of two rows is wrong";
    std::vector<std::string> rows{prop_row("jayson tatum", "27.5", "", "", "")};
    import(rows);
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_EQ(lines()[0].over_price, std::nullopt);
    EXPECT_EQ(lines()[0].under_price, -115);
}

TEST_F(PropLines, ADifferentPriceOfAStoredLineIsRefused) {
    import({prop_row("jayson tatum", "27.5")});
    const FileReport file = import({prop_row("jayson tatum", "27.5", "", "", "-120")});
    ASSERT_EQ(file.rows_rejected, 1);
    EXPECT_TRUE(test::first_rejection(file).starts_with(
        "over_price: disagrees with what was imported before: document "))
        << test::first_rejection(file);
    EXPECT_EQ(lines().at(0).over_price, -110);
}

TEST(InPlay, TheKnownDaysAndTheKnownGameOfOneSource) {
    const auto day = [](std::string_view text) { return *parse_date(text); };
    const GameId other{22200377};
    EXPECT_FALSE(is_known_in_play("zhecht", day("2022-12-08"), other));
    EXPECT_TRUE(is_known_in_play("zhecht", day("2022-12-09"), other));
    EXPECT_TRUE(is_known_in_play("zhecht", day("2022-12-11"), other));
    EXPECT_FALSE(is_known_in_play("zhecht", day("2022-12-12"), other));
    EXPECT_TRUE(is_known_in_play("zhecht", day("2022-12-18"), GameId{22200445}));
    EXPECT_FALSE(is_known_in_play("another", day("2022-12-09"), other));
}

}  // namespace
}  // namespace tipoff::collect
