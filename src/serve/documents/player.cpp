#include "serve/documents/player.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "grade/chosen_grades.h"
#include "serve/documents/player_head.h"
#include "serve/documents/team_codes.h"

namespace tipoff::serve {
namespace {

/// The team of his newest game or context, whichever is of the later date.
constexpr std::string_view kTeam =
    "SELECT team_id FROM (SELECT game_date, team_id FROM analytics.player_game_summary "
    "WHERE player_id = $1 UNION ALL SELECT game_date, team_id FROM "
    "analytics.upcoming_player_game_context WHERE player_id = $1) AS seen "
    "ORDER BY game_date DESC LIMIT 1";

constexpr std::string_view kRecentGames =
    "SELECT game_id, game_date, season_type, team_id AS team, opponent_team_id AS opponent, "
    "is_home, started, minutes, points, rebounds, assists, three_pointers_made AS threes, steals, "
    "blocks, turnovers, field_goals_made, field_goals_attempted, free_throws_made, "
    "free_throws_attempted, plus_minus, usage_rate, true_shooting "
    "FROM analytics.player_game_summary WHERE player_id = $1 "
    "ORDER BY game_date DESC, game_id DESC LIMIT $2";

constexpr std::string_view kFeatures =
    "SELECT * FROM features.feature_store WHERE player_id = $1 "
    "ORDER BY game_date DESC, game_id DESC LIMIT 1";

constexpr std::string_view kForecasts =
    "SELECT game_id, game_date, market, system_id AS system, as_of, origin, team_id AS team, "
    "opponent_team_id AS opponent, mean, sd, median, quantile_10, quantile_90, minutes, p_plays, "
    "quality_grade, degraded FROM predictions.player_prop_prediction WHERE player_id = $1 "
    "AND game_date = (SELECT max(game_date) FROM predictions.player_prop_prediction "
    "WHERE player_id = $1) ORDER BY as_of DESC, market, system_id";

Expected<Json> rows_json(store::Database& database, std::string_view sql,
                         const store::Values& values) {
    TIPOFF_TRY(const store::Columns found, database.read(sql, values));
    Listing listing = to_listing(found);
    show_teams(listing, kTeamAndOpponent);
    return json_rows(listing);
}

Expected<Json> who(store::Database& database, PlayerId player) {
    TIPOFF_TRY(const store::Columns found,
               database.read("SELECT player_id, player_name AS name, first_seen, last_seen "
                             "FROM ref.player WHERE player_id = $1",
                             {player.value}));
    if (found.rows() == 0) return no_such_player(player);
    Json document = json_rows(to_listing(found)).front();
    TIPOFF_TRY(const store::Columns team, database.read(kTeam, {player.value}));
    document["team"] = tricode_json(
        team.rows() == 0 ? std::nullopt : std::optional(TeamId{team.data[0].integer(0)}));
    return document;
}

/// Sums over the graded forecasts of a market and system, one a game.
struct Sums {
    std::int64_t n = 0;
    double absolute_error = 0;
    double error = 0;
    double crps = 0;
};

Json as_json(const std::pair<std::string, std::string>& key, const Sums& sums) {
    const auto n = static_cast<double>(sums.n);
    return {{"market", key.first},
            {"system", key.second},
            {"n", sums.n},
            {"mae", json_number(sums.absolute_error / n)},
            {"bias", json_number(sums.error / n)},
            {"crps", json_number(sums.crps / n)}};
}

Expected<Json> accuracy(store::Database& database, PlayerId player) {
    TIPOFF_TRY(const auto graded,
               store::read_rows(database, grade::kAccuracy,
                                "WHERE player_id = $1 AND season = (SELECT max(season) FROM "
                                "predictions.prediction_accuracy WHERE player_id = $1)",
                                {player.value}));
    std::map<std::pair<std::string, std::string>, Sums> by_system;
    for (const grade::Grade& grade : grade::chosen_grades(graded, grade::AsOfChoice::kLast)) {
        const grade::Accuracy& newest = *grade.newest;
        if (newest.outcome != grade::kGraded) continue;
        Sums& sums = by_system[{newest.market, newest.system_id}];
        ++sums.n;
        sums.absolute_error += newest.absolute_error;
        sums.error += newest.error;
        sums.crps += newest.crps;
    }
    Json systems = Json::array();
    for (const auto& [key, sums] : by_system)
        systems.push_back(as_json(key, sums));
    return Json{{"season", graded.empty() ? Json(nullptr) : Json(to_string(graded.front().season))},
                {"systems", systems}};
}

}  // namespace

Expected<Json> player_json(store::Database& database, PlayerId player, std::int64_t most_games) {
    Json document;
    TIPOFF_TRY(document["player"], who(database, player));
    TIPOFF_TRY(document["recent_games"],
               rows_json(database, kRecentGames, {player.value, most_games}));
    TIPOFF_TRY(const Json features, rows_json(database, kFeatures, {player.value}));
    document["features"] = features.empty() ? Json(nullptr) : features.front();
    TIPOFF_TRY(document["forecasts"], rows_json(database, kForecasts, {player.value}));
    TIPOFF_TRY(document["accuracy"], accuracy(database, player));
    return document;
}

}  // namespace tipoff::serve
