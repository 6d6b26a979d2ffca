#include "features/timeline.h"

#include <algorithm>

#include "store/database.h"

namespace tipoff::features {
namespace {

/// The rows of one game at the front of what is left; both sides are in game order.
template <class Row>
std::span<const Row> take_game(std::span<const Row>& rest, GameId id) {
    std::size_t count = 0;
    while (count < rest.size() && rest[count].game_id == id)
        ++count;
    const auto taken = rest.first(count);
    rest = rest.subspan(count);
    return taken;
}

template <class Id, class Index>
Index number_of(std::unordered_map<Id, Index>& numbers, Id id) {
    return numbers.try_emplace(id, static_cast<Index>(numbers.size())).first->second;
}

}  // namespace

Timeline::Timeline(const conform::Summaries& summaries,
                   std::span<const collect::Position> positions) {
    std::span<const conform::PlayerGame> players = summaries.player_games;
    std::span<const conform::TeamOffense> teams = summaries.team_offense;
    for (const conform::Game& game : summaries.games) {
        if (nights_.empty() || nights_.back().date != game.game_date)
            nights_.push_back({game.game_date, {}});
        GameEntry& entry = nights_.back().games.emplace_back();
        entry.game = &game;
        entry.first_player_statement = summaries.player_games.size() - players.size();
        entry.player_statements = take_game(players, game.game_id);
        entry.team_statements = take_game(teams, game.game_id);
        for (const auto& row : entry.player_statements)
            number_of(players_, row.player_id);
        number_of(teams_, game.home_team_id);
        number_of(teams_, game.away_team_id);
    }
    require(players.empty() && teams.empty(), "summaries that are not in game order");

    for (const collect::Position& position : positions) {
        positions_.push_back(
            {position.known_at, number_of(players_, position.player_id), position.position});
    }
    std::ranges::stable_sort(positions_, {}, &PositionFact::known_at);
    fingerprints_ = store::row_fingerprints(
        conform::kPlayerGame.spec(), conform::kPlayerGame.to_columns(summaries.player_games));
}

PlayerIndex Timeline::index_of(PlayerId id) const { return number_of(players_, id); }
TeamIndex Timeline::index_of(TeamId id) const { return number_of(teams_, id); }

}  // namespace tipoff::features
