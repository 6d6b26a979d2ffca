/// What is unusual of a column, worked by hand on columns made for it.
#include "operate/column_sanity.h"

#include <gtest/gtest.h>

#include "features/feature_tables.h"
#include "operate/dated_sql.h"
#include "support/expected.h"

namespace tipoff::operate {
namespace {

using support::value_of;

/// 28 days of two games with ten rows each, and the day that is looked at.
class MadeColumn {
public:
    static constexpr int kRowsAGame = 10;

    MadeColumn() {
        rows_.names = {"game_date", "game_id", "pace_score"};
        rows_.data.emplace_back(store::ColumnType::kDate);
        rows_.data.emplace_back(store::ColumnType::kText);
        rows_.data.emplace_back(store::ColumnType::kReal);
    }

    /// One game of a day; `value` of the row says what it is, nothing for NULL.
    template <class Value>
    void game(int days_before, std::string_view id, Value value, int rows = kRowsAGame) {
        for (int i = 0; i < rows; ++i) {
            rows_.data[0].push_integer(date_.days_since_epoch() - days_before);
            rows_.data[1].push_text(id);
            if (const std::optional<double> number = value(i)) {
                rows_.data[2].push_double(*number);
            } else {
                rows_.data[2].push_null();
            }
        }
    }
    template <class Value>
    void four_weeks(Value value, int days = kDaysBefore) {
        for (int day = 1; day <= days; ++day) {
            game(day, "one", value);
            game(day, "two", value);
        }
    }
    template <class Value>
    void tonight(Value value, int rows = kRowsAGame) {
        game(0, "one", value, rows);
        game(0, "two", value, rows);
    }
    [[nodiscard]] std::vector<ColumnFinding> findings(const WatchedTable& watched) {
        DatedRows dated{.date = date_};
        dated.rows = std::move(rows_);
        dated.first_column = 2;
        return unusual_columns(watched, dated, true);
    }
    /// "pace_score red: ...", the first one; empty where there is none.
    [[nodiscard]] std::string told(const WatchedTable& watched = plain()) {
        const auto all = findings(watched);
        if (all.empty()) return "";
        return all.front().column + " " + std::string(to_string(all.front().light)) + ": " +
               all.front().says;
    }
    static WatchedTable plain() {
        WatchedTable watched;
        watched.table = &features::kCompositeFactors.spec();
        return watched;
    }

private:
    GameDate date_ = value_of(parse_date("2023-02-01"));
    store::Columns rows_;
};

using Number = std::optional<double>;

/// 1 to 10: mean 5.5, standard deviation 2.87.
Number one_to_ten(int i) { return i + 1; }

TEST(UnusualColumns, AreNoneWhereTheDayIsAsTheOthers) {
    MadeColumn made;
    made.four_weeks(one_to_ten);
    made.tonight(one_to_ten);
    EXPECT_EQ(made.told(), "");
}

TEST(UnusualColumns, AMeanThatDriftsByTwoStandardDeviationsAndMoreIsRed) {
    // Two games are two draws: their mean spreads by 0.707 of the values, and five times that is
    // far.
    for (const auto& [shift, told] : std::vector<std::pair<double, std::string>>{
             {9.0, ""}, {11.0, "pace_score red: mean 16.5, 28 days 5.5 (sd 2.87)"}}) {
        MadeColumn made;
        made.four_weeks(one_to_ten);
        made.tonight([shift = shift](int i) -> Number { return i + 1 + shift; });
        EXPECT_EQ(made.told(), told) << shift;
    }
}

TEST(UnusualColumns, AShareThatFallsIsTold) {
    MadeColumn made;
    made.four_weeks(one_to_ten);
    made.tonight([](int i) -> Number { return i < 3 ? Number(i + 4) : std::nullopt; });
    EXPECT_EQ(made.told(), "pace_score red: 30.0% known, 28 days 100.0%");
}

TEST(UnusualColumns, ASmallChangeOfAShareIsNone) {
    MadeColumn made;
    made.four_weeks(one_to_ten);
    made.tonight([](int i) -> Number { return i == 9 ? std::nullopt : Number(i + 1); });
    EXPECT_EQ(made.told(), "") << "90% known";
}

TEST(UnusualColumns, WhatVanishesIsToldUnlessItIsRare) {
    MadeColumn common;
    common.four_weeks(one_to_ten);
    common.tonight([](int) -> Number { return std::nullopt; });
    EXPECT_EQ(common.told(), "pace_score red: 0.0% known, 28 days 100.0%");
    MadeColumn rare;  // one row in ten: four teams without it are nothing new
    const auto one_in_ten = [](int i) -> Number { return i == 0 ? Number(1) : std::nullopt; };
    rare.four_weeks(one_in_ten);
    rare.tonight([](int) -> Number { return std::nullopt; });
    EXPECT_EQ(rare.told(), "");
}

TEST(UnusualColumns, RowsAGameThatDoubleOrAreHalved) {
    MadeColumn doubled;
    doubled.four_weeks(one_to_ten);
    doubled.tonight([](int i) -> Number { return i % 10 + 1; }, 20);
    EXPECT_EQ(doubled.told(), " red: 20 rows a game, 28 days 10");
    MadeColumn halved;
    halved.four_weeks(one_to_ten);
    halved.tonight([](int i) -> Number { return 2 * i + 1.5; }, 5);
    EXPECT_EQ(halved.told(), " red: 5 rows a game, 28 days 10");
    MadeColumn more;
    more.four_weeks(one_to_ten);
    more.tonight([](int i) -> Number { return i % 10 + 1; }, 17);
    EXPECT_EQ(more.told(), "");
}

TEST(UnusualColumns, OfRowsThatAreSampledTheNumberIsMadeUpFor) {
    WatchedTable watched = MadeColumn::plain();
    watched.one_in = 3;
    MadeColumn made;
    made.four_weeks(one_to_ten);
    made.tonight([](int i) -> Number { return i % 10 + 1; }, 30);
    EXPECT_EQ(made.told(watched), "");
}

TEST(UnusualColumns, TooFewDaysSayNothingButWhatCannotBe) {
    WatchedTable watched = MadeColumn::plain();
    watched.possible = {{"pace_score", 0, 100}};
    MadeColumn made;
    made.four_weeks(one_to_ten, kLeastDaysBefore - 1);
    made.tonight([](int) -> Number { return 120; });
    EXPECT_EQ(made.told(watched), "pace_score red: impossible: 120 is not from 0 to 100");
}

TEST(UnusualColumns, WhatMustBeKnownIsRedWhateverWasUsual) {
    WatchedTable watched = MadeColumn::plain();
    watched.must_be_known = {"pace_score"};
    MadeColumn made;
    const auto hardly = [](int i) -> Number { return i < 4 ? Number(5) : std::nullopt; };
    made.four_weeks(hardly);
    made.tonight(hardly);
    EXPECT_EQ(made.told(watched), "pace_score red: 40.0% known, and half should be");
}

TEST(DatesInAStatement, AreWrittenWhereTheirNumbersStand) {
    const GameDate one = value_of(parse_date("2023-02-01"));
    EXPECT_EQ(with_dates("a = $1 AND b BETWEEN $2 AND $1", {one, one.plus_days(1)}),
              "a = DATE '2023-02-01' AND b BETWEEN DATE '2023-02-02' AND DATE '2023-02-01'");
    EXPECT_EQ(with_dates("SELECT 1", {}), "SELECT 1");
    EXPECT_THROW((void)with_dates("a = $2", {one}), InvariantBroken);
}

}  // namespace
}  // namespace tipoff::operate
