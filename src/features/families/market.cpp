#include "features/families/market.h"

namespace tipoff::features {

void Market::emit(const Matchup& matchup, FamilyRow<Market>& row) const {
    const conform::TeamContext& team = matchup.team;
    row.set("game_total", team.game_total);
    row.set("team_spread", team.is_home ? team.home_spread : -team.home_spread);
    row.set("implied_team_total", team.implied_team_total);
    row.set("points_line", matchup.player.points_line);
    row.set("points_line_books", matchup.player.points_line_books);
}

}  // namespace tipoff::features
