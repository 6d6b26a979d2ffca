/// A report whose numbers are too good to be true.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "conform/analytics_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "operate/catalogue.h"
#include "program.h"
#include "store/home.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"
#include "support/played_games.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;

/// A player who scores 10 and 30 in turn, forecast without fail: a home with fifty graded games, of
/// which forty have ten before them.
class TooGood : public ::testing::Test {
protected:
    TooGood() : home_(folder_ / "home") {
        make_home(home_);
        std::vector<conform::PlayerGame> games;
        std::vector<grade::Accuracy> grades;
        for (int i = 0; i < 50; ++i)
            add_game(i, games, grades);
        std::vector<forecast::Prediction> forecasts;
        for (const grade::Accuracy& grade : grades)
            forecasts.push_back(forecast_of(grade));
        const SystemClock clock;
        const auto home = support::value_of(store::open_home(
            home_, operate::catalogue(),
            {.access = store::Access::kReadWrite, .wait = {}, .command = "test", .engine = {}},
            clock));
        support::merge_played_games(home->database(), games);
        support::merge_rows(home->database(), grade::kAccuracy, grades);
        support::merge_rows(home->database(), forecast::kPrediction, forecasts);
    }

    /// What was graded.
    static forecast::Prediction forecast_of(const grade::Accuracy& grade) {
        forecast::Prediction row;
        row.game_id = grade.game_id;
        row.player_id = grade.player_id;
        row.market = grade.market;
        row.system_id = grade.system_id;
        row.as_of = grade.as_of;
        row.origin = grade.origin;
        row.game_date = grade.game_date;
        row.season = grade.season;
        row.team_id = grade.team_id;
        row.mean = grade.mean;
        row.sd = grade.sd;
        return row;
    }

    static void add_game(int i, std::vector<conform::PlayerGame>& games,
                         std::vector<grade::Accuracy>& grades) {
        conform::PlayerGame& game = games.emplace_back();
        game.game_id = GameId{22200001 + i};
        game.player_id = PlayerId{1};
        game.game_date = support::value_of(parse_date("2022-11-01")).plus_days(i);
        game.season = Season::starting_in(2022);
        game.team_id = TeamId{1610612738};
        game.opponent_team_id = TeamId{1610612755};
        game.minutes = 30;
        game.points = i % 2 == 0 ? 10 : 30;
        grade::Accuracy& row = grades.emplace_back();
        row.game_id = game.game_id;
        row.player_id = game.player_id;
        row.market = "points";
        row.system_id = "oracle_v1";
        row.as_of = AsOf{eastern_instant(game.game_date, {19, 30, 0})};
        row.origin = "backfill";
        row.game_date = game.game_date;
        row.season = game.season;
        row.team_id = game.team_id;
        row.outcome = grade::kGraded;
        row.actual = game.points;
        row.minutes = game.minutes;
        row.mean = game.points;
        row.sd = 1;
        row.absolute_error = row.absolute_error_mean = row.error = 0;
        row.crps = 0.2;
        row.pit = 0.5;
        row.last_10_points = 20;
        row.last_10_minutes = 30;
        row.quality_grade = "A";
    }

    [[nodiscard]] Outcome grade(Words more) const {
        Words words{"--home", home_, "grade", "--from", "2022-11-01", "--to", "2022-12-31"};
        words.insert(words.end(), more.begin(), more.end());
        return run_tipoff(words);
    }

    support::TempFolder folder_;
    std::filesystem::path home_;
};

TEST_F(TooGood, IsExitCodeThreeAndEveryFormatSaysWhy) {
    const Outcome document = grade({"--format", "json"});
    EXPECT_EQ(document.code, 3) << document.err;
    const json report = json::parse(document.out);
    ASSERT_EQ(report["alarms"].size(), 1U);
    const json& alarm = report["alarms"][0];
    EXPECT_EQ(alarm["name"], "ratio_to_last_10");
    EXPECT_EQ(alarm["subject"], "oracle_v1");
    EXPECT_EQ(alarm["n"], 40);
    EXPECT_EQ(alarm["measured"], 0.0);
    EXPECT_EQ(alarm["limit"], 0.92);

    const auto sentence = alarm["sentence"].get<std::string>();
    const Outcome table = grade({"--detailed"});
    EXPECT_EQ(table.code, 3);
    EXPECT_NE(table.out.find(sentence), std::string::npos) << table.out;
    const Outcome csv = grade({"--format", "csv"});
    EXPECT_EQ(csv.code, 3);
    EXPECT_EQ(csv.out.find(sentence), std::string::npos);
    EXPECT_NE(csv.err.find(sentence), std::string::npos) << csv.err;
}

TEST_F(TooGood, SlicesAreInTheDocumentAndInTheDetailedTables) {
    const json system = json::parse(grade({"--format", "json"}).out)["systems"][0];
    ASSERT_EQ(system["months"].size(), 2U);
    EXPECT_EQ(system["months"][0]["name"], "2022-11");
    EXPECT_EQ(system["months"][0]["n"], 20);
    EXPECT_EQ(system["teams"][0]["name"], "BOS");
    EXPECT_EQ(system["minutes_tiers"][0]["name"], "25_to_32_min");
    EXPECT_EQ(system["ratio_to_last_10"], 0.0);
    EXPECT_EQ(system["last_10"]["last_10_mae"], 10.0);
    EXPECT_EQ(system["lined"]["n"], 0);
    EXPECT_TRUE(system["lined"]["price_log_loss"].is_null());
    EXPECT_TRUE(system["reliability"].empty());
    ASSERT_EQ(system["pit"].size(), 10U);
    EXPECT_EQ(system["pit"][5]["share"], 1.0);
    ASSERT_EQ(system["edges"].size(), 5U);
    EXPECT_EQ(system["edges"][4]["min_edge"], 4.0);
    ASSERT_EQ(system["value_edges"].size(), 3U);

    const std::string tables = grade({"--detailed"}).out;
    for (const char* part : {"25_to_32_min", "2022-12", "BOS", "0.000 (+0.00)", "Randomised PIT"})
        EXPECT_NE(tables.find(part), std::string::npos) << part << " in\n" << tables;
    EXPECT_EQ(grade({}).out.find("BOS"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::cli_test
