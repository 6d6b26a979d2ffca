#pragma once
/// The board as a document.

#include <cstdint>
#include <optional>

#include "operate/board.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// `tipoff picks --format json` and `/v1/board`.
[[nodiscard]] Json board_json(const operate::Board& board);

/// Every field, one row a forecast and line: the CSV.
[[nodiscard]] Listing board_listing(const operate::Board& board);

/// An American price, with its sign for people.
[[nodiscard]] Cell price_cell(const std::optional<std::int32_t>& price);

}  // namespace tipoff::serve
