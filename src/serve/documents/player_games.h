#pragma once
/// The games of a player's season, as far as they are known.

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "conform/analytics_tables.h"
#include "store/database.h"

namespace tipoff::serve {

/// The seasons of which he has games or forecasts, the newest first.
Expected<std::vector<Season>> seasons_of(store::Database& database, PlayerId player);

/// His box scores of a season, by date and game.
Expected<std::vector<conform::PlayerGame>> box_scores_of(store::Database& database, PlayerId player,
                                                         Season season);

/// What was known of one of his games before it.
struct KnownBefore {
    GameId game_id;
    std::optional<std::int32_t> days_rest;      ///< his own; nothing before a season's first game
    double defence_factor = conform::kUnknown;  ///< the feature `opponent_defence_factor`
};

/// Of every game of a season for which he was expected, by game.
Expected<std::vector<KnownBefore>> known_before(store::Database& database, PlayerId player,
                                                Season season);

/// Null where nothing is known of the game. `all` is by game.
[[nodiscard]] const KnownBefore* find_game(const std::vector<KnownBefore>& all, GameId game);

}  // namespace tipoff::serve
