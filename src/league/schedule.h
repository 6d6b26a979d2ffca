#pragma once
/// The fixture list of a regular season: who plays whom, where, on which day and at what time.
///
/// 30 teams play 82 games each, 41 at home, by the league's formula (four games against each rival
/// of the division and six other teams of the conference, three against the other four, two against
/// every team of the other conference). No team plays twice a day or on three days running. Any
/// seed gives a complete list.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"

namespace tipoff::league {

/// The fixed days of a season, as the league has set them since 2022-23.
struct SeasonDays {
    GameDate opening_night;    ///< a Tuesday in October
    GameDate last_day;         ///< the second Sunday of April; all thirty teams play
    GameDate all_star_sunday;  ///< the third Sunday of February; no games from Friday to Wednesday
                               ///< around it
    GameDate trade_deadline;   ///< the Thursday of the week before that break
};

[[nodiscard]] SeasonDays season_days(Season season);

struct Fixture {
    GameId game_id;        ///< "9022500001" and on, in the order of date and tip-off
    GameDate date;         ///< Eastern
    int tip_off = 0;       ///< minutes after midnight, Eastern
    std::size_t home = 0;  ///< index of the team
    std::size_t away = 0;
};

/// When a fixture begins.
[[nodiscard]] Instant tip_off_of(const Fixture& fixture);

/// "7:30 pm ET", as the league states a game that has not begun.
[[nodiscard]] std::string tip_off_text(const Fixture& fixture);

/// The 1,230 fixtures in the order of their ids. Takes about a third of a second.
[[nodiscard]] std::vector<Fixture> make_fixtures(Season season, std::uint64_t seed);

}  // namespace tipoff::league
