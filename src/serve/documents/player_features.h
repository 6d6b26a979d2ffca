#pragma once
/// What was known of a player before a game, feature by feature.

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

/// The newest feature row at or before the date, each feature with what it means and where it comes
/// from. `features` is empty where there is no such row.
Expected<Json> player_features_json(store::Database& database, PlayerId player, GameDate date);

}  // namespace tipoff::serve
