#include "serve/documents/player_head.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

namespace tipoff::serve {

std::unexpected<Error> no_such_player(PlayerId player) {
    return fail(ErrorCode::kNotFound, fmt::format("there is no player {}", player.value),
                "/v1/players?name= finds them");
}

Expected<Json> player_head(store::Database& database, PlayerId player) {
    TIPOFF_TRY(
        const store::Columns found,
        database.read("SELECT player_name FROM ref.player WHERE player_id = $1", {player.value}));
    if (found.rows() == 0) return no_such_player(player);
    return Json{{"player_id", player.value}, {"name", std::string(found.data[0].text(0))}};
}

}  // namespace tipoff::serve
