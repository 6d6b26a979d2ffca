#pragma once
/// The board as a document.

#include <cstdint>
#include <optional>

#include "operate/board.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// What a row of the document says. What a page draws of a forecast is a quarter more to send, so
/// it is given to whoever asks for it.
enum class BoardForm : std::uint8_t {
    kPlain,
    kWide,  ///< with `is_home`, `quantiles` and `contributions`; of a board that is wide
};

/// `tipoff picks --format json` and `/v1/board`.
[[nodiscard]] Json board_json(const operate::Board& board, BoardForm form = BoardForm::kPlain);

/// One row a forecast and line: the CSV.
[[nodiscard]] Listing board_listing(const operate::Board& board);

/// An American price, with its sign for people.
[[nodiscard]] Cell price_cell(const std::optional<std::int32_t>& price);

}  // namespace tipoff::serve
