#pragma once
/// Raw facts to one row a game, a player's game and a team's game. Pure: the same facts give the
/// same rows, in whatever order they are handed over.
///
/// Several sources of a row become one (`source_rank`). A correction becomes a further statement of
/// the row with the next `revision` and its own `known_at`; the fold uses the statement known at
/// its instant, the stored tables hold the newest (`latest_statements`).

#include <span>
#include <vector>

#include "conform/analytics_tables.h"
#include "conform/integrity.h"
#include "conform/raw_facts.h"

namespace tipoff::conform {

/// All rows in game order (game_date, tip_off, game_id), then player or team id, then revision.
struct Summaries {
    std::vector<Game> games;               ///< one each, as newest stated
    std::vector<PlayerGame> player_games;  ///< every statement
    std::vector<TeamOffense> team_offense;
    std::vector<TeamDefense> team_defense;
    IntegrityReport integrity;
};

/// Regular season, play-in, playoffs and Cup final; preseason and All-Star games are left out.
/// A game is final when the schedule says so or both teams' box scores are complete.
[[nodiscard]] Summaries summarize(const RawFacts& facts);

/// The newest statement of each row, in the same order.
[[nodiscard]] std::vector<PlayerGame> latest_statements(std::span<const PlayerGame> rows);
[[nodiscard]] std::vector<TeamOffense> latest_statements(std::span<const TeamOffense> rows);
[[nodiscard]] std::vector<TeamDefense> latest_statements(std::span<const TeamDefense> rows);

}  // namespace tipoff::conform
