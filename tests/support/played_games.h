#pragma once
/// Games as sources state them, of the rows that are derived from them.

#include <span>

#include "conform/analytics_tables.h"
#include "store/database.h"

namespace tipoff::support {

/// Merges a box row of each player game and its game into the raw tables: a final game at home, its
/// tip-off and what is known of it at the beginning of its date.
void merge_played_games(store::Database& database,
                        std::span<const conform::PlayerGame> player_games);

}  // namespace tipoff::support
