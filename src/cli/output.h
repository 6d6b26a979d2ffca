#pragma once
/// What commands print on standard output: a listing as a table, as JSON or as CSV.
///
/// The rule of `--format`: a table unless something else is asked for, on a terminal and in a pipe
/// alike. On a terminal long text is cut so that a row is one line, and headings and states are
/// coloured (not with NO_COLOR set or TERM=dumb); in a pipe neither happens. JSON and CSV carry
/// every value in full (`serve/documents/`, which the API uses as well).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "serve/documents/listing.h"

namespace tipoff::cli {

using serve::append_csv_line;
using serve::Cell;
using serve::csv_line;
using serve::csv_text;
using serve::Listing;
using serve::Row;
using serve::to_cell;
using serve::to_listing;
using serve::Tone;

enum class Format : std::uint8_t { kTable, kJson, kCsv };

/// What a table shows of a cell: one line, control characters replaced.
[[nodiscard]] std::string shown(const Cell& cell);

/// Columns that UTF-8 text takes on a terminal: accents that stand apart take none, East Asian
/// characters two.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Text cut to `width` columns, ending in "…" where something is missing.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

[[nodiscard]] std::string table_text(const Listing& listing, const Terminal& terminal);

/// Writes to the caller's standard output.
void print(std::string_view text);

/// Prints a listing; as JSON it is the document `{"<name>": [{column: value, ...}, ...]}`.
void print_listing(const Listing& listing, Format format, std::string_view name);

}  // namespace tipoff::cli
