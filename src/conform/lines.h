#pragma once
/// From many books' ladders of lines to one number: the main line of a book, the consensus of
/// books.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace tipoff::conform {

/// One line of one book at one moment. The sides are over and under, or home and away.
struct Quote {
    std::string_view book;
    double line_value = 0;
    Instant snapshot{};
    std::optional<std::int32_t> first_price;  ///< American odds
    std::optional<std::int32_t> second_price;
    bool is_undated = false;  ///< the source has no clock: the snapshot is assumed
};

/// The probability that American odds imply, vig included: 100 / (odds + 100) for an underdog,
/// -odds / (-odds + 100) for a favourite.
[[nodiscard]] double implied_probability(std::int32_t american_odds);

/// The main line among one book's quotes of one moment: the two-sided one whose sides are nearest
/// even (the vig taken out in proportion), the lower line on a tie. Where the book gives no prices
/// at all, its line, if it gives only one. Otherwise nothing.
[[nodiscard]] const Quote* main_line(std::span<const Quote> quotes);

struct Consensus {
    double line_value;
    std::int32_t books = 0;
    std::int32_t undated_lines = 0;  ///< main lines without a clock among them
};

/// The median over books of each book's main line in its last snapshot, the lower of the two middle
/// ones for an even number of books. Nothing where no book has a main line. Sorts `quotes`.
[[nodiscard]] std::optional<Consensus> consensus(std::vector<Quote>& quotes);

}  // namespace tipoff::conform
