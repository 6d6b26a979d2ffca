// The board's document and what stands around it: by hand, and against SQL over a whole home.

#include "serve/documents/board.h"

#include <gtest/gtest.h>

#include <map>

#include "serve/documents/board_context.h"
#include "serve/hand_made.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using support::value_of;

using BoardDocument = HandMade;

TEST_F(BoardDocument, ARowHasItsQuantilesItsVenueAndItsParts) {
    put(conform::kGame, {made_game(22200901, "2023-03-01", kDenver, kBoston)});
    auto forecast = made_forecast(22200901, "2023-03-01", 25);
    forecast.contributions = "form 33 min +24.0, opponent +1.0";
    auto away = made_forecast(22200901, "2023-03-01", 20);
    away.player_id = PlayerId{1628369};
    away.team_id = kBoston;
    away.opponent_team_id = kDenver;
    put(forecast::kPrediction, {forecast, away});
    const operate::Board board =
        value_of(operate::board(*database_, {.date = date_of("2023-03-01"), .is_wide = true}));
    const Json rows = board_json(board, BoardForm::kWide)["rows"];
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1]["player"], "Nikola Jokić");
    EXPECT_EQ(rows[1]["quantiles"], Json::parse("[13, 17, 21, 25, 30, 34, 39]"));
    EXPECT_EQ(rows[1]["is_home"], true);
    EXPECT_EQ(rows[1]["contributions"], "form 33 min +24.0, opponent +1.0");
    EXPECT_EQ(rows[0]["is_home"], false);
    EXPECT_TRUE(rows[0]["contributions"].is_null());
    EXPECT_FALSE(board_json(board)["rows"][0].contains("quantiles"));
}

TEST_F(BoardDocument, GamesComeByTipOffWithTheLinesThatStood) {
    auto late = made_game(22200901, "2023-03-01", kDenver, kBoston);
    late.tip_off += std::chrono::hours{2};
    put(conform::kGame, {late, made_game(22200902, "2023-03-01", kUtah, kBoston, 110, 99),
                         made_game(22200903, "2023-03-02", kUtah, kDenver)});
    conform::TeamContext context;
    context.game_id = GameId{22200901};
    context.game_date = date_of("2023-03-01");
    context.as_of = AsOf{instant_of("2023-03-01T20:00:00Z")};
    context.team_id = kDenver;
    context.home_spread = -6.5;
    context.game_total = 228.5;
    put(conform::kTeamContext, {context});
    EXPECT_EQ(
        text_of(board_games_json(*database_, {.date = date_of("2023-03-01")})),
        R"([{"game_id":"0022200902","tip_off":"2023-03-02T00:30:00Z","away":"BOS","home":"UTA",)"
        R"("spread":null,"total":null,"state":"final","away_score":99,"home_score":110},)"
        R"({"game_id":"0022200901","tip_off":"2023-03-02T02:30:00Z","away":"BOS","home":"DEN",)"
        R"("spread":-6.5,"total":228.5,"state":"scheduled","away_score":null,"home_score":null}])");
    // Lines of an hour later did not stand yet.
    const Json earlier =
        value_of(board_games_json(*database_, {.date = date_of("2023-03-01"),
                                               .as_of = AsOf{instant_of("2023-03-01T19:00:00Z")}}));
    EXPECT_TRUE(earlier[1]["spread"].is_null());
}

TEST_F(BoardDocument, RecentGamesAreTheNewestBeforeTheDate) {
    put(conform::kGame, {made_game(22200901, "2023-03-01", kDenver, kBoston)});
    put(forecast::kPrediction, {made_forecast(22200901, "2023-03-01", 25)});
    auto with_all = made_box(22200805, "2023-02-26", 40, 36, kUtah);
    with_all.rebounds = 17;
    with_all.assists = 10;
    with_all.three_pointers_made = 3;
    with_all.is_home = false;
    put(conform::kPlayerGame,
        {made_box(22200801, "2023-02-20", 11), made_box(22200803, "2023-02-24", 20),
         made_box(22200804, "2023-02-25", 0, 0), with_all, made_box(22200901, "2023-03-01", 99),
         made_box(22200902, "2023-03-02", 98)});
    const auto recent = [&](const operate::BoardRequest& request, std::int64_t most) {
        return value_of(recent_games_json(*database_, request,
                                          value_of(operate::board(*database_, request)), most));
    };
    EXPECT_EQ(recent({.date = date_of("2023-03-01")}, 2).dump(),
              R"({"203999":[{"game_date":"2023-02-26","opponent":"UTA","is_home":false,)"
              R"("minutes":36,"points":40,"rebounds":17,"assists":10,"threes":3,"pra":67},)"
              R"({"game_date":"2023-02-24","opponent":"BOS","is_home":true,"minutes":30,)"
              R"("points":20,"rebounds":0,"assists":0,"threes":null,"pra":20}]})");
    EXPECT_EQ(recent({.date = date_of("2023-03-01")}, 20)["203999"].size(), 3U);
    EXPECT_EQ(recent({.date = date_of("2023-03-01"), .player = "nobody"}, 20), Json::object());
}

