#pragma once
/// Fields that more than one upstream writes alike.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "collect/json_document.h"

namespace tipoff::collect {

/// The instant of a text with an offset ("2024-01-25T03:55:40Z"); a problem of the shape where it
/// is none.
[[nodiscard]] Instant instant_of(const JsonValue& object, std::string_view key);

/// The instant of a text without an offset that means UTC ("2021-10-21 23:30:00"); a text with one
/// is a problem of the shape as well, since the convention has changed then.
[[nodiscard]] Instant utc_instant_of(const JsonValue& object, std::string_view key);

/// A whole number between the bounds; a problem of the shape where it is none of them.
[[nodiscard]] std::int32_t integer_between(const JsonValue& object, std::string_view key,
                                           std::int32_t least, std::int32_t most);

/// The season that begins in the year of the key.
[[nodiscard]] Season season_starting_in(const JsonValue& object, std::string_view key);

/// The odds, where the number is American odds: whole, and at most -100 or at least +100.
[[nodiscard]] std::optional<std::int32_t> american_odds(double number);

/// The American odds of a decimal price, to the nearest whole number: 1.91 is -110, 3.3 is +230, 2
/// is +100. Nothing where it is no price: a stake of one must win something.
[[nodiscard]] std::optional<std::int32_t> american_odds_of_decimal(double decimal);

}  // namespace tipoff::collect
