#include "collect/sources/html_limits.h"

#include <gtest/gtest.h>

namespace tipoff::collect {
namespace {

std::string times(std::size_t count, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += text;
    return all;
}

TEST(HtmlLimits, AUsualPageIsWithinThem) {
    EXPECT_EQ(too_much_in_html(""), "");
    EXPECT_EQ(too_much_in_html("1 < 2, </ > <!-- <3 --> <"), "");
    EXPECT_EQ(too_much_in_html(times(20'000, "<TR><td class='x'>1</td></tr>\n<br><IMG src=a>")),
              "");
    EXPECT_EQ(too_much_in_html(times(kMostHtmlOpen, "<div>")), "");
}

TEST(HtmlLimits, TagsThatStandOpen) {
    const std::string expected = "more than 1000 tags that are not closed";
    EXPECT_EQ(too_much_in_html(times(kMostHtmlOpen + 1, "<b>")), expected);
    // Closing another element closes nothing.
    EXPECT_EQ(too_much_in_html(times(kMostHtmlOpen + 1, "<i></b>")), expected);
    EXPECT_EQ(too_much_in_html(times(kMostHtmlOpen + 1, "<form><div></form>")), expected);
    EXPECT_EQ(too_much_in_html("</b>" + times(kMostHtmlOpen + 1, "<b>")), expected);
}

TEST(HtmlLimits, TagsAttributesAndBytes) {
    EXPECT_EQ(too_much_in_html(times(kMostHtmlTags / 2 + 1, "<b></b>")), "more than 200000 tags");
    const std::string attributes = times(kMostHtmlMarks, " a=b");
    EXPECT_EQ(too_much_in_html("<p" + attributes + ">"), "");
    EXPECT_EQ(too_much_in_html("<p " + attributes + ">"), "a tag of more than 1000 attributes");
    EXPECT_EQ(too_much_in_html(std::string(kMostHtmlBytes, 'x')), "");
    EXPECT_EQ(too_much_in_html(std::string(kMostHtmlBytes + 1, 'x')), "more than 8 MiB");
}

/// The scan itself is one pass: this has a million beginnings of tags and no end.
TEST(HtmlLimits, TagsThatNeverEnd) {
    EXPECT_EQ(too_much_in_html(times(1'000'000, "<br")), "more than 200000 tags");
}

}  // namespace
}  // namespace tipoff::collect
