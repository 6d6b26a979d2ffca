/// The four lights of a date: what is taken away turns one of them, and says what it was.
#include "operate/status.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "collect/collected_tables.h"
#include "forecast/model_tables.h"
#include "operate/game_day.h"
#include "operate/mini_home.h"
#include "operate/train.h"

namespace tipoff::operate {
namespace {

using test::MiniHome;
using test::not_green;
using test::told;

class StatusOfADate : public testing::Test {
protected:
    [[nodiscard]] GameDay game_day() {
        return support::value_of(operate::game_day(home_.database(), home_.last_day()));
    }

    MiniHome home_;
};

TEST_F(StatusOfADate, ThatIsAllThereIsGreen) {
    const StatusReport report = home_.status_of(home_.last_day());
    EXPECT_EQ(not_green(report), "");
    EXPECT_GT(report.games, 0);
    EXPECT_GT(report.feature_store.players, 10);
    for (const StatusLights& lights : report.lights) {
        // What is collected is a choice, and nothing was trained here.
        if (lights.step == "collect" || lights.step == "train") continue;
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

TEST_F(StatusOfADate, AnExpectedPlayerOfWhomNothingIsSaidIsMissingInTheGrid) {
    const StatusLights whole = home_.lights("ops.expectation");
    EXPECT_GT(whole.counts.expected, 20);
    EXPECT_EQ(told(whole.job), "green: succeeded");
    home_.change(
        "DELETE FROM ops.expectation WHERE game_date = $1 AND game_id = (SELECT min(game_id) FROM "
        "ops.expectation WHERE game_date = $1)");
    const StatusLights lights = home_.lights("ops.expectation");
    EXPECT_EQ(lights.completeness.light, Light::kRed) << lights.completeness.says;
    EXPECT_LT(lights.counts.held, lights.counts.expected);
    // A player whom only a book names is one more, and makes up for nobody.
    home_.change(
        "INSERT INTO ops.expectation SELECT * REPLACE (player_id + 500000 AS player_id) FROM "
        "ops.expectation WHERE game_date = $1");
    EXPECT_EQ(home_.lights("ops.expectation").counts.held, lights.counts.held);
}

TEST_F(StatusOfADate, APlayerWhomNoListNamesIsTold) {
    const StatusLights whole = home_.lights("ref.player");
    EXPECT_GT(whole.counts.expected, 20);
    EXPECT_EQ(told(whole.completeness),
              fmt::format("green: {0} of {0} players", whole.counts.expected));
    home_.change(
        "DELETE FROM ref.player WHERE player_id = (SELECT min(player_id) FROM raw.player_box WHERE "
        "game_date = $1)");
    EXPECT_EQ(
        told(home_.lights("ref.player").completeness),
        fmt::format("yellow: {} of {} players", whole.counts.expected - 1, whole.counts.expected));
}

TEST_F(StatusOfADate, AListOfPlayersIsWholeWhereItHasThirteenOfEachTeam) {
    EXPECT_EQ(told(home_.lights("raw.active_player").completeness), "green: nothing due")
        << "nobody collects it here";
    std::vector<collect::ActivePlayer> listed;
    const auto add = [&](std::size_t team, int players, Instant at) {
        const auto teams = game_day().teams();
        for (int i = 0; i < players; ++i) {
            collect::ActivePlayer row;
            row.source = "nbac_player_list";
            row.season = season_of(home_.last_day());
            row.source_player_id = fmt::format("{}-{}", team, i);
            row.team_id = *std::next(teams.begin(), static_cast<std::ptrdiff_t>(team));
            row.known_at = KnownAt{at};
            listed.push_back(row);
        }
    };
    const Instant morning =
        eastern_instant(home_.last_day(), {.hour = 6, .minute = 5, .second = 0});
    for (const std::size_t team : {0U, 1U, 2U})
        add(team, 13, morning);
    add(3, 12, morning);
    support::merge_rows(home_.database(), collect::kActivePlayer, listed);
    EXPECT_EQ(told(home_.lights("raw.active_player").completeness), "yellow: 3 of 4 teams");
    // The newest statement of a player counts: one of the first team's is on no roster any more.
    listed.resize(1);
    listed[0].revision = 1;
    listed[0].on_roster = false;
    support::merge_rows(home_.database(), collect::kActivePlayer, listed);
    EXPECT_EQ(told(home_.lights("raw.active_player").completeness), "red: 2 of 4 teams");
}

TEST_F(StatusOfADate, AModelIsInServiceAndOfThisWeek) {
    const auto lights = [this] { return home_.lights("predictions.model"); };
    EXPECT_EQ(told(lights().job), "green: nothing due") << "nobody trains here";
    const auto add_model = [this](std::string id, int days_before, bool promoted) {
        forecast::ModelRecord model;
        model.model_id = std::move(id);
        model.market = "points";
        model.trained_through = home_.last_day().plus_days(-days_before);
        model.promoted = promoted;
        support::merge_rows(home_.database(), forecast::kModel, {model});
    };
    add_model("refused", 3, false);
    EXPECT_EQ(told(lights().completeness), "red: 0 of 1 models");
    add_model("serving", 17, true);
    EXPECT_EQ(told(lights().completeness), "green: 1 of 1 models");
    EXPECT_EQ(told(lights().job), "green: held") << "trained before the runs on record";
    EXPECT_EQ(lights().age.light, Light::kGreen) << "a model that is refused was fitted as well";
    support::execute(home_.database(), "DELETE FROM predictions.model WHERE NOT promoted", {});
    EXPECT_EQ(lights().age.light, Light::kYellow) << lights().age.says;
    // What is trained on the date's own games does not forecast it.
    add_model("later", 0, true);
    EXPECT_EQ(lights().age.light, Light::kYellow) << lights().age.says;

    const auto train = [this](int days_before) {
        const GameDate through = home_.last_day().plus_days(-days_before);
        return support::value_of(home_.ledger().start({.step = "train",
                                                       .scope = train_scope(through),
                                                       .dates = store::DateScope{through, through},
                                                       .input_hash = ""}));
    };
    home_.ledger().finish_failed(train(4), Error(ErrorCode::kIo, "no room"));
    EXPECT_EQ(lights().job.light, Light::kRed) << lights().job.says;
    support::value_of(home_.ledger().finish(train(2), {}));
    EXPECT_EQ(told(lights().job), "green: succeeded");
    home_.ledger().finish_failed(train(0), Error(ErrorCode::kIo, "no room"));
    EXPECT_EQ(told(lights().job), "green: succeeded") << "that is for later dates";
}

TEST_F(StatusOfADate, AListThatNobodyHasAskedForInWeeksIsOld) {
    const auto add_roster = [this](Instant at) {
        std::vector<collect::RosterSpell> players;
        for (const TeamId team : game_day().teams()) {
            for (int i = 0; i < 13; ++i) {
                collect::RosterSpell row;
                row.season = season_of(home_.last_day());
                row.team_id = team;
                row.folded_name = fmt::format("player {}", i);
                row.known_at = KnownAt{at};
                players.push_back(row);
            }
        }
        support::merge_rows(home_.database(), collect::kBrRoster, players);
    };
    const Instant tip_off = *game_day().first_tip_off();
    add_roster(tip_off - std::chrono::hours{40 * 24});
    EXPECT_EQ(told(home_.lights("raw.br_roster").completeness), "green: 4 of 4 teams");
    EXPECT_EQ(told(home_.lights("raw.br_roster").age), "yellow: 960 h");
    // One that is asked and says the same is no row.
    const auto run = support::value_of(home_.ledger().start(
        {.step = "collect", .scope = "br_rosters", .dates = {}, .input_hash = ""}));
    support::value_of(home_.ledger().finish(run, {}));
    support::execute(home_.database(),
                     "UPDATE ops.run SET started_at = $1, finished_at = $1 WHERE run_id = $2",
                     {tip_off - std::chrono::hours{9}, run.run_id});
    EXPECT_EQ(told(home_.lights("raw.br_roster").age), "green: 9 h");
}

TEST_F(StatusOfADate, ThatIsFarOutsideOfTheScheduleIsEmptyAndGreen) {
    const StatusReport report = home_.status_of(home_.last_day().plus_days(200));
    EXPECT_EQ(report.games, 0);
    EXPECT_EQ(not_green(report), "");
}

}  // namespace
}  // namespace tipoff::operate