/// A board as it was two days earlier knows nothing of what was played since.
TEST_F(BoardDocument, ABoardOfAnEarlierInstantHasTheGamesKnownThen) {
    put(conform::kGame, {made_game(22200901, "2023-03-01", kDenver, kBoston)});
    auto forecast = made_forecast(22200901, "2023-03-01", 25);
    forecast.as_of = AsOf{instant_of("2023-02-25T07:00:00Z")};
    put(forecast::kPrediction, {forecast});
    auto corrected = made_box(22200801, "2023-02-20", 11);
    corrected.revision = 1;
    corrected.known_at = KnownAt{instant_of("2023-04-01T00:00:00Z")};
    put(conform::kPlayerGame,
        {corrected, made_box(22200803, "2023-02-23", 20), made_box(22200804, "2023-02-24", 30),
         made_box(22200805, "2023-02-26", 40)});
    // Two in the morning: the game of the 24th is over, its box score comes at six.
    const operate::BoardRequest request{.date = date_of("2023-03-01"),
                                        .as_of = AsOf{instant_of("2023-02-25T07:00:00Z")}};
    const Json games = value_of(recent_games_json(
        *database_, request, value_of(operate::board(*database_, request)), 20))["203999"];
    ASSERT_EQ(games.size(), 2U) << games;
    EXPECT_EQ(games[0]["points"], 20);
    EXPECT_EQ(games[1]["points"], 11);
}

TEST(BoardOfAHome, SaysWhatTheTablesSay) {
    Served served;
    const GameDate date = mini_home().last_day();
    const json board = served.document("/v1/board?date=" + to_string(date) + "&recent=7");
    ASSERT_GT(board["rows"].size(), 0U);
    const auto forecasts = value_of(mini_home().database().read(
        "SELECT p.player_id, p.system_id, p.quantile_025, p.quantile_10, p.quantile_25, p.median, "
        "p.quantile_75, p.quantile_90, p.quantile_975, p.contributions, t.is_home "
        "FROM predictions.player_prop_prediction p JOIN analytics.upcoming_team_game_context t "
        "ON t.game_id = p.game_id AND t.team_id = p.team_id "
        "WHERE p.game_date = $1 AND p.market = 'points'",
        {date}));
    std::map<std::pair<std::int64_t, std::string>, std::size_t> places;
    for (std::size_t i = 0; i < forecasts.rows(); ++i)
        places[{forecasts.data[0].integer(i), std::string(forecasts.data[1].text(i))}] = i;
    for (const json& row : board["rows"]) {
        const std::size_t i = places.at({row["player_id"], row["system"]});
        for (std::size_t q = 0; q < 7; ++q)
            EXPECT_EQ(row["quantiles"][q], forecasts.data[2 + q].integer(i));
        EXPECT_EQ(row["contributions"], forecasts.data[9].text(i));
        EXPECT_EQ(row["is_home"], forecasts.data[10].integer(i) != 0);
    }
    const auto sums = value_of(mini_home().database().read(
        "SELECT CAST(sum(pra) AS BIGINT), count(*) FROM (SELECT CAST(points + rebounds + assists "
        "AS BIGINT) AS "
        "pra, row_number() OVER (PARTITION BY player_id ORDER BY game_date DESC) AS place FROM "
        "analytics.player_game_summary WHERE minutes > 0 AND game_date < $1 AND player_id IN "
        "(SELECT player_id FROM predictions.player_prop_prediction WHERE game_date = $1)) "
        "AS games WHERE place <= 7",
        {date}));
    std::int64_t pra = 0, count = 0;
    for (const json& games : board["recent"]) {
        for (const json& game : games) {
            pra += game["pra"].get<std::int64_t>();
            ++count;
        }
    }
    EXPECT_EQ(pra, sums.data[0].integer(0));
    EXPECT_EQ(count, sums.data[1].integer(0));
    EXPECT_EQ(static_cast<std::int64_t>(board["games"].size()),
              value_of(mini_home().database().read(
                           "SELECT count(*) FROM analytics.game WHERE game_date = $1", {date}))
                  .data[0]
                  .integer(0));
    const json plain = served.document("/v1/board?date=" + to_string(date));
    EXPECT_FALSE(plain.contains("recent") || plain.contains("games"));
    EXPECT_EQ(plain["rows"].size(), board["rows"].size());
}

}  // namespace
}  // namespace tipoff::serve::test
