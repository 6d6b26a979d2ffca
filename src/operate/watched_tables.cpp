#include "operate/watched_tables.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "conform/analytics_tables.h"
#include "features/feature_tables.h"
#include "forecast/model_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "ledger/ops_tables.h"
#include "operate/watched_collected.h"

namespace tipoff::operate {
namespace {

constexpr std::string_view kBoxPlayers =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT game_id, player_id FROM raw.player_box "
    "WHERE game_date = $1) found";
constexpr std::string_view kBoxTeams =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT game_id, team_id FROM raw.player_box "
    "WHERE game_date = $1) found";

/// Whoever last appeared for one of the day's teams, this season or last: what the conform step
/// goes by, lists of players aside, counted in another way. By what is stated: a home whose other
/// dates were never conformed expects the same. A game's id has its season in its fourth and fifth
/// characters.
constexpr std::string_view kPlayersOfTheTeams = R"sql(
SELECT CAST(count(*) AS BIGINT) FROM (
    SELECT DISTINCT ON (player_id) team_id, CAST(substr(game_id, 4, 2) AS INTEGER) AS season
    FROM raw.player_box
    WHERE game_date BETWEEN CAST($1 AS DATE) - 660 AND CAST($1 AS DATE) - 1
    ORDER BY player_id, game_date DESC) last
JOIN (SELECT home_team_id AS team_id, CAST(substr(game_id, 4, 2) AS INTEGER) AS season
      FROM analytics.game WHERE game_date = $1 AND status <> 'postponed'
      UNION SELECT away_team_id, CAST(substr(game_id, 4, 2) AS INTEGER)
      FROM analytics.game WHERE game_date = $1 AND status <> 'postponed') playing USING (team_id)
WHERE last.season + 1 >= playing.season
)sql";
constexpr std::string_view kPlayerContexts =
    "SELECT CAST(count(*) AS BIGINT) FROM analytics.upcoming_player_game_context WHERE game_date "
    "= $1";
constexpr std::string_view kTeamContexts =
    "SELECT CAST(count(*) AS BIGINT) FROM analytics.upcoming_team_game_context WHERE game_date = "
    "$1";

/// Every expected player by every kind of forecast, told apart by these columns, that the newest
/// date with forecasts has, of this one and the four weeks before.
std::string players_by_kind(std::string_view columns) {
    return fmt::format(R"sql(
WITH kinds AS (
    SELECT DISTINCT game_date, {0} FROM predictions.player_prop_prediction
    WHERE game_date BETWEEN CAST($1 AS DATE) - 28 AND $1
), due AS (
    SELECT DISTINCT {0} FROM kinds
    WHERE game_date = $1 OR game_date = (SELECT max(game_date) FROM kinds WHERE game_date < $1)
)
SELECT CAST((SELECT count(*) FROM analytics.upcoming_player_game_context WHERE game_date = $1) *
            greatest(1, (SELECT count(*) FROM due)) AS BIGINT)
)sql",
                       columns);
}

/// Whom a book quotes and nothing could place is in the grid as well, and in no context.
constexpr std::string_view kExpectationsOfContexts = R"sql(
SELECT CAST(count(*) AS BIGINT) FROM (
    SELECT DISTINCT e.market, e.game_id, e.player_id FROM ops.expectation e
    JOIN analytics.upcoming_player_game_context c ON c.game_id = e.game_id AND c.player_id = e.player_id
    WHERE e.game_date = $1 AND c.game_date = $1) found
)sql";

/// Counts that models were ever fitted for, and those that have one in service.
constexpr std::string_view kModelsFittedAndInService =
    "SELECT CAST(count(DISTINCT market) AS BIGINT), CAST(count(DISTINCT CASE WHEN promoted THEN "
    "market END) AS BIGINT) FROM predictions.model WHERE trained_through < $1 AND EXISTS (SELECT 1 "
    "FROM raw.schedule WHERE game_date = $1)";
constexpr std::string_view kNewestModel =
    "SELECT CAST(max(trained_through) AS TIMESTAMPTZ) FROM predictions.model WHERE trained_through "
    "< $1";

constexpr std::string_view kForecastKeys =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT market, system_id, game_id, player_id "
    "FROM predictions.player_prop_prediction WHERE game_date = $1) found";

constexpr std::string_view kLinedPlayers =
    "SELECT CAST(count(*) AS BIGINT) FROM analytics.upcoming_player_game_context WHERE game_date "
    "= $1 AND points_line IS NOT NULL";
