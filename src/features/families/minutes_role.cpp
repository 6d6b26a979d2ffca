#include "features/families/minutes_role.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife2 = 0.707106781186548;   // 2^(-1/2)
constexpr double kDecayHalfLife5 = 0.870550563296124;   // 2^(-1/5)
constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)

}  // namespace

void MinutesRole::observe(const Result& result) {
    for (const TeamResult& team : result.teams)
        team_games_[team.team_index].push(result.game_date);
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        if (player.season != result.season) {
            player.season = result.season;
            player.season_minutes = {};
        }
        const float started =
            box.started ? (*box.started ? 1.0F : 0.0F) : std::numeric_limits<float>::quiet_NaN();
        player.games.push({.date = result.game_date,
                           .team = played.team_index,
                           .minutes = static_cast<float>(box.minutes),
                           .started = started});
        player.season_minutes.add(box.minutes);
        player.minutes.add(box.minutes, kDecayHalfLife5);
        player.minutes_short.add(box.minutes, kDecayHalfLife2);
        player.minutes_long.add(box.minutes, kDecayHalfLife20);
    }
}

void MinutesRole::emit(const Matchup& matchup, FamilyRow<MinutesRole>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    const auto minutes = [](const Game& game) { return static_cast<double>(game.minutes); };
    const auto started = [](const Game& game) { return static_cast<double>(game.started); };
    const Moments last_3 = moments_of_last(player.games, 3, minutes);
    const Moments last_10 = moments_of_last(player.games, 10, minutes);

    row.set("minutes_last_game", player.games.size() > 0 ? player.games[0].minutes : kUnknown);
    row.set("minutes_mean_last_3", last_3.mean());
    row.set("minutes_mean_last_5", moments_of_last(player.games, 5, minutes).mean());
    row.set("minutes_mean_last_10", last_10.mean());
    row.set("minutes_mean_last_20", moments_of_last(player.games, 20, minutes).mean());
    row.set("minutes_mean_season",
            player.season == matchup.season ? player.season_minutes.mean() : kUnknown);
    row.set("minutes_mean_ewm", player.minutes.mean());
    row.set("minutes_mean_ewm_short", player.minutes_short.mean());
    row.set("minutes_mean_ewm_long", player.minutes_long.mean());
    row.set("minutes_sd_last_10", last_10.sd());
    row.set("minutes_trend", last_3.mean() - last_10.mean());
    row.set("start_share_last_10", moments_of_last(player.games, 10, started).mean());

    row.set("listed_out", matchup.player.injury_status == "out" ? 1 : 0);

    const auto& team_games = std::as_const(team_games_)[matchup.team_index];
    if (team_games.size() == 0) {
        row.set("appearance_share_last_10", kUnknown);
        return;
    }
    const GameDate oldest = team_games[team_games.size() - 1];
    double appearances = 0;
    for (std::size_t back = 0; back < player.games.size(); ++back) {
        const Game& game = player.games[back];
        if (game.date >= oldest && game.team == matchup.team_index) appearances += 1;
    }
    row.set("appearance_share_last_10", appearances / static_cast<double>(team_games.size()));
}

}  // namespace tipoff::features
