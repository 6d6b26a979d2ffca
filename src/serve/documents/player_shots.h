#pragma once
/// Where a player shoots from, beside the league and the defence that he meets.

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

/// `zones`, of his games of the season before the date that have shots on record, and his newest
/// `attempts` of them, at most 500. What is not known is null, and `why` says so.
Expected<Json> player_shots_json(store::Database& database, PlayerId player, GameDate date);

}  // namespace tipoff::serve
