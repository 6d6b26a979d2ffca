#pragma once
/// Text to numbers, strictly: the whole text must be the number, and what does not fit is nothing
/// rather than a guess.

#include <cstdint>
#include <optional>
#include <string_view>

namespace tipoff {

/// A whole number in decimal, with an optional sign ("+145" is 145). Empty, partial or out of
/// range: nothing.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

/// A finite decimal number ("94.0", "-1.5"). Empty, partial, NaN or infinite: nothing.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// Whether `text` is one or more of 0-9 and nothing else: no sign, no space.
[[nodiscard]] bool is_digits(std::string_view text);

/// `text` without spaces and tabs at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace tipoff
