#include "store/columns.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

namespace tipoff::store {
namespace {

TEST(Columns, KeepTextsApart) {
    Column column(ColumnType::kText);
    for (const char* text : {"", "Dončić", "", "a'b\"c\nd"})
        column.push_text(text);
    column.push_null();
    column.push_text("last");
    ASSERT_EQ(column.size(), 6U);
    EXPECT_EQ(column.text(0), "");
    EXPECT_EQ(column.text(1), "Dončić");
    EXPECT_EQ(column.text(2), "");
    EXPECT_EQ(column.text(3), "a'b\"c\nd");
    EXPECT_TRUE(column.is_null(4));
    EXPECT_FALSE(column.is_null(0));
    EXPECT_EQ(column.text(5), "last");
}

TEST(Columns, TellNullFromZeroInEveryType) {
    for (const auto type : {ColumnType::kBoolean, ColumnType::kSmallInt, ColumnType::kInteger,
                            ColumnType::kBigInt, ColumnType::kDate, ColumnType::kTimestampTz}) {
        Column column(type);
        column.push_null();
        column.push_integer(0);
        EXPECT_TRUE(column.is_null(0));
        EXPECT_FALSE(column.is_null(1));
        EXPECT_EQ(column.integer(1), 0);
    }
    for (const auto type : {ColumnType::kReal, ColumnType::kDouble}) {
        Column column(type);
        column.push_null();
        column.push_double(0);
        EXPECT_TRUE(column.is_null(0));
        EXPECT_FALSE(column.is_null(1));
    }
}

TEST(Columns, HoldOneZero) {
    Column column(ColumnType::kDouble);
    column.push_double(-0.0);
    column.push_double(-1e-300);
    EXPECT_FALSE(std::signbit(column.number(0)));
    EXPECT_TRUE(std::signbit(column.number(1)));
}

TEST(Columns, EveryTypeHasItsOwnSqlName) {
    std::set<std::string_view> names;
    for (int type = 0; type <= static_cast<int>(ColumnType::kBlob); ++type) {
        names.insert(sql_name(static_cast<ColumnType>(type)));
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(ColumnType::kBlob) + 1);
}

}  // namespace
}  // namespace tipoff::store
