#pragma once
/// What the kinds of betting lines share: sources, clocks, prices, lines in half points.

#include <cstdint>
#include <optional>
#include <string>

#include "collect/import/kind.h"

namespace tipoff::collect {

/// Totals outside of this were mixed up with a spread or are of another game.
inline constexpr double kLowestTotal = 170;
inline constexpr double kHighestTotal = 270;
inline constexpr double kWidestSpread = 40;

/// A word such as "zhecht", "simbook_a" or "the-odds-api": letters, digits, point, hyphen,
/// underscore.
std::string read_word(RowFields& row, std::size_t column);

/// A multiple of one half in [low, high].
double read_half_points(RowFields& row, std::size_t column, double low, double high);

/// When the line stood, ISO 8601 with an offset; nothing where the field is empty.
std::optional<Instant> read_clock_time(RowFields& row, std::size_t column);

/// Refuses two prices at which the book would lose whatever happens, or keep a third of all stakes.
void check_prices(RowFields& row, std::size_t column, std::optional<std::int32_t> one,
                  std::optional<std::int32_t> other);

}  // namespace tipoff::collect
