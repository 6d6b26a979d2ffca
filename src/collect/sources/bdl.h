#pragma once
/// What the answers of balldontlie have in common.

#include <cstdint>
#include <optional>
#include <string>

#include "base/calendar.h"
#include "collect/asking.h"
#include "collect/json_document.h"
#include "collect/teams.h"

namespace tipoff::collect {

inline constexpr KeyRule kBdlKey{.place = KeyRule::Place::kHeader,
                                 .variable = "BDL_API_KEY",
                                 .name = "Authorization",
                                 .prefix = "Bearer "};

/// The cursor of the page that follows, of an answer's `meta`. The last page has none, or null; a
/// page that is full has to say which.
[[nodiscard]] std::optional<std::string> bdl_next_cursor(const JsonValue& answer);

/// The source's number of a game or a player, as text; one that is no number of anything is a
/// problem of `row`.
[[nodiscard]] std::string bdl_id(const JsonValue& row);

/// The team of the source's own number, which is 1 to 30; null for any other.
[[nodiscard]] const Team* bdl_team(std::int64_t id);

/// The team of `{"id": 23, "full_name": "Philadelphia 76ers"}`. Null without a problem where the
/// number and the name are of none of the thirty: an old franchise or an exhibition's team. A
/// number and a name that are not of one team are a problem: one of the two is not what it was.
[[nodiscard]] const Team* bdl_team(const JsonValue& team);

/// `first_name` and `last_name` of a player.
[[nodiscard]] std::string bdl_player_name(const JsonValue& player);

/// "final", "in_progress", "scheduled", "postponed" or "canceled", of a game's `status` and
/// `period`. `status` is a word ("Final"), a quarter ("3rd Qtr") or, of a game that has not begun,
/// its tip-off ("2025-11-02T00:00:00Z", "7:00 pm ET").
[[nodiscard]] std::string bdl_status(const JsonValue& game);

/// A game's Eastern `date`, which has to be of the `season` that the game says; seasons are named
/// by the year in which they begin.
[[nodiscard]] GameDate bdl_date(const JsonValue& game);

}  // namespace tipoff::collect
