#pragma once
/// All about a player as a document.

#include <cstdint>

#include "base/error.h"
#include "base/ids.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

/// `player` (name, team), `recent_games` (the newest first), `features` (the newest row),
/// `forecasts` (of the newest date that has any) and `accuracy` (of his last season with grades, by
/// market and system). `kNotFound` for an id that nobody has.
Expected<Json> player_json(store::Database& database, PlayerId player, std::int64_t most_games);

}  // namespace tipoff::serve
