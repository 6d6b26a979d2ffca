#include "operate/status.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <limits>

namespace tipoff::operate {
namespace {

/// A table of a step, the statement that counts its rows that cannot be, and the rows that it
/// should have.
struct Watched {
    std::string_view step;
    std::string_view table;
    std::string_view newest_fact;  ///< column with the instant of the newest fact behind a row;
                                   ///< empty where there is none
    std::string_view impossible;   ///< condition of rows that cannot be
    std::string_view expected;     ///< statement of one number, $1 the date
};

constexpr std::string_view kExpectedTeams =
    "SELECT CAST(2 * count(*) AS BIGINT) FROM analytics.game WHERE game_date = $1 AND status <> "
    "'postponed'";
constexpr std::string_view kExpectedPlayers =
    "SELECT CAST(count(*) AS BIGINT) FROM analytics.upcoming_player_game_context WHERE game_date = "
    "$1";
constexpr std::string_view kExpectedForecasts =
    "SELECT CAST(count(*) * (SELECT count(DISTINCT system_id) FROM "
    "predictions.player_prop_prediction) AS BIGINT) FROM analytics.upcoming_player_game_context "
    "WHERE game_date = $1";
constexpr std::string_view kExpectedGrades =
    "SELECT CAST(count(*) AS BIGINT) FROM predictions.player_prop_prediction p JOIN analytics.game "
    "g USING (game_id) WHERE p.game_date = $1 AND g.status IN ('final', 'postponed')";

constexpr std::array kWatched{
    Watched{"conform", "analytics.upcoming_team_game_context", "",
            "days_rest < 0 OR games_last_7_days > 7", kExpectedTeams},
    Watched{"conform", "analytics.upcoming_player_game_context", "",
            "games_last_7_days > 7 OR days_rest < 0", kExpectedPlayers},
    Watched{"features", "features.feature_store", "source_team_games_last_updated",
            "points_mean_last_10 > 100 OR minutes_mean_last_10 > 70 OR quality_score NOT BETWEEN 0 "
            "AND 100",
            kExpectedPlayers},
    Watched{"features", "features.player_composite_factors", "source_team_games_last_updated",
            "fatigue_score NOT BETWEEN 0 AND 100", kExpectedPlayers},
    Watched{"features", "features.player_daily_cache", "source_player_games_last_updated",
            "points_mean_season > 100", kExpectedPlayers},
    Watched{"forecasts", "predictions.player_prop_prediction", "",
            "mean < 0 OR mean > 60 OR sd <= 0 OR p_plays NOT BETWEEN 0 AND 1", kExpectedForecasts},
    Watched{"grades", "predictions.prediction_accuracy", "",
            "actual < 0 OR crps < 0 OR pit NOT BETWEEN 0 AND 1", kExpectedGrades},
};

/// Facts older than this before a game are stale: box scores come every other day in season.
constexpr std::chrono::hours kFreshFacts{24 * 4};

Expected<std::int64_t> one_number(store::Database& database, std::string_view sql, GameDate date) {
    TIPOFF_TRY(const store::Columns rows, database.read(sql, {date}));
    return rows.rows() == 0 || rows.data[0].is_null(0) ? 0 : rows.data[0].integer(0);
}

Expected<LightReading> job_light(store::Database& database, std::string_view step, GameDate date) {
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT state, reason FROM ops.run WHERE step = $1 AND scope_from <= "
                             "$2 AND scope_to >= $2 "
                             "ORDER BY fencing_token DESC LIMIT 1",
                             {std::string(step), date}));
    if (rows.rows() == 0) return LightReading{Light::kRed, "never ran"};
    const auto state = std::string(rows.data[0].text(0));
    if (state == "succeeded") return LightReading{Light::kGreen, state};
    if (state == "running") return LightReading{Light::kYellow, state};
    return LightReading{Light::kRed, fmt::format("{} {}", state, rows.data[1].text(0))};
}

Expected<LightReading> age_light(store::Database& database, const Watched& watched, GameDate date) {
    if (watched.newest_fact.empty()) return LightReading{Light::kGreen, "as of tip-off"};
    TIPOFF_TRY(const store::Columns rows,
               database.read(
                   fmt::format("SELECT as_of, {} FROM {} WHERE game_date = $1 AND {} IS NOT NULL "
                               "ORDER BY {} DESC LIMIT 1",
                               watched.newest_fact, watched.table, watched.newest_fact,
                               watched.newest_fact),
                   {date}));
    if (rows.rows() == 0) return LightReading{Light::kYellow, "no facts"};
    const auto newest =
        std::chrono::floor<std::chrono::hours>(store::ColumnCodec<Instant>::get(rows.data[0], 0) -
                                               store::ColumnCodec<Instant>::get(rows.data[1], 0));
    return LightReading{newest > kFreshFacts ? Light::kYellow : Light::kGreen,
                        fmt::format("{} h", newest.count())};
}

