#pragma once
/// What every document of a player begins with.

#include "base/error.h"
#include "base/ids.h"
#include "serve/documents/json.h"
#include "store/database.h"

namespace tipoff::serve {

/// `kNotFound`, with how to find players.
[[nodiscard]] std::unexpected<Error> no_such_player(PlayerId player);

/// `{"player_id", "name"}`; `kNotFound` for an id that nobody has.
Expected<Json> player_head(store::Database& database, PlayerId player);

}  // namespace tipoff::serve
