#include "conform/lines.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tipoff::conform {
namespace {

/// How far the sides are from even, 0 to 1; to the bit the same for mirrored prices, so that ties
/// are ties.
double distance_from_even(std::int32_t first_price, std::int32_t second_price) {
    const double first = implied_probability(first_price);
    const double second = implied_probability(second_price);
    return std::abs(first - second) / (first + second);
}

/// The better main line is the smaller; one without two sides is none.
auto preference(const Quote& quote) {
    const bool is_two_sided = quote.first_price && quote.second_price;
    return std::tuple(
        is_two_sided ? distance_from_even(quote.first_price.value(), quote.second_price.value())
                     : 2.0,
        quote.line_value, quote.is_undated);
}

}  // namespace

double implied_probability(std::int32_t american_odds) {
    return american_odds < 0 ? american_odds / (american_odds - 100.0)
                             : 100.0 / (american_odds + 100.0);
}

const Quote* main_line(std::span<const Quote> quotes) {
    const Quote* best = nullptr;
    bool has_prices = false;
    for (const Quote& quote : quotes) {
        has_prices |= quote.first_price || quote.second_price;
        if (!quote.first_price || !quote.second_price) continue;
        if (!best || preference(quote) < preference(*best)) best = &quote;
    }
    if (best || has_prices || quotes.empty()) return best;
    const bool is_one_line = std::ranges::all_of(
        quotes, [&](const Quote& quote) { return quote.line_value == quotes.front().line_value; });
    return is_one_line ? &quotes.front() : nullptr;
}

std::optional<Consensus> consensus(std::vector<Quote>& quotes) {
    std::ranges::sort(quotes, {}, [](const Quote& quote) {
        return std::tuple(quote.book, quote.snapshot, quote.line_value, quote.is_undated);
    });
    Consensus result{};
    std::vector<double> lines;
    for (std::size_t begin = 0; begin < quotes.size();) {
        std::size_t end = begin, last = begin;
        for (; end < quotes.size() && quotes[end].book == quotes[begin].book; ++end) {
            if (quotes[end].snapshot != quotes[last].snapshot) last = end;
        }
        if (const Quote* main = main_line(std::span(quotes).subspan(last, end - last))) {
            lines.push_back(main->line_value);
            result.undated_lines += main->is_undated ? 1 : 0;
        }
        begin = end;
    }
    if (lines.empty()) return std::nullopt;
    std::ranges::sort(lines);
    result.line_value = lines[(lines.size() - 1) / 2];
    result.books = static_cast<std::int32_t>(lines.size());
    return result;
}

}  // namespace tipoff::conform
