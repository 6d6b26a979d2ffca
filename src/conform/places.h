#pragma once
/// Where games are played: how far apart, and how their clocks differ.

#include <string_view>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/teams.h"

namespace tipoff::conform {

/// The place of a game: the schedule's city, or the home team's arena where the schedule names
/// none. Nothing where the city is not known: a neutral site is not guessed.
[[nodiscard]] const collect::City* place_of(std::string_view city, TeamId home_team);

/// Great circle between the arenas in statute miles (haversine, mean radius of the Earth 3,958.8).
[[nodiscard]] double miles_between(const collect::City& from, const collect::City& to);

/// Whole hours that the clock at `to` stands ahead of the one at `from` at an instant, daylight
/// saving included: +3 from Los Angeles to New York.
[[nodiscard]] int hours_ahead(const collect::City& from, const collect::City& to, Instant at);

}  // namespace tipoff::conform
