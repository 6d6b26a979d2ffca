#include "base/parse.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tipoff {
namespace {

std::string_view without_plus(std::string_view text) {
    const bool signed_twice = text.size() > 1 && (text[1] == '-' || text[1] == '+');
    if (text.starts_with('+') && !signed_twice) text.remove_prefix(1);
    return text;
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
    text = without_plus(text);
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || rest != end) return std::nullopt;
    return value;
}

std::optional<double> parse_number(std::string_view text) {
    text = without_plus(text);
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value, std::chars_format::general);
    if (text.empty() || error != std::errc{} || rest != end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace tipoff
