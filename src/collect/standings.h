#pragma once
/// Standings that an upstream does not give: why it does not, and what it should have said.

#include <string_view>
#include <vector>

#include "collect/known_games.h"
#include "collect/outcome.h"

namespace tipoff::collect {

/// Tells an empty list of standings apart by the games that were known when it was answered: legal
/// before the season's first result; else the wrong season was asked for, or the upstream is at
/// fault. Any other outcome, and that of any other source, is as it was.
[[nodiscard]] Outcome told_apart(std::string_view source, const Outcome& outcome, const Ask& ask,
                                 Instant answered_at, const KnownGames& games);

/// Standings by the results of a season that were known at an instant; none before the first.
/// Ranks are by share of games won, then by games won, then by team id: the league's own tie-breaks
/// are not applied.
[[nodiscard]] std::vector<Standing> standings_by_results(const KnownGames& games, Season season,
                                                         Instant known_at,
                                                         std::string_view document_hash);

}  // namespace tipoff::collect
