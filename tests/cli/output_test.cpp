/// Listings as tables and as CSV.

#include "cli/output.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/calendar.h"

namespace tipoff::cli {
namespace {

Listing players() {
    return {.columns = {"player", "mean_points", "line"},
            .rows = {{Cell::text("Luka Dončić"), Cell::number(28.25, 1), Cell::number(29.5)},
                     {Cell::text("Al"), Cell::number(9.0, 1), Cell()}}};
}

TEST(Table, TextIsLeftNumbersAreRightAndAccentsTakeOneColumn) {
    EXPECT_EQ(table_text(players(), {}),
              "player       mean points  line\n"
              "Luka Dončić         28.2  29.5\n"
              "Al                   9.0     -\n");
}

TEST(Table, ACombiningAccentTakesNoColumn) {
    // "é" as one code point, and as "e" with an accent that stands apart.
    EXPECT_EQ(display_width("Andr\u00e9"), 5U);
    EXPECT_EQ(display_width("Andre\u0301"), 5U);
    EXPECT_EQ(display_width("\u5f20"), 2U);
}

TEST(Table, TextIsCutToTheTerminalAndNumbersAreNot) {
    const Listing listing{
        .columns = {"name", "value"},
        .rows = {{Cell::text("Nickeil Alexander-Walker"), Cell::integer(123456)}}};
    EXPECT_EQ(table_text(listing, {.is_terminal = true, .has_colours = false, .width = 20}),
              "name           value\n"
              "Nickeil Ale…  123456\n");
}

TEST(Table, ControlCharactersDoNotReachTheTerminal) {
    const Listing listing{.columns = {"name"}, .rows = {{Cell::text("a\033[2Jb\nc\u009b")}}};
    EXPECT_EQ(table_text(listing, {}), "name\na [2Jb c \n");
}

TEST(Table, BytesThatAreNotUtf8DoNotStopIt) {
    const Listing listing{.columns = {"name"}, .rows = {{Cell::text("a\xff\xc3")}}};
    EXPECT_EQ(table_text(listing, {}).substr(0, 6), "name\na");
}

TEST(Table, AColumnWithoutAnyValueIsNotANumber) {
    const Listing listing{.columns = {"reason", "n"}, .rows = {{Cell(), Cell::integer(1)}}};
    EXPECT_EQ(table_text(listing, {}), "reason  n\n-       1\n");
}

TEST(Csv, FieldsAreQuotedWhereTheyMustBe) {
    const Listing listing{.columns = {"a", "b,c"},
                          .rows = {{Cell::text("plain"), Cell::text("with \"quotes\"")},
                                   {Cell::text("two\nlines"), Cell::text("comma, inside")}}};
    EXPECT_EQ(csv_text(listing),
              "a,\"b,c\"\n"
              "plain,\"with \"\"quotes\"\"\"\n"
              "\"two\nlines\",\"comma, inside\"\n");
}

TEST(Csv, NullIsToldApartFromEmptyText) {
    const Listing listing{.columns = {"a", "b"}, .rows = {{Cell(), Cell::text("")}}};
    EXPECT_EQ(csv_text(listing), "a,b\n,\"\"\n");
}

TEST(Csv, NumbersAreNotRounded) {
    const Listing listing{
        .columns = {"a", "b", "c"},
        .rows = {{Cell::number(1.0 / 3.0, 1),
                  Cell::integer(std::numeric_limits<std::int64_t>::min()), Cell::boolean(true)}}};
    EXPECT_EQ(csv_text(listing), "a,b,c\n0.3333333333333333,-9223372036854775808,true\n");
}

TEST(Columns, EveryTypeBecomesACell) {
    using store::Column;
    using store::ColumnType;
    store::Columns columns;
    const auto add = [&columns](ColumnType type, auto push) {
        columns.names.push_back("c");
        push(columns.data.emplace_back(type));
    };
    add(ColumnType::kBoolean, [](Column& c) { c.push_integer(0); });
    add(ColumnType::kSmallInt, [](Column& c) { c.push_integer(-3); });
    // A 32-bit tenth is not a 64-bit one: printed as what it reads back as.
    add(ColumnType::kReal, [](Column& c) { c.push_double(static_cast<double>(0.1F)); });
    add(ColumnType::kDouble, [](Column& c) { c.push_double(0.1); });
    add(ColumnType::kText, [](Column& c) { c.push_text("x"); });
    add(ColumnType::kDate, [](Column& c) { c.push_integer(19283); });
    add(ColumnType::kTimestampTz, [](Column& c) { c.push_integer(1666135800000000); });
    add(ColumnType::kBlob, [](Column& c) { c.push_text(std::string_view("\x00\xff", 2)); });
    add(ColumnType::kDouble, [](Column& c) { c.push_null(); });
    std::string line;
    append_csv_line(columns, 0, line);
    EXPECT_EQ(line, "false,-3,0.1,0.1,x,2022-10-18,2022-10-18T23:30:00Z,00ff,\n");
    EXPECT_EQ(csv_text(to_listing(columns)), "c,c,c,c,c,c,c,c,c\n" + line);
}

TEST(Cell, NotANumberIsNull) {
    EXPECT_TRUE(Cell::number(std::numeric_limits<double>::quiet_NaN()).is_null());
}

}  // namespace
}  // namespace tipoff::cli
