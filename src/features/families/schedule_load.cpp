#include "features/families/schedule_load.h"

#include <algorithm>

namespace tipoff::features {
namespace {

double number_or_unknown(const std::optional<std::int32_t>& value) {
    return value ? static_cast<double>(*value) : kUnknown;
}

/// Counted over the summer too: how long he has not played matters more than in which season.
double days_since_last_appearance(const conform::PlayerContext& player) {
    if (!player.last_game_date) return kUnknown;
    return player.game_date.days_since_epoch() - player.last_game_date->days_since_epoch() - 1;
}

}  // namespace

void ScheduleLoad::emit(const Matchup& matchup, FamilyRow<ScheduleLoad>& row) const {
    const conform::TeamContext& team = matchup.team;
    const conform::TeamContext& opponent = matchup.opponent;
    row.set("is_home", team.is_home ? 1 : 0);
    row.set("team_days_rest", number_or_unknown(team.days_rest));
    row.set("opponent_days_rest", number_or_unknown(opponent.days_rest));
    if (team.days_rest && opponent.days_rest) {
        row.set("rest_advantage", std::min(*team.days_rest, 4) - std::min(*opponent.days_rest, 4));
    }
    row.set("is_back_to_back", team.is_back_to_back ? 1 : 0);
    row.set("team_games_last_4_days", team.games_last_4_days);
    row.set("team_games_last_6_days", team.games_last_6_days);
    row.set("team_games_last_7_days", team.games_last_7_days);
    row.set("team_games_last_14_days", team.games_last_14_days);
    row.set("player_days_rest", days_since_last_appearance(matchup.player));
    row.set("player_games_last_7_days", matchup.player.games_last_7_days);
    row.set("player_games_last_14_days", matchup.player.games_last_14_days);
    row.set("player_minutes_last_7_days", matchup.player.minutes_last_7_days);
    row.set("travel_miles", team.travel_miles);
    row.set("time_zone_change", number_or_unknown(team.time_zone_change));
}

}  // namespace tipoff::features
