#pragma once
/// Days as people say them.

#include <string_view>

#include "base/calendar.h"
#include "base/error.h"

namespace tipoff {

/// `YYYY-MM-DD`, `today`, `yesterday` or `tomorrow` by the league's time zone; anything else fails
/// as `parse_date` does.
[[nodiscard]] Expected<GameDate> parse_league_day(std::string_view text, Instant now);

}  // namespace tipoff
