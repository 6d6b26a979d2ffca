#pragma once
/// The thirty teams, every spelling that sources use for them, and the places where games are
/// played.
///
/// Facts that do not change with data: safe from any thread, nothing is read. A team that moved or
/// was renamed keeps its NBA.com id, so its old names find the team of today (NJN finds Brooklyn).

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace tipoff::collect {

struct Team {
    TeamId team_id;
    std::string tricode;     ///< as NBA.com writes it today: "BKN", "PHX"
    std::string full_name;   ///< "Los Angeles Clippers"
    std::string nickname;    ///< "Clippers"
    std::string conference;  ///< "East" or "West"
    std::string city;        ///< of the arena; a name that `find_city` knows
    double latitude = 0;     ///< of the arena, degrees north
    double longitude = 0;    ///< of the arena, degrees east
    std::string time_zone;   ///< IANA name
};

/// A city where a game of the league was or may be played.
struct City {
    std::string_view name;
    double latitude = 0;   ///< of its arena, degrees north
    double longitude = 0;  ///< of its arena, degrees east
    std::string_view time_zone;
};

/// All thirty, by id.
[[nodiscard]] std::span<const Team> teams();

/// The team of an id; nothing when there is none.
[[nodiscard]] const Team* find_team(TeamId id);

/// The team that a source means: a tricode, a full name, a nickname or, where only one team has it,
/// a place; old names too, without regard to case, spaces and punctuation. Nothing when no team is
/// so called.
[[nodiscard]] const Team* find_team(std::string_view spelling);

/// "BOS, NYK": the tricodes of all teams that are not in `seen`.
[[nodiscard]] std::string teams_missing_from(const std::set<TeamId>& seen);

/// The place of a city's name as schedules write it ("Mexico City, Mexico"); nothing when unknown.
[[nodiscard]] const City* find_city(std::string_view name);

}  // namespace tipoff::collect
