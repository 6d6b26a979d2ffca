// Shot zones and features of a player at a date: by hand, against SQL, and blind to what came
// later.

#include "serve/documents/player_shots.h"

#include <gtest/gtest.h>

#include <set>

#include "features/feature_list.h"
#include "features/feature_origins.h"
#include "features/feature_tables.h"
#include "serve/documents/player_features.h"
#include "serve/hand_made.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using support::value_of;

class PlayerShots : public HandMade {
protected:
    Json shots(std::string_view date = "2023-03-01") {
        return value_of(player_shots_json(*database_, kJokic, date_of(date)));
    }

    /// Counts of a game with shots on record.
    template <class Row>
    static void chart(Row& row, std::int32_t rim, std::int32_t rim_made, std::int32_t left_corner,
                      std::int32_t right_corner, std::int32_t corners_made) {
        for (auto* count :
             {&row.restricted_area_attempts, &row.restricted_area_makes, &row.paint_attempts,
              &row.paint_makes, &row.mid_range_attempts, &row.mid_range_makes,
              &row.left_corner_3_attempts, &row.left_corner_3_makes, &row.right_corner_3_attempts,
              &row.right_corner_3_makes, &row.above_break_3_attempts, &row.above_break_3_makes,
              &row.backcourt_attempts, &row.backcourt_makes})
            *count = 0;
        row.restricted_area_attempts = rim;
        row.restricted_area_makes = rim_made;
        row.left_corner_3_attempts = left_corner;
        row.right_corner_3_attempts = right_corner;
        row.right_corner_3_makes = corners_made;
    }

    static conform::TeamOffense team_chart(std::int64_t id, std::string_view date, TeamId team,
                                           TeamId opponent, std::int32_t rim,
                                           std::int32_t rim_made) {
        conform::TeamOffense row;
        row.game_id = GameId{id};
        row.team_id = team;
        row.opponent_team_id = opponent;
        row.game_date = date_of(date);
        row.season = season_of(row.game_date);
        chart(row, rim, rim_made, 0, 0, 0);
        return row;
    }

    static collect::Shot shot(std::int64_t id, std::int32_t event, double x, bool made,
                              std::string source = "shots", std::int32_t revision = 0) {
        collect::Shot shot;
        shot.source = std::move(source);
        shot.game_id = GameId{id};
        shot.event = event;
        shot.revision = revision;
        shot.game_date = date_of("2023-02-26");
        shot.team_id = kDenver;
        shot.player_id = kJokic;
        shot.made = made;
        shot.x_feet = x;
        shot.y_feet = 1;
        return shot;
    }

    void meet_boston(std::string_view date) {
        conform::PlayerContext context;
        context.game_id = GameId{22200901};
        context.player_id = kJokic;
        context.game_date = date_of(date);
        context.season = season_of(context.game_date);
        context.team_id = kDenver;
        context.opponent_team_id = kBoston;
        context.as_of = AsOf{instant_of("2023-03-01T17:00:00Z")};
        put(conform::kPlayerContext, {context});
    }
};

TEST_F(PlayerShots, ZonesBesideTheLeagueAndTheOpponent) {
    auto first = made_box(22200801, "2023-02-20", 20);
    chart(first, 6, 3, 1, 2, 1);
    auto second = made_box(22200805, "2023-02-26", 20);
    chart(second, 10, 9, 0, 1, 0);
    auto later = made_box(22200901, "2023-03-01", 20);
    chart(later, 50, 50, 0, 0, 0);
    put(conform::kPlayerGame, {first, second, later, made_box(22200803, "2023-02-22", 20)});
    put(conform::kTeamOffense, {team_chart(22200801, "2023-02-20", kDenver, kBoston, 20, 10),
                                team_chart(22200805, "2023-02-26", kUtah, kBoston, 20, 14),
                                team_chart(22200806, "2023-02-26", kDenver, kUtah, 60, 26),
                                team_chart(22200901, "2023-03-01", kDenver, kBoston, 90, 90),
                                team_chart(22100901, "2022-03-01", kDenver, kBoston, 90, 90)});
    meet_boston("2023-03-01");
    const Json document = shots();
    EXPECT_EQ(document["as_of"], "2023-03-01T17:00:00Z");
    EXPECT_EQ(document["team"], "DEN");
    EXPECT_EQ(document["opponent"], "BOS");
    EXPECT_EQ(document["window"],
              "2022-23 before 2023-03-01: 2 of his 3 games have shots on record");
    EXPECT_TRUE(document["why"].is_null());
    ASSERT_EQ(document["zones"].size(), 5U);
    // 16 of 20 attempts; the league makes 50 of 100, those who meet Boston 24 of 40.
    const Json rim = document["zones"][0];
    EXPECT_EQ(rim["zone"], "restricted_area");
    EXPECT_EQ(rim["attempts"], 16);
    EXPECT_EQ(rim["made"], 12);
    EXPECT_EQ(rim["pct"], 0.75);
    EXPECT_EQ(rim["attempt_share"], 0.8);
    EXPECT_EQ(rim["league_pct"], 0.5);
    EXPECT_EQ(rim["defence_pct"], 0.6);
    EXPECT_NEAR(rim["defence_league_diff"].get<double>(), 0.1, 1e-12);
    EXPECT_TRUE(rim["defence_factor"].is_null());
    const Json corner = document["zones"][3];
    EXPECT_EQ(corner["zone"], "corner_3");
    EXPECT_EQ(corner["attempts"], 4);
    EXPECT_EQ(corner["pct"], 0.25);
    EXPECT_TRUE(corner["league_pct"].is_null() && corner["defence_league_diff"].is_null());
    const Json paint = document["zones"][1];
    EXPECT_EQ(paint["attempts"], 0);
    EXPECT_TRUE(paint["pct"].is_null());
}

