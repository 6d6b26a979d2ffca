/// The four lights of a date: what is taken away turns one of them, and says what it was.
#include "operate/status.h"

#include <gtest/gtest.h>

#include "operate/mini_home.h"

namespace tipoff::operate {
namespace {

using test::MiniHome;
using test::not_green;
using test::told;

class StatusOfADate : public testing::Test {
protected:
    MiniHome home_;
};

TEST_F(StatusOfADate, ThatIsAllThereIsGreen) {
    const StatusReport report = home_.status_of(home_.last_day());
    EXPECT_EQ(not_green(report), "");
    EXPECT_GT(report.games, 0);
    EXPECT_GT(report.feature_store.players, 10);
    for (const StatusLights& lights : report.lights) {
        if (lights.step == "collect") continue;
        EXPECT_GT(lights.counts.held, 0) << lights.table;
        EXPECT_EQ(lights.counts.held, lights.counts.expected) << lights.table;
    }
}

TEST_F(StatusOfADate, TheLeaguesDaysDoNotCryWolf) {
    // Every date of the second season that has a week behind it.
    const store::Columns dates =
        support::value_of(home_.database().read("SELECT DISTINCT game_date FROM analytics.game "
                                                "WHERE season = '2022-23' AND player_rows > 0 AND "
                                                "season_type = 'regular' "
                                                "ORDER BY game_date",
                                                {}));
    ASSERT_GT(dates.rows(), 15U);
    std::string all;
    for (std::size_t i = 7; i < dates.rows(); ++i) {
        const auto date = store::ColumnCodec<GameDate>::get(dates.data[0], i);
        for (const StatusLights& lights : home_.status_of(date).lights) {
            // The made league states starters on every third day, so that they do come and go.
            if (lights.sanity.light == Light::kRed &&
                !lights.sanity.says.starts_with("start_share"))
                all += to_string(date) + " " + lights.table + " " + told(lights.sanity) + "\n";
        }
    }
    EXPECT_EQ(all, "");
}

TEST_F(StatusOfADate, ATableThatDoublesTurnsItsLight) {
    home_.change(
        "INSERT INTO features.player_composite_factors SELECT * REPLACE (player_id + 500000 AS "
        "player_id) FROM features.player_composite_factors WHERE game_date = $1");
    const StatusLights lights = home_.lights("features.player_composite_factors");
    EXPECT_EQ(lights.sanity.light, Light::kRed);
    EXPECT_NE(lights.sanity.says.find("rows a game, 28 days"), std::string::npos)
        << lights.sanity.says;
    EXPECT_EQ(lights.completeness.light, Light::kRed) << lights.completeness.says;
    EXPECT_EQ(lights.counts.held, 2 * lights.counts.expected);
    EXPECT_EQ(home_.lights("features.feature_store").sanity.light, Light::kGreen);
}

TEST_F(StatusOfADate, AValueThatCannotBeIsRed) {
    home_.change("UPDATE features.feature_store SET quality_score = 140 WHERE game_date = $1");
    const StatusLights lights = home_.lights("features.feature_store");
    EXPECT_EQ(told(lights.sanity).substr(0, 62),
              "red: quality_score: impossible: 140 is not from 0 to 100 (and ");
}

TEST_F(StatusOfADate, AColumnThatDriftsIsTold) {
    home_.change(
        "UPDATE predictions.player_prop_prediction SET mean = mean + 25 WHERE game_date = $1");
    const StatusLights lights = home_.lights("predictions.player_prop_prediction");
    ASSERT_FALSE(lights.findings.empty());
    EXPECT_EQ(lights.findings.front().column, "mean");
    EXPECT_EQ(lights.findings.front().light, Light::kRed);
    EXPECT_NE(lights.findings.front().says.find("28 days"), std::string::npos);
}

TEST_F(StatusOfADate, WhatIsAllZeroIsTold) {
    home_.change(
        "UPDATE features.player_daily_cache SET minutes_mean_last_10 = 0 WHERE "
        "game_date = $1");
    const StatusLights lights = home_.lights("features.player_daily_cache");
    EXPECT_EQ(lights.sanity.light, Light::kRed) << lights.sanity.says;
    ASSERT_FALSE(lights.findings.empty());
    EXPECT_EQ(lights.findings.front().column, "minutes_mean_last_10");
}

TEST_F(StatusOfADate, ABoxScoreThatIsMissingIsNamedByItsTeams) {
    home_.change(
        "DELETE FROM raw.player_box WHERE game_id = (SELECT min(game_id) FROM "
        "raw.player_box WHERE game_date = $1)");
    const StatusLights lights = home_.lights("raw.player_box");
    EXPECT_EQ(told(lights.completeness), "red: 2 of 4 teams");
}

TEST_F(StatusOfADate, AFailedRunIsRedAndADegradedOneYellow) {
    const store::DateScope day{home_.last_day(), home_.last_day()};
    const auto run = support::value_of(home_.ledger().start(
        {.step = "features", .scope = "again", .dates = day, .input_hash = ""}));
    EXPECT_EQ(told(home_.lights("features.feature_store").job), "yellow: running");
    support::value_of(home_.ledger().finish(run, {.state = ledger::RunState::kFailed,
                                                  .rows = 0,
                                                  .merges = 0,
                                                  .reason = "io",
                                                  .detail = "no room"}));
    EXPECT_EQ(told(home_.lights("features.feature_store").job), "red: failed io");
    EXPECT_EQ(home_.lights("predictions.pick").job.light, Light::kGreen);
    support::execute(home_.database(),
                     "UPDATE ops.run SET state = 'degraded', reason = '' WHERE run_id = $1",
                     {run.run_id});
    EXPECT_EQ(told(home_.lights("features.feature_store").job), "yellow: degraded");
}

TEST_F(StatusOfADate, WhatIsNotDueYetIsNoFault) {
    for (const char* table : {"raw.prop_line", "raw.player_box"})
        home_.change("DELETE FROM " + std::string(table) + " WHERE game_date = $1");
    home_.change(
        "UPDATE raw.schedule SET status = 'scheduled', home_points = NULL, away_points = "
        "NULL WHERE game_date = $1");
    const auto at = [&](int hour) {
        const Instant now =
            eastern_instant(home_.last_day(), {.hour = hour, .minute = 0, .second = 0});
        std::map<std::string, std::string> says;
        for (const StatusLights& lights :
             support::value_of(status(home_.database(), home_.last_day(), now)).lights)
            says[lights.table] = told(lights.completeness);
        return says;
    };
    // Scores that nobody has yet, and lines that go on coming, are not unusual.
    home_.change(
        "UPDATE analytics.game SET status = 'scheduled', home_points = NULL, away_points "
        "= NULL, pace = NULL, possessions = NULL, player_rows = 0 WHERE game_date = $1");
    const auto noon = support::value_of(
        status(home_.database(), home_.last_day(),
               eastern_instant(home_.last_day(), {.hour = 12, .minute = 0, .second = 0})));
    for (const StatusLights& lights : noon.lights)
        EXPECT_EQ(lights.sanity.light, Light::kGreen) << lights.table << lights.sanity.says;
    auto morning = at(7);
    EXPECT_EQ(morning["raw.prop_line"], "yellow: 0 of 2 games, not due yet");
    EXPECT_EQ(morning["raw.player_box"], "green: nothing due");
    auto night = at(23);
    EXPECT_EQ(night["raw.prop_line"], "red: 0 of 2 games");
    // The schedule has not been asked since: the hour says that the games are over.
    const Instant next_noon =
        eastern_instant(home_.last_day().plus_days(1), {.hour = 13, .minute = 0, .second = 0});
    for (const StatusLights& lights :
         support::value_of(status(home_.database(), home_.last_day(), next_noon)).lights) {
        if (lights.table == "raw.player_box") {
            EXPECT_EQ(told(lights.completeness), "red: 0 of 4 teams");
        }
    }
}

TEST_F(StatusOfADate, ThatIsFarOutsideOfTheScheduleIsEmptyAndGreen) {
    const StatusReport report = home_.status_of(home_.last_day().plus_days(200));
    EXPECT_EQ(report.games, 0);
    EXPECT_EQ(not_green(report), "");
}

}  // namespace
}  // namespace tipoff::operate
