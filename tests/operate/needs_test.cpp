// What a step needs of the data, how long it waits for it, and what it says.
#include "operate/needs.h"

#include <gtest/gtest.h>

#include "operate/game_day.h"
#include "operate/mini_home.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::MiniHome;
using namespace std::chrono_literals;

bool nothing_before(const Need&) { return false; }
bool something_before(const Need&) { return true; }

class StepNeeds : public testing::Test {
protected:
    static void SetUpTestSuite() { home_ = std::make_unique<MiniHome>(); }
    static void TearDownTestSuite() { home_.reset(); }

    StepNeeds() : boxes_(value_of(store::read_rows(database(), collect::kPlayerBox))) {}
    ~StepNeeds() override { support::merge_rows(database(), collect::kPlayerBox, boxes_); }
    StepNeeds(const StepNeeds&) = delete;
    StepNeeds& operator=(const StepNeeds&) = delete;

    static store::Database& database() { return home_->database(); }
    static GameDate date() { return home_->last_day(); }
    static GameDate previous() { return *value_of(last_played_before(database(), date())); }
    static Instant at(GameDate day, int hour, int minute = 0) {
        return eastern_instant(day, {.hour = hour, .minute = minute, .second = 0});
    }

    static RunWork conform_live() {
        return {.kind = TaskKind::kDerive,
                .step = Step::kConform,
                .game_date = date(),
                .is_live = true};
    }
    static RunWork derive(Step step) {
        return {.kind = TaskKind::kDerive, .step = step, .game_date = date()};
    }
    static RunWork grade() {
        return {.kind = TaskKind::kGrade, .step = Step::kGrades, .game_date = date()};
    }
    static Readiness look(const RunWork& work, Instant logical_time, Instant now,
                          bool (*before)(const Need&) = nothing_before) {
        return value_of(Readying(database(), now).of(work, logical_time, before));
    }
    /// Without the box scores of one team; "raw.player_box of DATE: 3 of 4".
    static std::string take_a_team_away(GameDate day) {
        support::execute(database(),
                         "DELETE FROM raw.player_box WHERE game_date = $1 AND team_id = (SELECT "
                         "min(team_id) FROM raw.player_box WHERE game_date = $1)",
                         {day});
        const auto teams = value_of(database().read(
            "SELECT CAST(count(DISTINCT team_id) AS BIGINT) FROM raw.player_box WHERE game_date "
            "= $1",
            {day}));
        const auto left = teams.data[0].integer(0);
        return "raw.player_box of " + to_string(day) + ": " + std::to_string(left) + " of " +
               std::to_string(left + 1);
    }

    static inline std::unique_ptr<MiniHome> home_;
    const std::vector<collect::PlayerBox> boxes_;
};

TEST_F(StepNeeds, AreTheTablesOfTheStepBefore) {
    const auto tables = [](const RunWork& work) {
        std::string all;
        for (const Need& need : needs_of(work, date().plus_days(-2)))
            all += need.table + " " + to_string(need.date) + (need.patience ? " or not" : "") + ";";
        return all;
    };
    const std::string day = to_string(date());
    EXPECT_EQ(tables(conform_live()),
              "raw.player_box " + to_string(date().plus_days(-2)) + " or not;");
    EXPECT_EQ(tables(derive(Step::kConform)), "") << "a date that is over is conformed as it is";
    EXPECT_EQ(tables(derive(Step::kFeatures)), "analytics.upcoming_team_game_context " + day + ";");
    EXPECT_EQ(tables(derive(Step::kForecasts)), "features.feature_store " + day + ";");
    EXPECT_EQ(tables(grade()), "raw.player_box " + day + " or not;");
    EXPECT_EQ(tables({.kind = TaskKind::kUpkeep, .game_date = date()}), "");
    EXPECT_TRUE(needs_of(conform_live(), std::nullopt).empty()) << "on opening night";
}

TEST_F(StepNeeds, AreMetWhereTheTablesAreWhole) {
    for (const RunWork& work :
         {conform_live(), derive(Step::kFeatures), derive(Step::kForecasts), grade()}) {
        const Readiness state = look(work, at(date(), 7), at(date().plus_days(1), 8));
        EXPECT_EQ(state.waits_for, "") << step_name(work);
        EXPECT_EQ(state.without, "") << step_name(work);
    }
}

TEST_F(StepNeeds, LiveForecastsWaitNinetyMinutesForTheNightBeforeAndThenGoWithout) {
    const std::string missing = take_a_team_away(previous());
    const Instant morning = at(previous().plus_days(1), 6, 45);
    EXPECT_EQ(look(conform_live(), morning, morning + 89min).waits_for, missing);
    EXPECT_EQ(look(conform_live(), morning, morning + 89min).without, "");
    EXPECT_EQ(look(conform_live(), morning, morning + 90min).waits_for, "");
    EXPECT_EQ(look(conform_live(), morning, morning + 90min).without, missing);
    // What is being collected at this moment is worth another look.
    EXPECT_EQ(look(conform_live(), morning, morning + 3h, something_before).waits_for, missing);

    support::merge_rows(database(), collect::kPlayerBox, boxes_);
    EXPECT_EQ(look(conform_live(), morning, morning + 1min).waits_for, "") << "it woke up";
}

TEST_F(StepNeeds, AJobOfEveryHourDoesNotWaitAnewEachTime) {
    const std::string missing = take_a_team_away(previous());
    const Instant afternoon = at(date(), 13, 15);
    const Readiness state = look(conform_live(), afternoon, afternoon);
    EXPECT_EQ(state.waits_for, "");
    EXPECT_EQ(state.without, missing);
}

TEST_F(StepNeeds, GradesWaitHalfADayForBoxScores) {
    const std::string missing = take_a_team_away(date());
    const Instant morning = at(date().plus_days(1), 6, 45);
    EXPECT_EQ(look(grade(), morning + 45min, morning + 45min).waits_for, missing);
    EXPECT_EQ(look(grade(), morning + 45min, morning + 12h - 1min).waits_for, missing);
    EXPECT_EQ(look(grade(), morning + 45min, morning + 12h).without, missing);
}

TEST_F(StepNeeds, WhatIsComputedBeforeIsNeverGoneWithout) {
    support::execute(database(),
                     "UPDATE analytics.upcoming_team_game_context SET game_date = game_date + "
                     "1000 WHERE game_date = $1",
                     {date()});
    const std::string expected =
        "analytics.upcoming_team_game_context of " + to_string(date()) + ": 0 of ";
    const Readiness state = look(derive(Step::kFeatures), at(date(), 7), at(date(), 7) + 48h);
    EXPECT_TRUE(state.waits_for.starts_with(expected)) << state.waits_for;
    EXPECT_EQ(
        look(derive(Step::kFeatures), at(date(), 7), at(date(), 7), something_before).waits_for, "")
        << "conform goes first, in the same pass";
    support::execute(database(),
                     "UPDATE analytics.upcoming_team_game_context SET game_date = game_date - "
                     "1000 WHERE game_date = CAST($1 AS DATE) + 1000",
                     {date()});
}

TEST_F(StepNeeds, WithoutAScheduleNothingIsExpectedAndNothingBegins) {
    const GameDate far = date().plus_days(1000);
    RunWork work = conform_live();
    work.game_date = far;
    EXPECT_EQ(look(work, at(far, 7), at(far, 20)).waits_for,
              "raw.schedule around " + to_string(far) + ": no game");
}

}  // namespace
}  // namespace tipoff::operate
