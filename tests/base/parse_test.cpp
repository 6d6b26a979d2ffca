#include "base/parse.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace tipoff {
namespace {

TEST(WholeNumbers, AreReadWithASign) {
    EXPECT_EQ(parse_integer("0"), 0);
    EXPECT_EQ(parse_integer("+145"), 145);
    EXPECT_EQ(parse_integer("-110"), -110);
    EXPECT_EQ(parse_integer("007"), 7);
    EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(WholeNumbers, ArePartlyNeverRead) {
    for (const char* text : {"", " ", "+", "-", "+-5", "--5", "++5", "12 ", " 12", "12.0", "1e3",
                             "0x10", "1,000", "twelve", "9223372036854775808",
                             "\xef\xbb\xbf"
                             "12"}) {
        EXPECT_EQ(parse_integer(text), std::nullopt) << text;
    }
}

RC_GTEST_PROP(ParseProperties, WholeNumberReadsBackAsItself, (std::int64_t value)) {
    RC_ASSERT(parse_integer(std::to_string(value)) == value);
}

TEST(Numbers, AreRead) {
    EXPECT_EQ(parse_number("94.0"), 94.0);
    EXPECT_EQ(parse_number("-1.5"), -1.5);
    EXPECT_EQ(parse_number("+3.5"), 3.5);
    EXPECT_EQ(parse_number(".5"), 0.5);
    EXPECT_EQ(parse_number("1e-3"), 0.001);
}

TEST(Numbers, ArePartlyNeverReadAndAlwaysFinite) {
    for (const char* text : {"", "+", ".", "1.5 ", " 1.5", "1,5", "1.5.2", "nan", "NaN", "inf",
                             "-inf", "1e999", "0x1p3", "1_000", "+-1.5", "31:24"}) {
        EXPECT_EQ(parse_number(text), std::nullopt) << text;
    }
}

TEST(Digits, AreNothingButDigits) {
    EXPECT_TRUE(is_digits("0"));
    EXPECT_TRUE(is_digits("0022200001"));
    for (const char* text : {"", "+1", "-1", " 1", "1 ", "1.", "\xd9\xa1"})
        EXPECT_FALSE(is_digits(text)) << text;
}

TEST(Trimming, TakesSpacesAndTabsAtTheEnds) {
    EXPECT_EQ(trimmed(" \t Boston Celtics\t "), "Boston Celtics");
    EXPECT_EQ(trimmed("x"), "x");
    EXPECT_EQ(trimmed(" \t"), "");
    EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace tipoff
