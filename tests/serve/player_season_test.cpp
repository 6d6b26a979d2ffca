// A player's season and its splits: by hand, and against SQL over a whole home.

#include "serve/documents/player_season.h"

#include <gtest/gtest.h>

#include "features/feature_tables.h"
#include "serve/hand_made.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using support::value_of;

class PlayerSeason : public HandMade {
protected:
    Json season(Market market = Market::kPoints) {
        return value_of(player_season_json(
            *database_, {.player = kJokic, .season = Season::starting_in(2022), .market = market}));
    }
    Json splits() { return value_of(player_splits_json(*database_, {.player = kJokic})); }

    /// What was known before a game for which he was expected.
    void expect_him(std::int64_t id, std::string_view date, std::optional<std::int32_t> days_rest,
                    double defence_factor) {
        conform::PlayerContext context;
        context.game_id = GameId{id};
        context.player_id = kJokic;
        context.game_date = date_of(date);
        context.season = season_of(context.game_date);
        context.team_id = kDenver;
        context.opponent_team_id = kBoston;
        context.days_rest = days_rest;
        put(conform::kPlayerContext, {context});
        features::FeatureStoreRow row;
        row.game_id = context.game_id;
        row.player_id = kJokic;
        row.game_date = context.game_date;
        row.season = context.season;
        row.features.fill(std::numeric_limits<float>::quiet_NaN());
        row.features[features::feature_index("opponent_defence_factor")] =
            static_cast<float>(defence_factor);
        put(features::kFeatureStore, {row});
    }

    static forecast::Pick line_of(const forecast::Prediction& said, std::string book, double line,
                                  double p_over) {
        forecast::Pick pick;
        pick.game_id = said.game_id;
        pick.player_id = said.player_id;
        pick.market = said.market;
        pick.system_id = said.system_id;
        pick.as_of = said.as_of;
        pick.origin = said.origin;
        pick.game_date = said.game_date;
        pick.book = std::move(book);
        pick.line_value = line;
        pick.p_over = p_over;
        return pick;
    }
};

TEST_F(PlayerSeason, GamesThatHePlayedAndThoseThatHeDidNot) {
    put(conform::kGame, {made_game(22200805, "2023-02-26", kUtah, kDenver, 99, 101),
                         made_game(22200901, "2023-03-01", kDenver, kBoston)});
    auto away = made_box(22200805, "2023-02-26", 40, 36, kUtah);
    away.is_home = false;
    put(conform::kPlayerGame, {away, made_box(22100100, "2021-12-01", 10)});
    put(forecast::kPrediction, {made_forecast(22200901, "2023-03-01", 25)});
    expect_him(22200901, "2023-03-01", 2, 1);
    EXPECT_EQ(
        season().dump(),
        R"({"player":{"player_id":203999,"name":"Nikola Jokić"},"seasons":["2022-23","2021-22"],)"
        R"("season":"2022-23","market":"points","games":[)"
        R"({"game_id":"0022200805","game_date":"2023-02-26","opponent":"UTA","is_home":false,)"
        R"("minutes":36,"actual":40,"line":null,"rest_days":null,"forecasts":[]},)"
        R"({"game_id":"0022200901","game_date":"2023-03-01","opponent":"BOS","is_home":true,)"
        R"("minutes":null,"actual":null,"line":null,"rest_days":2,"forecasts":[)"
        R"({"system":"moving_average_v1","as_of":"2023-03-02T00:30:00Z","origin":"backfill",)"
        R"("mean":25.0,"minutes":0.0,"quantiles":[13,17,21,25,30,34,39],"line":null,)"
        R"("p_over":null,"p_push":null}]}]})");
    EXPECT_EQ(season(Market::kThrees)["games"].size(), 1U);
    EXPECT_TRUE(season(Market::kThrees)["games"][0]["actual"].is_null());
}

