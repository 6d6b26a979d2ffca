#pragma once
/// Where and when each of the thirty teams plays at home, and how each kind of file spells it.
/// Facts of the 2025-26 season; fixed, safe from any thread.

#include <cstddef>
#include <span>
#include <string_view>

#include "base/ids.h"

namespace tipoff::league {

inline constexpr std::size_t kTeams = 30;

struct TeamFacts {
    TeamId team_id;
    std::string_view tricode;     ///< "POR"
    std::string_view full_name;   ///< as sportsbooks write it: "Los Angeles Clippers"
    std::string_view box_name;    ///< as box scores write it: "LA Clippers"
    std::string_view short_name;  ///< as lists of transactions write it: "Blazers"
    std::string_view arena;
    std::string_view city;     ///< of the arena, as schedules write it
    double latitude = 0;       ///< of the arena, degrees north
    double longitude = 0;      ///< of the arena, degrees east
    std::size_t division = 0;  ///< 0 to 2 in the East, 3 to 5 in the West; five teams each
    int usual_tip_off = 0;     ///< minutes after midnight in Eastern time, on a weekday
    int other_tip_off = 0;     ///< the second most usual one
};

/// All thirty, in the order of their ids. A team's place in this order is its index everywhere in
/// this room.
[[nodiscard]] std::span<const TeamFacts> team_facts();

/// Distance between two teams' arenas in miles, the earth taken as flat between them (within 2% in
/// North America).
[[nodiscard]] double miles_between(std::size_t team, std::size_t other);

}  // namespace tipoff::league
