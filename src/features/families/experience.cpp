#include "features/families/experience.h"

namespace tipoff::features {

void Experience::observe(const Result& result) {
    for (const PlayerResult& played : result.players) {
        if (played.row->minutes <= 0) continue;
        Player& player = players_[played.player_index];
        if (player.season != result.season) {
            player.season = result.season;
            player.season_games = 0;
            player.seasons += 1;
        }
        if (player.team != played.team_index) {
            player.team = played.team_index;
            player.team_games = 0;
        }
        player.team_games += 1;
        if (result.season_type == SeasonType::kPlayIn) continue;
        player.games += 1;
        player.season_games += 1;
    }
}

void Experience::emit(const Matchup& matchup, FamilyRow<Experience>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    row.set("games_on_record", player.games);
    row.set("games_this_season", player.season == matchup.season ? player.season_games : 0);
    row.set("games_with_team", player.team == matchup.team_index ? player.team_games : 0);
    row.set("seasons_on_record", player.seasons);
}

}  // namespace tipoff::features
