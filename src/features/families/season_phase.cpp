#include "features/families/season_phase.h"

namespace tipoff::features {

void SeasonPhase::observe(const Result& result) {
    if (season_ == result.season) return;
    season_ = result.season;
    first_date_ = result.game_date;
}

void SeasonPhase::emit(const Matchup& matchup, FamilyRow<SeasonPhase>& row) const {
    const bool knockout =
        matchup.season_type == SeasonType::kPlayoffs || matchup.season_type == SeasonType::kPlayIn;
    row.set("team_games_played_season", matchup.team.games_played_season);
    row.set("is_playoffs", knockout ? 1 : 0);
    row.set("days_into_season",
            season_ == matchup.season ? days_between(first_date_, matchup.game_date) : kUnknown);
}

}  // namespace tipoff::features
