#pragma once
/// The players that the database knows, as an index of names.

#include <optional>

#include "collect/collected_tables.h"
#include "collect/import/player_index.h"
#include "store/database.h"

namespace tipoff::collect {

/// Adds whoever appeared in a stored box score, whoever stands in a stored list of players with the
/// league's ids, and the links made by hand. The index is still to be finished.
Status add_known_players(store::Database& database, PlayerIndex& index);

/// What a list with the league's ids says of where a player belongs; nothing for a free agent, and
/// for lists of other sources.
[[nodiscard]] std::optional<Appearances> appearances_of(const ActivePlayer& player);

}  // namespace tipoff::collect