Expected<LightReading> completeness_light(store::Database& database, const Watched& watched,
                                          GameDate date) {
    TIPOFF_TRY(const auto expected, one_number(database, watched.expected, date));
    TIPOFF_TRY(
        const auto held,
        one_number(database,
                   fmt::format("SELECT CAST(count(*) AS BIGINT) FROM {} WHERE game_date = $1",
                               watched.table),
                   date));
    const Light light = held >= expected ? Light::kGreen : held > 0 ? Light::kYellow : Light::kRed;
    return LightReading{light, fmt::format("{} of {}", held, expected)};
}

Expected<LightReading> sanity_light(store::Database& database, const Watched& watched,
                                    GameDate date) {
    TIPOFF_TRY(
        const auto impossible,
        one_number(
            database,
            fmt::format("SELECT CAST(count(*) AS BIGINT) FROM {} WHERE game_date = $1 AND ({})",
                        watched.table, watched.impossible),
            date));
    if (impossible == 0) return LightReading{Light::kGreen, "all possible"};
    return LightReading{Light::kRed, fmt::format("{} impossible", impossible)};
}

Status fill_counts(store::Database& database, StatusReport& report) {
    const GameDate date = report.date;
    TIPOFF_TRY(
        report.games,
        one_number(database,
                   "SELECT CAST(count(*) AS BIGINT) FROM analytics.game WHERE game_date = $1",
                   date));
    TIPOFF_TRY(const store::Columns store,
               database.read("SELECT CAST(count(DISTINCT player_id) AS BIGINT), "
                             "CAST(count(DISTINCT team_id) AS BIGINT) "
                             "FROM features.feature_store WHERE game_date = $1",
                             {date}));
    report.feature_store.players = store.data[0].integer(0);
    report.feature_store.teams = store.data[1].integer(0);
    TIPOFF_TRY(
        const store::Columns predictions,
        database.read(
            "SELECT CAST(count(DISTINCT player_id) AS BIGINT), CAST(count(*) AS BIGINT), "
            "CAST(count(DISTINCT system_id) AS BIGINT), CAST(count(DISTINCT market) AS BIGINT) "
            "FROM predictions.player_prop_prediction WHERE game_date = $1",
            {date}));
    report.predictions.players = predictions.data[0].integer(0);
    report.predictions.rows = predictions.data[1].integer(0);
    report.predictions.systems = predictions.data[2].integer(0);
    report.predictions.markets = predictions.data[3].integer(0);
    TIPOFF_TRY(
        const store::Columns factors,
        database.read(
            "SELECT CAST(count(*) AS BIGINT), CAST(count(fatigue_score) AS BIGINT), "
            "CAST(count(shot_zone_mismatch_score) AS BIGINT), CAST(count(pace_score) AS BIGINT), "
            "CAST(count(usage_spike_score) AS BIGINT) FROM features.player_composite_factors WHERE "
            "game_date = $1",
            {date}));
    const auto rows = factors.data[0].integer(0);
    const auto share = [&](std::size_t column) {
        return rows == 0 ? std::numeric_limits<double>::quiet_NaN()
                         : static_cast<double>(factors.data[column].integer(0)) /
                               static_cast<double>(rows);
    };
    report.composite_factors = {rows, share(1), share(2), share(3), share(4)};
    TIPOFF_TRY(
        const store::Columns cache,
        database.read(
            "SELECT failure_reason, CAST(count(*) AS BIGINT) FROM features.player_daily_cache "
            "WHERE game_date = $1 GROUP BY failure_reason ORDER BY failure_reason",
            {date}));
    for (std::size_t i = 0; i < cache.rows(); ++i) {
        const auto reason = std::string(cache.data[0].text(i));
        const auto count = cache.data[1].integer(i);
        if (reason.empty()) {
            report.daily_cache.passed += count;
        } else {
            report.daily_cache.failed += count;
            report.daily_cache.reasons[reason] = count;
        }
    }
    return {};
}

}  // namespace

std::string_view to_string(Light light) {
    switch (light) {
        case Light::kGreen: return "green";
        case Light::kYellow: return "yellow";
        case Light::kRed: return "red";
    }
    throw InvariantBroken("a Light without a name");
}

Expected<StatusReport> status(store::Database& database, GameDate date) {
    StatusReport report;
    report.date = date;
    TIPOFF_CHECK(fill_counts(database, report));
    for (const Watched& watched : kWatched) {
        StatusLights lights{.step = std::string(watched.step),
                            .table = std::string(watched.table),
                            .job = {},
                            .age = {},
                            .completeness = {},
                            .sanity = {}};
        TIPOFF_TRY(lights.job, job_light(database, watched.step, date));
        TIPOFF_TRY(lights.age, age_light(database, watched, date));
        TIPOFF_TRY(lights.completeness, completeness_light(database, watched, date));
        TIPOFF_TRY(lights.sanity, sanity_light(database, watched, date));
        report.lights.push_back(std::move(lights));
    }
    return report;
}

}  // namespace tipoff::operate
