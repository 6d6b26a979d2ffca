#include "collect/sources/fields.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdlib>
#include <string>

namespace tipoff::collect {
namespace {

/// No book quotes longer odds; a larger number is not a price.
constexpr double kLongestOdds = 1'000'000;

Instant instant_in(const JsonValue& object, std::string_view key, std::string_view offset) {
    const std::string text = object.text(key);
    if (!object.is_sound()) return {};
    const auto instant = parse_instant(text + std::string(offset));
    if (instant) return *instant;
    object.wrong(fmt::format("has no instant in {}: '{}'", key, text));
    return {};
}

}  // namespace

Instant instant_of(const JsonValue& object, std::string_view key) {
    return instant_in(object, key, "");
}

Instant utc_instant_of(const JsonValue& object, std::string_view key) {
    return instant_in(object, key, "Z");
}

std::int32_t integer_between(const JsonValue& object, std::string_view key, std::int32_t least,
                             std::int32_t most) {
    const std::int64_t number = object.integer(key);
    if (!object.is_sound()) return least;
    if (number >= least && number <= most) return static_cast<std::int32_t>(number);
    object.wrong(fmt::format("has {} {}, to be {} to {}", key, number, least, most));
    return least;
}

Season season_starting_in(const JsonValue& object, std::string_view key) {
    // The league's first season, and one that nobody who reads this will see.
    constexpr std::int32_t kFirst = 1946;
    constexpr std::int32_t kLast = 2100;
    return Season::starting_in(integer_between(object, key, kFirst, kLast));
}

std::optional<std::int32_t> american_odds(double number) {
    const double size = std::abs(number);
    if (size < 100 || size > kLongestOdds || std::trunc(number) != number) return std::nullopt;
    return static_cast<std::int32_t>(number);
}

std::optional<std::int32_t> american_odds_of_decimal(double decimal) {
    // In millionths of a stake, so that 1.32 is a profit of 0.32 and not of 0.32000000000000006.
    const double profit = std::round((decimal - 1) * 1e6);
    if (profit <= 0) return std::nullopt;
    return american_odds(std::round(profit >= 1e6 ? profit / 1e4 : -1e8 / profit));
}

}  // namespace tipoff::collect
