#pragma once
/// Rows and columns on their way to somebody: a command's table, a JSON document, a CSV file.
///
/// CSV is quoted as RFC 4180 says; lines end with LF, NULL is an empty field, empty text is `""`.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "store/columns.h"

namespace tipoff::serve {

/// How a table cell is coloured.
enum class Tone : std::uint8_t { kPlain, kGood, kWarning, kBad, kFaint };

/// One value of a listing.
class Cell {
public:
    /// NULL: "-" in a table, `null` in JSON, an empty field in CSV.
    Cell() = default;

    [[nodiscard]] static Cell text(std::string_view value);
    [[nodiscard]] static Cell integer(std::int64_t value);
    [[nodiscard]] static Cell boolean(bool value);

    /// NaN is NULL. A table shows `decimals` places, or as many as the number needs where it is
    /// negative.
    [[nodiscard]] static Cell number(double value, int decimals = -1);

    /// ISO 8601 in UTC.
    [[nodiscard]] static Cell instant(Instant value);
    [[nodiscard]] static Cell date(GameDate value);

    /// The same value, which a table shows in other words.
    [[nodiscard]] Cell shown_as(std::string words) &&;
    [[nodiscard]] Cell toned(Tone tone) &&;

    using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;
    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    [[nodiscard]] bool is_number() const;
    [[nodiscard]] Tone tone() const { return tone_; }

    /// What `shown_as` and `number` said; empty and negative for nothing.
    [[nodiscard]] const std::string& words() const { return words_; }
    [[nodiscard]] int decimals() const { return decimals_; }

private:
    Value value_;
    std::string words_;
    int decimals_ = -1;
    Tone tone_ = Tone::kPlain;
};

/// Empty text and an instant or date that is not there are NULL.
[[nodiscard]] Cell text_or_null(std::string_view text);
[[nodiscard]] Cell instant_or_null(const std::optional<Instant>& at);
[[nodiscard]] Cell date_or_null(const std::optional<GameDate>& date);

using Row = std::vector<Cell>;

struct Listing {
    std::vector<std::string> columns;  ///< names in JSON and CSV, and with spaces for underscores
                                       ///< the headings of a table
    std::vector<Row> rows;
};

/// A query's result. At most `most` rows.
[[nodiscard]] Listing to_listing(const store::Columns& columns, std::size_t most = SIZE_MAX);

/// One value of a result column.
[[nodiscard]] Cell to_cell(const store::Column& column, std::size_t row);

[[nodiscard]] std::string csv_text(const Listing& listing);

/// One line of CSV, ended.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& fields);

/// Appends a row of a query's result as a line of CSV.
void append_csv_line(const store::Columns& columns, std::size_t row, std::string& text);

}  // namespace tipoff::serve