/// A live forecast before a backfilled one, the later of two, and none from after tip-off.
TEST_F(PlayerSeason, TheLastForecastBeforeTipOffCounts) {
    const auto game = made_game(22200901, "2023-03-01", kDenver, kBoston, 120, 100);
    put(conform::kGame, {game});
    auto morning = made_forecast(22200901, "2023-03-01", 21);
    morning.origin = forecast::kOriginLive;
    morning.as_of = AsOf{game.tip_off - std::chrono::hours{9}};
    auto evening = morning;
    evening.mean = 22;
    evening.as_of = AsOf{game.tip_off - std::chrono::minutes{1}};
    auto late = morning;
    late.mean = 99;
    late.as_of = AsOf{game.tip_off + std::chrono::minutes{1}};
    put(forecast::kPrediction, {morning, evening, late, made_forecast(22200901, "2023-03-01", 30),
                                made_forecast(22200901, "2023-03-01", 24, "zone_matchup_v1")});
    const Json forecasts = season()["games"][0]["forecasts"];
    ASSERT_EQ(forecasts.size(), 2U);
    EXPECT_EQ(forecasts[0]["mean"], 22);
    EXPECT_EQ(forecasts[0]["origin"], "live");
    EXPECT_EQ(forecasts[1]["system"], "zone_matchup_v1");
    EXPECT_EQ(forecasts[1]["mean"], 24);
}

TEST_F(PlayerSeason, TheLineIsTheMiddleBooksTheLowerOfTwo) {
    put(conform::kGame, {made_game(22200901, "2023-03-01", kDenver, kBoston)});
    const auto said = made_forecast(22200901, "2023-03-01", 25);
    put(forecast::kPrediction, {said});
    auto alternate = line_of(said, "b", 12.5, 0.99);
    alternate.is_main_line = false;
    put(forecast::kPick, {line_of(said, "a", 27.5, 0.3), line_of(said, "b", 24.5, 0.5), alternate,
                          line_of(said, "c", 23.5, 0.6), line_of(said, "d", 25.5, 0.4)});
    const Json game = season()["games"][0];
    EXPECT_EQ(game["line"], 24.5);
    EXPECT_EQ(game["forecasts"][0]["line"], 24.5);
    EXPECT_EQ(game["forecasts"][0]["p_over"], 0.5);
    put(forecast::kPick, {line_of(said, "e", 28.5, 0.2)});
    EXPECT_EQ(season()["games"][0]["line"], 25.5);
}

TEST_F(PlayerSeason, SplitsAreOfGamesWithMinutes) {
    auto first = made_box(22200101, "2022-11-02", 20, 30);
    first.started = true;
    auto second = made_box(22200102, "2022-11-04", 26, 36);
    second.started = false;
    second.is_home = false;
    auto third = made_box(22200201, "2022-12-01", 29, 33);
    put(conform::kPlayerGame, {first, second, third, made_box(22200202, "2022-12-03", 0, 0)});
    expect_him(22200101, "2022-11-02", {}, 0.9);
    expect_him(22200102, "2022-11-04", 1, 1.0);
    expect_him(22200201, "2022-12-01", 26, 1.1);
    // 20 and 29 at home: mean 24.5, each 4.5 away from it, so sd is sqrt(40.5).
    const std::string said = splits()["splits"].dump();
    const auto expect = [&said](std::string_view text) {
        EXPECT_NE(said.find(text), std::string::npos) << text << "\n" << said;
    };
    expect(R"([{"by":"venue","value":"away","games":1,"mean":26.0,"sd":null,"minutes":36.0},)");
    expect(R"({"by":"venue","value":"home","games":2,"mean":24.5,"sd":6.363961030678928,)"
           R"("minutes":31.5})");
    expect(R"({"by":"rest","value":"1","games":1,"mean":26.0)");
    expect(R"({"by":"rest","value":"3+","games":1,"mean":29.0)");
    expect(R"({"by":"rest","value":"unknown","games":1,"mean":20.0)");
    expect(R"({"by":"opponent_tier","value":"average","games":1,"mean":26.0)");
    expect(R"({"by":"opponent_tier","value":"strong","games":1,"mean":20.0)");
    expect(R"({"by":"opponent_tier","value":"weak","games":1,"mean":29.0)");
    expect(R"({"by":"starter","value":"bench","games":1,"mean":26.0)");
    expect(R"({"by":"starter","value":"starter","games":1,"mean":20.0)");
    expect(R"({"by":"starter","value":"unknown","games":1,"mean":29.0)");
    expect(R"({"by":"month","value":"2022-11","games":2,"mean":23.0)");
    EXPECT_EQ(splits()["season"], "2022-23");
}

