#pragma once
/// What every box score has to obey, whoever wrote it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collect/stated.h"

namespace tipoff::collect {

/// Seconds of minutes as they are written: "28" is 1680, "28:31" is 1711. Nothing for any other
/// text.
[[nodiscard]] std::optional<std::int32_t> seconds_of_minutes(std::string_view text);

/// How long a game of so many periods is.
[[nodiscard]] std::int32_t game_seconds(std::int64_t periods);

/// What of a player's line cannot be: "has 5 of 4 field goals". Empty where all of it can.
[[nodiscard]] std::string impossible_in(const StatedPlayerBox& box);

}  // namespace tipoff::collect
