#pragma once
/// Pages that gumbo would read for minutes are refused before it sees them.
///
/// It walks the elements that stand open for most tags, and the attributes of a tag for each one
/// more: 40,000 nested tags take it half a minute. Real pages leave a few dozen elements open.

#include <string>
#include <string_view>

namespace tipoff::collect {

/// Bytes of a page. Real ones have less than one MiB.
inline constexpr std::size_t kMostHtmlBytes = std::size_t{8} << 20;
/// Tags of a page, those in comments too. Real ones have some ten thousand.
inline constexpr std::size_t kMostHtmlTags = 200'000;
/// Tags that no tag of their name closes. Real pages have some dozens; elements that are never
/// closed, such as images, are not counted.
inline constexpr std::size_t kMostHtmlOpen = 1'000;
/// Spaces, slashes and quotes of one tag, of which an attribute has at least one.
inline constexpr std::size_t kMostHtmlMarks = 1'000;

/// What a page has too much of: "more than 1000 tags that are not closed". Empty where it may be
/// parsed. One pass over the bytes, which does not tell comments and scripts from the rest.
[[nodiscard]] std::string too_much_in_html(std::string_view page);

}  // namespace tipoff::collect
