#include "collect/import/line_reading.h"

#include <algorithm>

namespace tipoff::collect {
namespace {

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

/// The chance at which a price breaks even.
double implied_probability(std::int32_t price) {
    return price < 0 ? -price / (100.0 - price) : 100.0 / (price + 100.0);
}

}  // namespace

std::string read_word(RowFields& row, std::size_t column) {
    const std::string_view text = row.required_text(column);
    row.check(std::ranges::all_of(text, is_word_character), column,
              "not a word of letters, digits, '.', '-' and '_'");
    return std::string(text);
}

double read_half_points(RowFields& row, std::size_t column, double low, double high) {
    const double value = row.number(column, low, high);
    row.check(2 * value == static_cast<double>(static_cast<std::int64_t>(2 * value)), column,
              "not a multiple of half a point");
    return value;
}

std::optional<Instant> read_clock_time(RowFields& row, std::size_t column) {
    if (row.refused() || row.raw(column).empty()) return std::nullopt;
    const auto instant = parse_instant(row.raw(column));
    if (instant) return *instant;
    row.refuse(column, "not an instant with its offset from UTC (2022-10-18T23:30:00Z)");
    return std::nullopt;
}

void check_prices(RowFields& row, std::size_t column, std::optional<std::int32_t> one,
                  std::optional<std::int32_t> other) {
    constexpr double kLeast = 0.995;
    constexpr double kMost = 1.5;
    if (row.refused() || !one || !other) return;
    const double sum = implied_probability(*one) + implied_probability(*other);
    row.check(sum >= kLeast && sum <= kMost, column, "no book offers these two prices together");
}

}  // namespace tipoff::collect
