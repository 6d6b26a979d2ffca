#include "hand_made.h"

#include <limits>

#include "forecast/distribution.h"

namespace tipoff::grade {

GameDate day(int days) {
    using namespace std::chrono;
    return GameDate{sys_days{year{2022} / November / 1}}.plus_days(days);
}

Instant tip_off(GameDate date) { return eastern_instant(date, {19, 30, 0}); }

conform::Game final_game(std::int64_t game_id, GameDate date) {
    conform::Game game;
    game.game_id = GameId{game_id};
    game.game_date = date;
    game.season = kSeason;
    game.tip_off = tip_off(date);
    game.status = "final";
    game.home_team_id = kHomeTeam;
    game.away_team_id = kAwayTeam;
    game.player_rows = 20;
    return game;
}

conform::PlayerGame box(std::int64_t game_id, PlayerId player, GameDate date, std::int32_t minutes,
                        std::int32_t points) {
    conform::PlayerGame row;
    row.game_id = GameId{game_id};
    row.player_id = player;
    row.game_date = date;
    row.season = kSeason;
    row.team_id = kHomeTeam;
    row.opponent_team_id = kAwayTeam;
    row.minutes = minutes;
    row.points = points;
    return row;
}

forecast::Prediction prediction(const conform::Game& game, PlayerId player, double mean,
                                double sd) {
    forecast::Prediction row;
    row.game_id = game.game_id;
    row.player_id = player;
    row.market = "points";
    row.system_id = "system_v1";
    row.as_of = AsOf{game.tip_off};
    row.origin = forecast::kOriginBackfill;
    row.game_date = game.game_date;
    row.season = game.season;
    row.team_id = game.home_team_id;
    row.opponent_team_id = game.away_team_id;
    row.mean = mean;
    row.sd = sd;
    row.median = static_cast<std::int16_t>(forecast::CountDistribution(mean, sd).median());
    row.quality_grade = "A";
    return row;
}

features::FeatureStoreRow feature_row(const forecast::Prediction& prediction) {
    features::FeatureStoreRow row;
    row.game_id = prediction.game_id;
    row.player_id = prediction.player_id;
    row.game_date = prediction.game_date;
    row.season = prediction.season;
    row.as_of = prediction.as_of;
    row.team_id = prediction.team_id;
    row.opponent_team_id = prediction.opponent_team_id;
    row.features.fill(std::numeric_limits<float>::quiet_NaN());
    return row;
}

}  // namespace tipoff::grade