TEST_F(PlayerShots, TheFactorIsTheOneThatTheSystemsRead) {
    meet_boston("2023-03-01");
    features::DefenceZoneRow row;
    row.game_id = GameId{22200901};
    row.team_id = kBoston;
    row.game_date = date_of("2023-03-01");
    row.accuracy_factor = {0.9, 1, 1.1, 1.2, 1.3};
    auto other = row;
    other.team_id = kDenver;
    other.accuracy_factor = {};
    put(features::kTeamDefenceZones, {row, other});
    const Json zones = shots()["zones"];
    EXPECT_EQ(zones[0]["defence_factor"], 0.9);
    EXPECT_EQ(zones[4]["defence_factor"], 1.3);
}

TEST_F(PlayerShots, WhatIsNotKnownIsNullAndSaysWhy) {
    EXPECT_EQ(shots()["why"],
              "he has no game of the season before the date; he has no game on the date");
    put(conform::kPlayerGame, {made_box(22200801, "2023-02-20", 20)});
    meet_boston("2023-03-01");
    const Json document = shots();
    EXPECT_EQ(document["why"],
              "none of his 1 games of the season before the date has shots on record; no game of "
              "the opponent before the date has shots on record");
    EXPECT_TRUE(document["zones"][0]["attempts"].is_null());
    EXPECT_TRUE(document["zones"][0]["attempt_share"].is_null());
    EXPECT_TRUE(document["attempts"].empty());
    EXPECT_EQ(
        support::outcome_of(player_shots_json(*database_, PlayerId{7}, date_of("2023-03-01"))),
        "not found");
}

/// The newest first; of a shot the newest statement, of a game the chart that is believed first,
/// and none of a game whose chart the summary did not take.
TEST_F(PlayerShots, AttemptsAreThoseBehindTheZones) {
    auto charted = made_box(22200805, "2023-02-26", 20);
    chart(charted, 2, 1, 0, 0, 0);
    put(conform::kPlayerGame, {charted, made_box(22200803, "2023-02-22", 20)});
    put(collect::kShot,
        {shot(22200805, 1, 0.5, false), shot(22200805, 1, 0.5, true, "shots", 1),
         shot(22200805, 2, 1.5, false), shot(22200805, 1, 9, true, "shots_partial"),
         shot(22200805, 3, 7, true, "nbac_play_by_play"), shot(22200803, 1, 8, true)});
    EXPECT_EQ(shots()["attempts"].dump(),
              R"([{"x":1.5,"y":1.0,"made":false},{"x":0.5,"y":1.0,"made":true}])");
    EXPECT_TRUE(shots("2023-02-26")["attempts"].empty());
}

TEST_F(PlayerShots, FeaturesAreOfTheNewestRowAndSayWhereTheyComeFrom) {
    features::FeatureStoreRow row;
    row.game_id = GameId{22200805};
    row.player_id = kJokic;
    row.game_date = date_of("2023-02-26");
    row.season = season_of(row.game_date);
    row.as_of = AsOf{instant_of("2023-02-27T00:30:00Z")};
    row.team_id = kDenver;
    row.opponent_team_id = kBoston;
    row.features.fill(std::numeric_limits<float>::quiet_NaN());
    row.features[features::feature_index("points_mean_last_5")] = 24.2F;
    row.quality_grade = "B";
    auto later = row;
    later.game_id = GameId{22200901};
    later.game_date = date_of("2023-03-01");
    put(features::kFeatureStore, {row, later});
    const Json document = value_of(player_features_json(*database_, kJokic, date_of("2023-02-28")));
    EXPECT_EQ(document["game_date"], "2023-02-26");
    EXPECT_EQ(document["opponent"], "BOS");
    EXPECT_EQ(document["quality_grade"], "B");
    ASSERT_EQ(document["features"].size(), features::kFeatureCount);
    const Json known = document["features"][features::feature_index("points_mean_last_5")];
    EXPECT_EQ(known.dump(),
              R"({"name":"points_mean_last_5","value":24.2,"unit":"points","meaning":"Points a )"
              R"(game, last 5.","group":"Scoring form","column":)"
              R"("features.feature_store.points_mean_last_5","inputs":"player games","source":)"
              R"(["analytics.player_game_summary"],"as_of":"2023-02-27T00:30:00Z","why_missing":)"
              R"(null})");
    const Json missing = document["features"][features::feature_index("zone_share_paint")];
    EXPECT_TRUE(missing["value"].is_null());
    EXPECT_EQ(missing["why_missing"], "too few games with shots on record");
    const Json none = value_of(player_features_json(*database_, kJokic, date_of("2023-02-25")));
    EXPECT_TRUE(none["features"].empty() && none["as_of"].is_null());
}

