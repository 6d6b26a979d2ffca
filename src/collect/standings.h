#pragma once
/// Standings that an upstream does not give: what it should have said.

#include <string_view>
#include <vector>

#include "collect/known_games.h"

namespace tipoff::collect {

/// Whether a game's score was known at an instant.
[[nodiscard]] bool is_result_known(const Schedule& game, Instant at);

/// Standings by the results of a season that were known at an instant; none before the first.
/// Ranks are by share of games won, then by games won, then by team id: the league's own tie-breaks
/// are not applied.
[[nodiscard]] std::vector<Standing> standings_by_results(const KnownGames& games, Season season,
                                                         Instant known_at,
                                                         std::string_view document_hash);

}  // namespace tipoff::collect
