#include "support/played_games.h"

#include <map>

#include "support/database.h"

namespace tipoff::support {
namespace {

Instant beginning_of(GameDate date) {
    return eastern_instant(date, {.hour = 0, .minute = 0, .second = 0});
}

}  // namespace

std::vector<collect::PlayerBox> stated_boxes(std::span<const conform::PlayerGame> player_games) {
    std::vector<collect::PlayerBox> boxes;
    for (const conform::PlayerGame& played : player_games) {
        collect::PlayerBox& box = boxes.emplace_back();
        box.source = "player_box";
        box.game_id = played.game_id;
        box.player_id = played.player_id;
        box.game_date = played.game_date;
        box.team_id = played.team_id;
        box.player_name = played.player_name;
        box.minutes = played.minutes;
        box.points = played.points;
        box.rebounds = played.rebounds;
        box.assists = played.assists;
        box.three_pointers_made = played.three_pointers_made;
        box.known_at = KnownAt{beginning_of(played.game_date)};
        box.known_at_basis = collect::kBasisAssumed;
    }
    return boxes;
}

void merge_played_games(store::Database& database,
                        std::span<const conform::PlayerGame> player_games) {
    std::map<GameId, collect::Schedule> games;
    for (const conform::PlayerGame& played : player_games) {
        collect::Schedule& game = games[played.game_id];
        game.source = "schedule";
        game.game_id = played.game_id;
        game.game_date = played.game_date;
        game.tip_off = beginning_of(played.game_date);
        game.status = "final";
        game.home_team_id = played.team_id;
        game.away_team_id = played.opponent_team_id;
        game.known_at = KnownAt{game.tip_off};
        game.known_at_basis = collect::kBasisAssumed;
    }
    std::vector<collect::Schedule> schedule;
    for (auto& [id, game] : games)
        schedule.push_back(std::move(game));
    merge_rows(database, collect::kSchedule, schedule);
    merge_rows(database, collect::kPlayerBox, stated_boxes(player_games));
}

}  // namespace tipoff::support
