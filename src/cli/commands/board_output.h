#pragma once
/// How a board is shown, by `tipoff picks` and by the demonstration.

#include <cstddef>

#include "cli/json_output.h"
#include "cli/output.h"
#include "operate/board.h"

namespace tipoff::cli {

/// The document of `tipoff picks --format json`.
[[nodiscard]] Json board_json(const operate::Board& board);

/// Every field, one row a forecast and line: the CSV.
[[nodiscard]] Listing board_listing(const operate::Board& board);

/// The table with its heading; `most` rows at most, and a word on what was left out.
void print_board_table(const operate::Board& board, std::size_t most);

}  // namespace tipoff::cli