TEST(PlayerFeatures, EverySourceIsATable) {
    std::set<std::string> tables;
    for (const store::TableSpec* spec : operate::catalogue())
        tables.insert(spec->qualified_name());
    for (const features::FeatureSpec& spec : features::kFeatures) {
        for (const std::string_view table : features::tables_behind(spec))
            EXPECT_TRUE(tables.contains(std::string(table))) << spec.name << " " << table;
    }
}

/// Whatever happens on a date and after it, the documents of the date stay to the byte.
TEST(PlayerOfAHome, NothingOfTheDateOrLaterShows) {
    operate::test::MiniHome home;
    store::Database& database = home.database();
    support::execute(
        database,
        "INSERT INTO ref.player SELECT player_id, max(player_name), 'x', "
        "min(game_date), max(game_date) FROM analytics.player_game_summary g WHERE NOT "
        "EXISTS (SELECT 1 FROM ref.player p WHERE p.player_id = g.player_id) GROUP BY "
        "player_id");
    const PlayerId player{
        value_of(database.read("SELECT min(player_id) FROM analytics.player_game_summary WHERE "
                               "game_date = $1 AND restricted_area_attempts > 0",
                               {home.last_day()}))
            .data[0]
            .integer(0)};
    const auto documents = [&] {
        return text_of(player_shots_json(database, player, home.last_day())) +
               text_of(player_features_json(database, player, home.last_day()));
    };
    const std::string before = documents();
    for (const char* table :
         {"analytics.player_game_summary", "analytics.team_offense_game_summary"})
        EXPECT_GT(home.change("UPDATE " + std::string(table) +
                              " SET restricted_area_makes = 0 WHERE game_date >= $1"),
                  0);
    EXPECT_EQ(documents(), before);
    // The day before shows.
    home.change(
        "UPDATE analytics.player_game_summary SET restricted_area_makes = 0 "
        "WHERE game_date < $1");
    EXPECT_NE(documents(), before);
}

TEST(PlayerOfAHome, ZonesAreSumsOfTheTables) {
    Served served;
    store::Database& database = mini_home().database();
    const GameDate date = mini_home().last_day();
    const auto found = value_of(database.read(
        "SELECT player_id, CAST(sum(restricted_area_attempts) AS BIGINT), "
        "CAST(sum(left_corner_3_makes + right_corner_3_makes) AS BIGINT) FROM "
        "analytics.player_game_summary WHERE game_date < $1 AND season = $2 AND player_id = "
        "(SELECT min(player_id) FROM analytics.player_game_summary WHERE game_date = $1 AND "
        "restricted_area_attempts > 0) GROUP BY player_id",
        {date, to_string(season_of(date))}));
    ASSERT_EQ(found.rows(), 1U);
    const json document =
        served.document("/v1/players/" + std::to_string(found.data[0].integer(0)) +
                        "/shots?date=" + to_string(date));
    EXPECT_EQ(document["zones"][0]["attempts"], found.data[1].integer(0));
    EXPECT_EQ(document["zones"][3]["made"], found.data[2].integer(0));
    const auto league = value_of(
        database.read("SELECT CAST(sum(paint_makes) AS DOUBLE) / sum(paint_attempts) FROM "
                      "analytics.team_offense_game_summary WHERE game_date < $1 AND season = $2",
                      {date, to_string(season_of(date))}));
    EXPECT_NEAR(document["zones"][1]["league_pct"].get<double>(), league.data[0].number(0), 1e-12);
    // Beside the mirror of it: what the opponent allowed.
    const auto allowed = value_of(database.read(
        "SELECT CAST(sum(d.paint_makes_allowed) AS DOUBLE) / sum(d.paint_attempts_allowed) FROM "
        "analytics.team_defense_game_summary d WHERE d.game_date < $1 AND d.season = $2 AND "
        "d.team_id = (SELECT opponent_team_id FROM analytics.upcoming_player_game_context WHERE "
        "game_date = $1 AND player_id = $3)",
        {date, to_string(season_of(date)), found.data[0].integer(0)}));
    EXPECT_NEAR(document["zones"][1]["defence_pct"].get<double>(), allowed.data[0].number(0),
                1e-12);
}

}  // namespace
}  // namespace tipoff::serve::test