constexpr std::string_view kPickedPlayers =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT game_id, player_id FROM "
    "predictions.pick WHERE game_date = $1 AND market = 'points') found";

constexpr std::string_view kGradable = R"sql(
SELECT CAST(count(*) AS BIGINT) FROM (
    SELECT DISTINCT p.market, p.system_id, p.game_id, p.player_id
    FROM predictions.player_prop_prediction p JOIN analytics.game g USING (game_id)
    WHERE p.game_date = $1 AND g.game_date = $1 AND (g.status = 'postponed' OR (g.status = 'final' AND g.player_rows > 0))) gradable
)sql";
constexpr std::string_view kGradedKeys =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT market, system_id, game_id, player_id "
    "FROM predictions.prediction_accuracy WHERE game_date = $1) found";
constexpr std::string_view kGradedSystems =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT market, system_id FROM "
    "predictions.prediction_accuracy WHERE game_date = $1 AND actual IS NOT NULL) found";
constexpr std::string_view kMeasuredSystems =
    "SELECT CAST(count(*) AS BIGINT) FROM (SELECT DISTINCT market, system_id FROM "
    "predictions.system_performance WHERE game_date = $1) found";

std::vector<WatchedTable> conformed() {
    return {
        {.step = "conform",
         .table = &conform::kGame.spec(),
         .unit = "games",
         .counted = Counted::kGamesStated,
         .due = DueAt::kMorning,
         .possible = {{"pace", 60, 140}, {"overtime_periods", 0, 8}},
         .results = {"home_points", "away_points", "overtime_periods", "possessions", "pace",
                     "player_rows", "shot_rows"}},
        {.step = "conform",
         .table = &conform::kTeamContext.spec(),
         .unit = "teams",
         .counted = Counted::kTeams,
         .due = DueAt::kMorning,
         .newest = "as_of",
         .possible = {{"days_rest", 0, 400}, {"games_last_7_days", 0, 7}, {"players_out", 0, 25}}},
        {.step = "conform",
         .table = &conform::kPlayerContext.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayersOfTheTeams,
         .newest = "as_of",
         .possible = {{"days_rest", 0, 400},
                      {"games_last_7_days", 0, 7},
                      {"minutes_last_7_days", 0, 350},
                      {"points_line", 0, 80}},
         .enough = 0.95},
        {.step = "conform",
         .table = &conform::kPlayerGame.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kAfterGames,
         .expected = kBoxPlayers,
         .newest = "known_at",
         .fresh_for = std::chrono::hours{36},
         .possible = {{"minutes", 0, 75}, {"points", 0, 100}, {"usage_rate", 0, 5}},
         .must_be_known = {"usage_rate"}},
        {.step = "conform",
         .table = &conform::kTeamOffense.spec(),
         .unit = "teams",
         .counted = Counted::kRows,
         .due = DueAt::kAfterGames,
         .expected = kBoxTeams,
         .newest = "known_at",
         .fresh_for = std::chrono::hours{36},
         .possible = {{"points", 30, 250}, {"pace", 60, 140}},
         .must_be_known = {"pace", "offensive_rating"}},
        {.step = "conform",
         .table = &conform::kTeamDefense.spec(),
         .unit = "teams",
         .counted = Counted::kRows,
         .due = DueAt::kAfterGames,
         .expected = kBoxTeams,
         .newest = "known_at",
         .fresh_for = std::chrono::hours{36},
         .possible = {{"points_allowed", 30, 250}},
         .must_be_known = {"defensive_rating"}},
    };
}

