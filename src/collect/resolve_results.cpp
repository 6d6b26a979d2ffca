/// Rows of box scores, plays and game books.

#include <array>
#include <cmath>

#include "base/names.h"
#include "collect/stated_document.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::int32_t kSecondsInMinute = 60;

/// Whole minutes as the league rounds them; some seconds are 0 and still an appearance.
std::int32_t whole_minutes(std::int32_t seconds) {
    return (seconds + kSecondsInMinute / 2) / kSecondsInMinute;
}

/// The columns that box scores of players and of teams have by one name and type.
template <class StatedBox, class Box>
void copy_shooting_and_rebounds(const StatedBox& stated, Box& row) {
    row.field_goals_made = stated.field_goals_made;
    row.field_goals_attempted = stated.field_goals_attempted;
    row.three_pointers_made = stated.three_pointers_made;
    row.three_pointers_attempted = stated.three_pointers_attempted;
    row.free_throws_made = stated.free_throws_made;
    row.free_throws_attempted = stated.free_throws_attempted;
    row.offensive_rebounds = stated.offensive_rebounds;
    row.defensive_rebounds = stated.defensive_rebounds;
}

}  // namespace

void StatedDocument::add(const StatedPlayerBox& stated) {
    const auto game =
        game_of(stated.source_game_id, stated.game_date, stated.team_id, stated.opponent_team_id);
    if (!game) return;
    const GameDate date = games_.newest(*game).game_date;
    if (!stated.not_played_reason.empty() || !stated.seconds) {
        add_inactive(*game, date, stated.team_id, stated.source_player_id, stated.player_name,
                     "dnp", stated.not_played_reason);
        return;
    }
    if (!stated.points || !stated.rebounds || !stated.assists || !stated.steals || !stated.blocks ||
        !stated.turnovers) {
        ++counts_.left_out;
        return;
    }
    const std::array teams{stated.team_id};
    const auto player =
        player_of(stated.source_player_id, stated.player_name, teams, season_of(*game), date);
    if (!player) {
        ++counts_.without_player;
        return;
    }
    auto row = result_of<PlayerBox>(date);
    row.game_id = *game;
    row.player_id = *player;
    row.game_date = date;
    row.team_id = stated.team_id;
    row.player_name = stated.player_name;
    row.minutes = whole_minutes(*stated.seconds);
    row.points = *stated.points;
    copy_shooting_and_rebounds(stated, row);
    row.rebounds = *stated.rebounds;
    row.assists = *stated.assists;
    row.steals = *stated.steals;
    row.blocks = *stated.blocks;
    row.turnovers = *stated.turnovers;
    row.personal_fouls = stated.personal_fouls;
    row.plus_minus = stated.plus_minus;
    row.started = stated.started;
    keep(rows_.player_boxes, std::move(row));
}

void StatedDocument::add(const StatedTeamBox& stated) {
    const auto game =
        game_of(stated.source_game_id, stated.game_date, stated.team_id, stated.team_id);
    if (!game) return;
    if (!stated.seconds) {
        ++counts_.left_out;
        return;
    }
    const GameDate date = games_.newest(*game).game_date;
    auto row = result_of<TeamBox>(date);
    row.game_id = *game;
    row.team_id = stated.team_id;
    row.game_date = date;
    row.minutes = whole_minutes(*stated.seconds);
    row.points = stated.points;
    copy_shooting_and_rebounds(stated, row);
    row.rebounds = stated.rebounds;
    row.assists = stated.assists;
    row.steals = stated.steals;
    row.blocks = stated.blocks;
    row.turnovers = stated.turnovers;
    row.personal_fouls = stated.personal_fouls;
    keep(rows_.team_boxes, std::move(row));
}

void StatedDocument::add(const StatedPlay& stated) {
    const auto game = game_of(stated.source_game_id, std::nullopt, {}, {});
    if (!game) return;
    const GameDate date = games_.newest(*game).game_date;
    auto row = result_of<Play>(date);
    row.game_id = *game;
    row.action = stated.action;
    row.game_date = date;
    row.period = stated.period;
    row.seconds_left = stated.seconds_left;
    row.team_id = stated.team_id;
    row.player_id = league_player(stated.source_player_id);
    row.action_type = stated.action_type;
    row.sub_type = stated.sub_type;
    row.description = stated.description;
    row.home_points = stated.home_points;
    row.away_points = stated.away_points;
    if (stated.zone && stated.team_id && row.player_id)
        add_shot(stated, row, *stated.zone, *stated.team_id, *row.player_id);
    keep(rows_.plays, std::move(row));
}

void StatedDocument::add_shot(const StatedPlay& stated, const Play& play, std::int16_t zone,
                              TeamId team, PlayerId player) {
    auto row = result_of<Shot>(play.game_date);
    row.game_id = play.game_id;
    row.event = stated.action;
    row.game_date = play.game_date;
    row.team_id = team;
    row.player_id = player;
    row.period = stated.period;
    row.seconds_left = static_cast<std::int16_t>(stated.seconds_left);
    row.zone = zone;
    row.made = stated.shot_made.value_or(false);
    row.three_pointer = stated.action_type == "3pt";
    row.x_feet = stated.x_feet.value_or(0);
    row.y_feet = stated.y_feet.value_or(0);
    row.distance_feet = static_cast<std::int16_t>(std::lround(stated.distance_feet.value_or(0)));
    rows_.shots.push_back({std::move(row), answered_at()});
}

void StatedDocument::add(const StatedAvailability& stated) {
    if (stated.status == "played") {  // the box scores say more of him
        ++counts_.left_out;
        return;
    }
    std::optional<GameId> game;
    // A book names its game by date and teams; the row has the date and one of them.
    const auto slash = stated.source_game_id.find('/');
    if (slash != std::string::npos && stated.source_game_id.size() == slash + 7) {
        const Team* away = find_team(stated.source_game_id.substr(slash + 1, 3));
        const Team* home = find_team(stated.source_game_id.substr(slash + 4, 3));
        if (away != nullptr && home != nullptr)
            game = games_.find(stated.game_date, away->team_id, home->team_id);
    }
    if (!game) {
        ++counts_.without_game;
        return;
    }
    add_inactive(*game, stated.game_date, stated.team_id, {}, stated.player_name, stated.status,
                 stated.reason);
}

void StatedDocument::add_inactive(GameId game, GameDate date, TeamId team,
                                  std::string_view source_player_id, const std::string& name,
                                  std::string_view status, const std::string& reason) {
    auto row = result_of<InactivePlayer>(date);
    row.game_id = game;
    row.team_id = team;
    row.folded_name = fold_name(name);
    row.game_date = date;
    row.player_name = name;
    const std::array teams{team};
    row.player_id = player_of(source_player_id, name, teams, season_of(game), date);
    row.status = status;
    row.reason = reason;
    keep(rows_.inactive, std::move(row));
}

}  // namespace tipoff::collect
