#pragma once
/// Teams in rows of a result: by the three letters that people know them by.

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "base/ids.h"
#include "serve/documents/json.h"
#include "serve/documents/listing.h"

namespace tipoff::serve {

/// The columns of a player's row that hold teams.
inline constexpr std::array<std::string_view, 2> kTeamAndOpponent{"team", "opponent"};

/// A team's tricode; null for none, or for one that is not of the league.
[[nodiscard]] Json tricode_json(std::optional<TeamId> team);

/// Replaces ids of teams in these columns by tricodes.
void show_teams(Listing& listing, std::span<const std::string_view> columns);

}  // namespace tipoff::serve