std::vector<WatchedTable> of_features() {
    // Box scores come every other day in season.
    constexpr std::chrono::hours kFreshFacts{24 * 4};
    return {
        {.step = "features",
         .table = &features::kFeatureStore.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayerContexts,
         .newest = "source_team_games_last_updated",
         .fresh_for = kFreshFacts,
         .possible = {{"points_mean_last_10", 0, 100},
                      {"minutes_mean_last_10", 0, 70},
                      {"quality_score", 0, 100},
                      {"fatigue_score", 0, 100},
                      {"chance_to_play", 0, 1},
                      {"usage_mean_last_10", 0, 1}},
         .one_in = 3,
         .sampled_by = "player_id",
         .must_be_known = {"points_mean_last_10", "minutes_mean_last_10", "usage_mean_last_10",
                           "team_pace_last_10", "quality_score"}},
        {.step = "features",
         .table = &features::kPlayerShotZones.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayerContexts,
         .newest = "source_player_games_last_updated",
         .fresh_for = kFreshFacts,
         .possible = {{"zone_share_restricted_area", 0, 1}, {"zone_accuracy_paint", 0, 1}},
         .one_in = 3,
         .sampled_by = "player_id"},
        {.step = "features",
         .table = &features::kCompositeFactors.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayerContexts,
         .newest = "source_team_games_last_updated",
         .fresh_for = kFreshFacts,
         .possible = {{"fatigue_score", 0, 100}},
         .one_in = 3,
         .sampled_by = "player_id",
         .must_be_known = {"fatigue_score", "pace_score"}},
        {.step = "features",
         .table = &features::kDailyCache.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayerContexts,
         .newest = "source_player_games_last_updated",
         .fresh_for = kFreshFacts,
         .possible = {{"points_mean_season", 0, 100}, {"minutes_mean_last_10", 0, 70}},
         .one_in = 3,
         .sampled_by = "player_id",
         .must_be_known = {"minutes_mean_last_10"}},
        {.step = "features",
         .table = &features::kTeamDefenceZones.spec(),
         .unit = "teams",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kTeamContexts,
         .newest = "source_team_games_last_updated",
         .fresh_for = kFreshFacts,
         .possible = {{"accuracy_factor_paint", 0, 4}}},
    };
}

std::vector<WatchedTable> of_forecasts() {
    // Once a week, through the day before; that of the next week is as old as this when it is due.
    constexpr std::chrono::hours kFreshModel{24 * 9};
    static const std::string forecasts = players_by_kind("market, system_id");
    // A word on each of them, whatever the systems.
    static const std::string expectations = players_by_kind("market");
    return {
        {.step = "train",
         .table = &forecast::kModel.spec(),
         .unit = "models",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kModelsFittedAndInService,
         .held = kModelsFittedAndInService,
         .newest_sql = kNewestModel,
         .fresh_for = kFreshModel},
        {.step = "forecasts",
         .table = &forecast::kPrediction.spec(),
         .unit = "forecasts",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = forecasts,
         .held = kForecastKeys,
         .newest = "as_of",
         .looked_at = "market = 'points'",
         .possible = {{"mean", 0, 60}, {"sd", 1e-9, 40}, {"p_plays", 0, 1}, {"minutes", 0, 60}},
         .one_in = 3,
         .sampled_by = "player_id",
         .must_be_known = {"mean", "sd", "p_plays", "minutes"}},
        {.step = "forecasts",
         .table = &ledger::kExpectation.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = expectations,
         .held = kExpectationsOfContexts,
         .looked_at = "market = 'points'"},
        {.step = "forecasts",
         .table = &forecast::kPick.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kBeforeGames,
         .expected = kLinedPlayers,
         .held = kPickedPlayers,
         .newest = "as_of",
         .looked_at = "market = 'points'",
         .possible = {{"p_over", 0, 1}, {"p_no_vig", 0, 1}, {"line_value", 0, 80}}},
        {.step = "grades",
         .table = &grade::kAccuracy.spec(),
         .unit = "grades",
         .counted = Counted::kRows,
         .due = DueAt::kAfterGames,
         .expected = kGradable,
         .held = kGradedKeys,
         .looked_at = "market = 'points' AND revision = 0",
         .possible = {{"actual", 0, 100}, {"crps", 0, 100}, {"pit", 0, 1}},
         .one_in = 3,
         .sampled_by = "player_id"},
        {.step = "grades",
         .table = &grade::kSystemPerformance.spec(),
         .unit = "systems",
         .counted = Counted::kRows,
         .due = DueAt::kAfterGames,
         .expected = kGradedSystems,
         .held = kMeasuredSystems,
         .looked_at = "market = 'points' AND population = 'all'",
         .possible = {{"mae", 0, 40}, {"coverage_80", 0, 1}}},
    };
}

}  // namespace

bool WatchedTable::is_by_date() const {
    return std::ranges::find(table->columns, "game_date", &store::ColumnSpec::name) !=
           table->columns.end();
}

std::span<const WatchedTable> watched_tables() {
    static const std::vector<WatchedTable> all = [] {
        std::vector<WatchedTable> tables;
        for (auto room : {watched_collected(), conformed(), of_features(), of_forecasts()})
            std::ranges::move(room, std::back_inserter(tables));
        return tables;
    }();
    return all;
}

const WatchedTable* find_watched(std::string_view table) {
    for (const WatchedTable& watched : watched_tables()) {
        if (watched.table->qualified_name() == table) return &watched;
    }
    return nullptr;
}

}  // namespace tipoff::operate
