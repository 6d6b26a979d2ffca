#include "game_days.h"

#include <algorithm>
#include <tuple>

namespace tipoff::bench {

GameDays::GameDays(const operate::Facts& facts)
    : games_(facts.summaries().games),
      contexts_(facts.summaries(), facts.raw(), {}),
      fold_(facts.timeline()) {}

std::optional<GameDay> GameDays::next() {
    if (games_.empty()) return std::nullopt;
    GameDay day{.date = games_.front().game_date, .games = {}, .rows = {}};
    const auto end = std::ranges::find_if(
        games_, [&](const conform::Game& game) { return game.game_date != day.date; });
    day.games = {games_.begin(), end};
    games_ = {end, games_.end()};

    conform::Contexts contexts;
    for (const conform::Game& game : day.games)
        contexts_.emit(game, contexts);
    std::ranges::sort(contexts.players, [](const auto& a, const auto& b) {
        return std::tie(a.game_id, a.team_id, a.player_id) <
               std::tie(b.game_id, b.team_id, b.player_id);
    });
    day.rows = fold_.emit_day(day.date, contexts.teams, contexts.players).players;
    return day;
}

}  // namespace tipoff::bench
