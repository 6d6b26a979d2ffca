#pragma once
/// How a board is shown to people, by `tipoff picks` and by the demonstration.

#include <cstddef>

#include "cli/output.h"
#include "operate/board.h"

namespace tipoff::cli {

/// The table with its heading; `most` rows at most, and a word on what was left out.
void print_board_table(const operate::Board& board, std::size_t most);

}  // namespace tipoff::cli
