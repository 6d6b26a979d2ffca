#include "serve/documents/player_games.h"

#include <algorithm>

namespace tipoff::serve {
namespace {

constexpr std::string_view kSeasons =
    "SELECT DISTINCT season FROM (SELECT season FROM analytics.player_game_summary "
    "WHERE player_id = $1 UNION ALL SELECT season FROM predictions.player_prop_prediction "
    "WHERE player_id = $1) AS seen ORDER BY season DESC";

constexpr std::string_view kBefore =
    "SELECT c.game_id, c.days_rest, f.opponent_defence_factor "
    "FROM analytics.upcoming_player_game_context c LEFT JOIN features.feature_store f "
    "ON f.game_id = c.game_id AND f.player_id = c.player_id "
    "WHERE c.player_id = $1 AND c.season = $2";

}  // namespace

Expected<std::vector<Season>> seasons_of(store::Database& database, PlayerId player) {
    TIPOFF_TRY(const store::Columns found, database.read(kSeasons, {player.value}));
    std::vector<Season> seasons;
    seasons.reserve(found.rows());
    for (std::size_t i = 0; i < found.rows(); ++i)
        seasons.push_back(store::ColumnCodec<Season>::get(found.data[0], i));
    return seasons;
}

Expected<std::vector<conform::PlayerGame>> box_scores_of(store::Database& database, PlayerId player,
                                                         Season season) {
    return store::read_rows(database, conform::kPlayerGame,
                            "WHERE player_id = $1 AND season = $2 ORDER BY game_date, game_id",
                            {player.value, tipoff::to_string(season)});
}

Expected<std::vector<KnownBefore>> known_before(store::Database& database, PlayerId player,
                                                Season season) {
    TIPOFF_TRY(const store::Columns found,
               database.read(kBefore, {player.value, tipoff::to_string(season)}));
    std::vector<KnownBefore> games(found.rows());
    for (std::size_t i = 0; i < games.size(); ++i) {
        games[i] = {
            .game_id = store::ColumnCodec<GameId>::get(found.data[0], i),
            .days_rest = store::ColumnCodec<std::optional<std::int32_t>>::get(found.data[1], i),
            .defence_factor = store::ColumnCodec<double>::get(found.data[2], i)};
    }
    std::ranges::sort(games, {}, &KnownBefore::game_id);
    return games;
}

const KnownBefore* find_game(const std::vector<KnownBefore>& all, GameId game) {
    const auto found = std::ranges::lower_bound(all, game, {}, &KnownBefore::game_id);
    return found != all.end() && found->game_id == game ? &*found : nullptr;
}

}  // namespace tipoff::serve
