#include "collect/known_players.h"

#include "collect/collected_tables.h"
#include "collect/known_games.h"

namespace tipoff::collect {
namespace {

/// One row a player, source, team, season and spelling.
Status add_appearances(store::Database& database, PlayerIndex& index) {
    TIPOFF_TRY(const auto columns,
               database.read("SELECT player_id, team_id, min(game_id), source, player_name, "
                             "min(game_date), max(game_date) FROM raw.player_box "
                             "GROUP BY player_id, team_id, substr(game_id, 4, 2), source, "
                             "player_name",
                             {}));
    for (std::size_t row = 0; row < columns.rows(); ++row) {
        const auto day = [&](std::size_t column) {
            return store::ColumnCodec<GameDate>::get(columns.data[column], row);
        };
        index.add({.player_id = {columns.data[0].integer(row)},
                   .team_id = {columns.data[1].integer(row)},
                   .season = season_of(store::ColumnCodec<GameId>::get(columns.data[2], row)),
                   .source = std::string(columns.data[3].text(row)),
                   .player_name = std::string(columns.data[4].text(row)),
                   .first = day(5),
                   .last = day(6)});
    }
    return {};
}

}  // namespace

std::optional<Appearances> appearances_of(const ActivePlayer& player) {
    if (!has_league_ids(player.source) || !player.player_id || !player.team_id) return std::nullopt;
    const GameDate seen = eastern_date(player.known_at.at);
    return Appearances{.player_id = *player.player_id,
                       .team_id = *player.team_id,
                       .season = player.season,
                       .source = player.source,
                       .player_name = player.player_name,
                       .first = seen,
                       .last = seen};
}

Status add_known_players(store::Database& database, PlayerIndex& index) {
    TIPOFF_CHECK(add_appearances(database, index));
    TIPOFF_TRY(const auto listed, store::read_rows(database, kActivePlayer));
    for (const ActivePlayer& player : listed) {
        if (const auto appearances = appearances_of(player)) index.add(*appearances);
    }
    TIPOFF_TRY(const auto manual, store::read_rows(database, kPlayerAlias, "WHERE basis = $1",
                                                   {std::string("manual")}));
    for (const PlayerAlias& alias : manual)
        index.add_manual(alias);
    return {};
}

}  // namespace tipoff::collect
