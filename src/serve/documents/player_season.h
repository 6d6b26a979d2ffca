#pragma once
/// A player's season, game by game, and split by what stood before the games.

#include <optional>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "conform/market.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

struct PlayerSeasonRequest {
    PlayerId player;
    std::optional<Season> season;  ///< his newest otherwise
    Market market = Market::kPoints;
};

/// `games`, the oldest first: those that he played or was forecast for, with what he did, the line
/// and of each system the last forecast before tip-off (live before backfill). A season that he has
/// nothing of has no games.
Expected<Json> player_season_json(store::Database& database, const PlayerSeasonRequest& request);

/// `splits`: mean and spread of his games with minutes, by venue, days of rest, strength of the
/// opponent's defence as it stood before the game, starting, and month. What is not known of a game
/// is the value "unknown".
Expected<Json> player_splits_json(store::Database& database, const PlayerSeasonRequest& request);

}  // namespace tipoff::serve
