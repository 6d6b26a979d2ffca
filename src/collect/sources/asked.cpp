#include "collect/sources/asked.h"

#include <fmt/core.h>

#include "collect/teams.h"

namespace tipoff::collect {

std::string not_as_asked(const StatedGame& game, const Ask& ask) {
    if (ask.date && game.game_date != *ask.date) {
        return fmt::format("is of {}, where {} was asked for", to_string(game.game_date),
                           to_string(*ask.date));
    }
    const Season season = season_of(game.game_date);
    if (ask.season && season != *ask.season) {
        return fmt::format("is of {}, where {} was asked for", to_string(season),
                           to_string(*ask.season));
    }
    if (ask.team && game.home_team_id != *ask.team && game.away_team_id != *ask.team) {
        return not_of_asked_team(*ask.team);
    }
    if (!ask.source_game_id.empty() && !game.source_game_id.empty() &&
        game.source_game_id != ask.source_game_id) {
        return fmt::format("is game {}, where {} was asked for", game.source_game_id,
                           ask.source_game_id);
    }
    return {};
}

std::string not_of_asked_team(TeamId team) {
    const Team* asked = find_team(team);
    return fmt::format("is not of {}, which was asked for",
                       asked == nullptr ? "the team" : asked->tricode);
}

}  // namespace tipoff::collect
