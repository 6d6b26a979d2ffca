#pragma once
/// One way to compare the names of people, for every source.

#include <string>
#include <string_view>

namespace tipoff {

/// A name folded for comparison: accents off, lower case, punctuation dropped, hyphens and dashes
/// as spaces, single spaces. Suffixes stay: "Jaren Jackson Jr." is "jaren jackson jr", "Luka
/// Dončić" is "luka doncic". Bytes that are not UTF-8 are dropped.
[[nodiscard]] std::string fold_name(std::string_view name);

/// A folded name without its suffix (jr, sr, ii, iii, iv, v), when that leaves at least two words.
[[nodiscard]] std::string_view without_suffix(std::string_view folded);

}  // namespace tipoff
