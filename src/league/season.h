#pragma once
/// A whole simulated regular season.
///
/// `simulate` is a pure function of its options: the same season and seed give the same values on
/// every machine. Game days are walked in order; nothing of a day depends on a later one, so a
/// season that is cut off at a date has up to that date exactly the rows of the whole season.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "league/absence.h"
#include "league/bookmaker.h"
#include "league/game.h"
#include "league/roster.h"
#include "league/schedule.h"

namespace tipoff::league {

struct LeagueOptions {
    /// 2022-23 to 2098-99: the league's fixed days and the form of its files are those since
    /// 2022-23.
    Season season = Season::starting_in(2025);
    /// Another seed is another league: other players, schedule and results.
    std::uint64_t seed = 7;
    /// The last day with results. Later games stand in the schedule as not played, and the lines of
    /// the next game day are there, so that there is something to forecast. Nothing: the whole
    /// season.
    std::optional<GameDate> through;
};

/// A game that was played.
struct PlayedGame {
    std::size_t fixture = 0;  ///< place in `SimulatedSeason::fixtures`
    GameResult result;

    [[nodiscard]] int points(std::size_t side) const { return result.totals[side].points; }
};

/// A player on a team's roster who is not available for a game.
struct AbsentPlayer {
    std::size_t fixture = 0;
    std::uint8_t side = 0;  ///< 0 home, 1 away
    PlayerIndex player = 0;
    std::string ailment;   ///< empty for a day off
    bool is_late = false;  ///< becomes known in the last hours before tip-off
    Instant known_at{};    ///< of what goes on from an earlier game: the morning of this one
};

struct SimulatedSeason {
    LeagueOptions options;
    std::vector<Fixture> fixtures;  ///< all 1,230
    std::vector<PlayedGame> games;  ///< those played, in the order of fixtures
    std::vector<GameLine> game_lines;
    std::vector<PropLine> prop_lines;
    std::vector<InjuryTransaction> transactions;
    std::vector<AbsentPlayer> absences;  ///< of the games above, lines included, in their order
    Rosters rosters;                     ///< on the last game day above, lines included
    std::array<std::vector<PlayerIndex>, kTeams + 1> opening_rosters;  ///< on opening night
    std::vector<RosterMove> moves;  ///< of the whole season, in the order of their dates
};

/// Plays the season. A season or date that the league does not have is `kUsage`.
[[nodiscard]] Expected<SimulatedSeason> simulate(const LeagueOptions& options);

}  // namespace tipoff::league
