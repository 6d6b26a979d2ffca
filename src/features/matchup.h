#pragma once
/// The two sides of a game night, as two types.
///
/// A `Matchup` is one expected player of one game, with what is known before tip-off; it has no
/// member from which a result could be reached. A `Result` is one finished game. A feature family
/// emits from the first and observes the second; the other way round does not compile.

#include <array>
#include <cstdint>
#include <span>

#include "base/calendar.h"
#include "base/ids.h"
#include "conform/analytics_tables.h"

namespace tipoff::features {

/// Players and teams by small dense numbers, so that a family's state is an array.
using PlayerIndex = std::uint32_t;
using TeamIndex = std::uint32_t;

struct Matchup {
    GameId game_id;
    GameDate game_date;
    Season season;
    SeasonType season_type;
    PlayerIndex player_index;
    TeamIndex team_index;
    TeamIndex opponent_index;
    const conform::PlayerContext& player;
    const conform::TeamContext& team;
    const conform::TeamContext& opponent;

    /// All expected players of the team, this one among them.
    std::span<const conform::PlayerContext> teammates;
    std::span<const PlayerIndex> teammate_indexes;
    std::span<const double> chances_to_play;  ///< of the teammates, in their order
};

struct PlayerResult {
    PlayerIndex player_index;
    TeamIndex team_index;
    TeamIndex opponent_index;
    const conform::PlayerGame* row;
};

struct TeamResult {
    TeamIndex team_index;
    TeamIndex opponent_index;
    const conform::TeamOffense* offense;
    const conform::TeamOffense* opponent_offense;
};

struct Result {
    GameId game_id;
    GameDate game_date;
    Season season;
    SeasonType season_type;
    std::span<const PlayerResult> players;
    std::span<const TeamResult> teams;  ///< two, or none where only players are on record
};

}  // namespace tipoff::features
