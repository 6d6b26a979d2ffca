#pragma once
/// What commands print on standard output: a listing as a table, as JSON or as CSV.
///
/// The rule of `--format`: a table unless something else is asked for, on a terminal and in a pipe
/// alike. On a terminal long text is cut so that a row is one line, and headings and states are
/// coloured (not with NO_COLOR set or TERM=dumb); in a pipe neither happens. JSON and CSV carry
/// every value in full. CSV is quoted as RFC 4180 says; lines end with LF, NULL is an empty field,
/// empty text is `""`.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "store/columns.h"

namespace tipoff::cli {

enum class Format : std::uint8_t { kTable, kJson, kCsv };

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

    /// What a table shows: one line, control characters replaced.
    [[nodiscard]] std::string shown() const;

private:
    Value value_;
    std::string words_;
    int decimals_ = -1;
    Tone tone_ = Tone::kPlain;
};

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

/// What standard output or standard error is connected to.
struct Terminal {
    bool is_terminal = false;
    bool has_colours = false;
    std::size_t width = 0;  ///< in columns; 0 for no limit
};

/// Looks at the file descriptor, NO_COLOR and TERM.
[[nodiscard]] Terminal terminal_of(int descriptor);

/// Columns that UTF-8 text takes on a terminal: accents that stand apart take none, East Asian
/// characters two.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Text cut to `width` columns, ending in "…" where something is missing.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

[[nodiscard]] std::string table_text(const Listing& listing, const Terminal& terminal);
[[nodiscard]] std::string csv_text(const Listing& listing);

/// One line of CSV, ended.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& fields);

/// Appends a row of a query's result as a line of CSV.
void append_csv_line(const store::Columns& columns, std::size_t row, std::string& text);

/// Writes to standard output.
void print(std::string_view text);

/// Prints a listing; as JSON it is the document `{"<name>": [{column: value, ...}, ...]}`.
void print_listing(const Listing& listing, Format format, std::string_view name);

}  // namespace tipoff::cli
