#pragma once
/// Games as sources state them, of the rows that are derived from them.

#include <span>
#include <vector>

#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"
#include "store/database.h"

namespace tipoff::support {

/// The box row behind each player game, known at the beginning of its date.
[[nodiscard]] std::vector<collect::PlayerBox> stated_boxes(
    std::span<const conform::PlayerGame> player_games);

/// Merges a box row of each player game and its game into the raw tables: a final game at home, its
/// tip-off and what is known of it at the beginning of its date.
void merge_played_games(store::Database& database,
                        std::span<const conform::PlayerGame> player_games);

}  // namespace tipoff::support
