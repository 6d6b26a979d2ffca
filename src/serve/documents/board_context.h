#pragma once
/// What stands around a board: the games of its date, and what its players did of late.

#include <cstdint>

#include "base/error.h"
#include "operate/board.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

/// The games of the board's date, by tip-off: who plays, the spread of the home side and the total
/// as they stood before the forecasts, the score once it is over.
Expected<Json> board_games_json(store::Database& database, const operate::BoardRequest& request);

/// By player of the board, his newest games before its date, at most `most`; as newest stated, but
/// none that was not known yet at the instant that the board was asked for. A player without games
/// has no member.
Expected<Json> recent_games_json(store::Database& database, const operate::BoardRequest& request,
                                 const operate::Board& board, std::int64_t most);

}  // namespace tipoff::serve
