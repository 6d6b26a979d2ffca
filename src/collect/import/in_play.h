#pragma once
/// Lines that have no clock and are known to have been taken during or after the game.

#include <string_view>

#include "base/calendar.h"
#include "base/ids.h"

namespace tipoff::collect {

/// Whether a line of this source without a clock is known to have been taken in play.
[[nodiscard]] bool is_known_in_play(std::string_view source, GameDate date, GameId game_id);

}  // namespace tipoff::collect