TEST_F(PlayerSeason, APlayerWithoutGamesHasNone) {
    const Json empty = value_of(player_season_json(*database_, {.player = kJokic}));
    EXPECT_TRUE(empty["season"].is_null());
    EXPECT_TRUE(empty["games"].empty() && empty["seasons"].empty());
    EXPECT_TRUE(splits()["splits"].empty());
    EXPECT_EQ(support::outcome_of(player_season_json(*database_, {.player = PlayerId{7}})),
              "not found");
}

/// Over a whole home, what the documents say is what the tables say.
TEST(PlayerSeasonOfAHome, SaysWhatTheTablesSay) {
    Served served;
    store::Database& database = mini_home().database();
    const auto most = value_of(database.read(
        "SELECT player_id, max(season), count(*) FROM analytics.player_game_summary WHERE season = "
        "(SELECT max(season) FROM analytics.player_game_summary) GROUP BY player_id "
        "ORDER BY 3 DESC, 1 LIMIT 1",
        {}));
    const std::int64_t id = most.data[0].integer(0);
    const std::string season(most.data[1].text(0));
    const std::string player = "/v1/players/" + std::to_string(id);
    const json games = served.document(player + "/season?market=pra&season=" + season)["games"];
    const auto sums = value_of(database.read(
        "SELECT count(*), CAST(sum(points + rebounds + assists) AS BIGINT), CAST(sum(minutes) AS "
        "BIGINT) FROM analytics.player_game_summary WHERE player_id = $1 AND season = $2",
        {id, season}));
    std::int64_t played = 0, actual = 0, minutes = 0;
    for (const json& game : games) {
        if (game["minutes"].is_null()) continue;
        ++played;
        actual += game["actual"].get<std::int64_t>();
        minutes += game["minutes"].get<std::int64_t>();
    }
    EXPECT_EQ(played, sums.data[0].integer(0));
    EXPECT_EQ(actual, sums.data[1].integer(0));
    EXPECT_EQ(minutes, sums.data[2].integer(0));

    const json points = served.document(player + "/season?season=" + season)["games"];
    const auto said = value_of(database.read(
        "SELECT count(*), sum(mean) FROM predictions.player_prop_prediction WHERE player_id = $1 "
        "AND season = $2 AND market = 'points'",
        {id, season}));
    std::int64_t forecasts = 0;
    double means = 0;
    for (const json& game : points) {
        for (const json& forecast : game["forecasts"]) {
            ++forecasts;
            means += forecast["mean"].get<double>();
        }
    }
    EXPECT_GT(forecasts, 0);
    EXPECT_EQ(forecasts, said.data[0].integer(0));
    EXPECT_NEAR(means, said.data[1].number(0), 1e-6);

    const json splits = served.document(player + "/splits?season=" + season)["splits"];
    const auto venues = value_of(database.read(
        "SELECT CASE WHEN is_home THEN 'home' ELSE 'away' END, count(*), CAST(avg(points) AS "
        "DOUBLE), CAST(stddev_samp(points) AS DOUBLE), CAST(avg(minutes) AS DOUBLE) FROM "
        "analytics.player_game_summary WHERE player_id = $1 AND season = $2 AND minutes > 0 "
        "GROUP BY 1 ORDER BY 1",
        {id, season}));
    ASSERT_EQ(venues.rows(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(splits[i]["by"], "venue");
        EXPECT_EQ(splits[i]["value"], venues.data[0].text(i));
        EXPECT_EQ(splits[i]["games"], venues.data[1].integer(i));
        EXPECT_NEAR(splits[i]["mean"].get<double>(), venues.data[2].number(i), 1e-9);
        EXPECT_NEAR(splits[i]["sd"].get<double>(), venues.data[3].number(i), 1e-9);
        EXPECT_NEAR(splits[i]["minutes"].get<double>(), venues.data[4].number(i), 1e-9);
    }
}

}  // namespace
}  // namespace tipoff::serve::test
