// The controller over a small league: what waits and wakes, what is computed again, and what not.
#include "operate/controller.h"

#include <gtest/gtest.h>

#include "ledger/input_changes.h"
#include "operate/game_day.h"
#include "operate/mini_home.h"

namespace tipoff::operate {
namespace {

using ledger::RunRow;
using support::count_rows;
using support::outcome_of;
using support::value_of;
using test::MiniHome;
using namespace std::chrono_literals;

class AController : public testing::Test {
protected:
    [[nodiscard]] store::Database& database() { return home_.database(); }
    [[nodiscard]] GameDate date() const { return home_.last_day(); }
    void go_to(GameDate day, int hour, int minute = 0) {
        home_.go_to(eastern_instant(day, {.hour = hour, .minute = minute, .second = 0}));
    }

    /// A collection that changed rows of a date, as the collector notes it.
    void note_change(const std::string& table, GameDate day) {
        const auto run = value_of(home_.ledger().start(
            {.step = "collect", .scope = "by test " + std::to_string(++changes_)}));
        const auto transaction = value_of(database().begin());
        value_of(ledger::note_input_changes(*transaction, run, std::vector{table}, std::vector{day},
                                            home_.clock()));
        value_of(home_.ledger().finish(*transaction, run, {}));
        value_of(transaction->commit());
    }

    /// "step scope state" of the runs that were planned after this many.
    std::vector<std::string> runs_after(std::int64_t token, std::string_view job = "") {
        std::vector<std::string> told;
        for (const RunRow& run : value_of(store::read_rows(
                 database(), ledger::kRun,
                 "WHERE fencing_token > $1 AND job <> '' ORDER BY fencing_token", {token}))) {
            EXPECT_TRUE(job.empty() || run.job == job) << run.job << " " << run.step;
            told.push_back(run.step + " " + run.scope + ": " + run.state);
        }
        return told;
    }
    std::int64_t newest_token() {
        return value_of(
                   database().read("SELECT CAST(max(fencing_token) AS BIGINT) FROM ops.run", {}))
            .data[0]
            .integer(0);
    }
    RunRow newest(std::string_view step) {
        return value_of(store::read_rows(database(), ledger::kRun,
                                         "WHERE step = $1 ORDER BY fencing_token DESC LIMIT 1",
                                         {std::string(step)}))
            .at(0);
    }
    [[nodiscard]] std::string scope(std::string_view live = "") const {
        const std::string day = to_string(date());
        return "2022-23 " + day + ".." + day + std::string(live);
    }
    using Told = std::vector<std::string>;

    MiniHome home_;
    Workflows workflows_ = value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
    Alerts alerts_{{}, home_.clock()};
    std::vector<AlertChannel> channels_;
    SharedFacts facts_{database()};
    WarmEngine engine_{facts_, database(), home_.ledger(), home_.clock(), home_.folder()};
    Executor executor_{database(), home_.ledger(), home_.clock(), engine_,
                       {},         alerts_,        {.threads = 1}};
    Controller controller_{database(), home_.clock(), workflows_, executor_, alerts_, channels_};
    int changes_ = 0;
};

TEST_F(AController, ALateBoxScoreIsConformedAndGradedAgainAndNothingElse) {
    go_to(date().plus_days(1), 12);
    value_of(controller_.run_day(date(), false));
    value_of(controller_.pass());
    EXPECT_EQ(value_of(controller_.pass()).planned, 0) << "nothing has changed";
    const std::int64_t before = newest_token();
    const auto someone = value_of(database().read(
        "SELECT min(player_id) FROM predictions.prediction_accuracy WHERE game_date = $1 AND "
        "market = 'steals' OR game_date = $1",
        {date()}));
    const std::int64_t player = someone.data[0].integer(0);
    support::execute(database(),
                     "UPDATE raw.player_box SET points = points + 2, field_goals_made = "
                     "field_goals_made + 1, field_goals_attempted = field_goals_attempted + 1 "
                     "WHERE game_date = $1 AND player_id = $2",
                     {date(), player});
    note_change("raw.player_box", date());
    home_.clock().advance(1min);
    const auto actual = [&] {
        return value_of(database().read("SELECT CAST(max(actual) AS DOUBLE) FROM "
                                        "predictions.prediction_accuracy WHERE game_date = $1 AND "
                                        "player_id = $2 AND market = 'points'",
                                        {date(), player}))
            .data[0]
            .number(0);
    };
    const double said = actual();
    const PassReport pass = value_of(controller_.pass());
    EXPECT_EQ(pass.planned, 2);
    EXPECT_EQ(runs_after(before, kRecomputeJob),
              (Told{"conform " + scope() + ": succeeded", "grades " + scope() + ": succeeded"}));
    EXPECT_EQ(actual(), said + 2);
    EXPECT_EQ(value_of(controller_.pass()).planned, 0) << "once";
}

TEST_F(AController, AnInjuryIsForecastWithinOnePassAsANewInstantOfItsGameAlone) {
    go_to(date(), 13);
    for (const RunRow& run : value_of(controller_.run_day(date(), false))) {
        if (run.step == "forecasts" && run.game_date == date())
            EXPECT_EQ(run.state, "succeeded") << run.detail;
    }
    const auto instants = [&] {
        return count_rows(database(),
                          "(SELECT DISTINCT game_id, as_of FROM "
                          "predictions.player_prop_prediction WHERE origin = 'live')");
    };
    const auto games = instants();
    ASSERT_GE(games, 2);
    const auto one =
        value_of(store::read_rows(database(), collect::kPlayerBox,
                                  "WHERE game_date = $1 AND minutes >= 30 ORDER BY player_id "
                                  "LIMIT 1",
                                  {date()}))
            .at(0);
    collect::InjuryTransaction injury;
    injury.transaction_date = date();
    injury.team_id = one.team_id;
    injury.player_id = one.player_id;
    injury.player_name = one.player_name;
    injury.known_at = KnownAt{home_.clock().league_now()};
    injury.known_at_basis = "observed";
    support::merge_rows(database(), collect::kInjuryTransaction,
                        std::vector<collect::InjuryTransaction>{injury});
    const std::int64_t before = newest_token();
    note_change("raw.injury_transaction", date());
    home_.clock().advance(20s);
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(before, kRecomputeJob),
              (Told{"conform " + scope(" live") + ": succeeded",
                    "features " + scope(" live") + ": succeeded",
                    "forecasts " + scope(" live") + ": succeeded"}));
    EXPECT_EQ(instants(), games + 1);
    const auto moved = value_of(database().read(
        "SELECT DISTINCT game_id FROM predictions.player_prop_prediction WHERE origin = 'live' "
        "GROUP BY game_id HAVING count(DISTINCT as_of) > 1",
        {}));
    ASSERT_EQ(moved.rows(), 1U);
    EXPECT_EQ(store::ColumnCodec<GameId>::get(moved.data[0], 0), one.game_id);

    // After the last tip-off nothing is said again.
    go_to(date(), 23, 59);
    value_of(controller_.pass());
    const std::int64_t late = newest_token();
    note_change("raw.injury_transaction", date());
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(late, kRecomputeJob), Told{});
}

TEST_F(AController, AStepWaitsForItsTableAndWakesWhenItIsFilled) {
    const GameDate previous = *value_of(last_played_before(database(), date()));
    const auto boxes = value_of(store::read_rows(database(), collect::kPlayerBox,
                                                 "WHERE game_date = $1 ORDER BY ALL", {previous}));
    support::execute(database(), "DELETE FROM raw.player_box WHERE game_date = $1", {previous});
    go_to(previous.plus_days(1), 6, 50);
    const RunWork work{
        .kind = TaskKind::kDerive, .step = Step::kConform, .game_date = date(), .is_live = true};
    const Instant now = home_.clock().league_now();
    const auto plan = planned_run(work, "by test", now, now + 24h);
    const auto transaction = value_of(database().begin());
    value_of(ledger::RunQueue(database(), home_.clock()).plan(*transaction, {&plan, 1}));
    value_of(transaction->commit());

    value_of(controller_.pass());
    const RunRow waiting = newest("conform");
    EXPECT_EQ(waiting.state, "retry_wait");
    EXPECT_EQ(waiting.reason, "WAITS_FOR_DATA");
    EXPECT_TRUE(
        waiting.waits_for.starts_with("raw.player_box of " + to_string(previous) + ": 0 of "))
        << waiting.waits_for;
    EXPECT_EQ(waiting.attempt, 0) << "waiting costs no attempt";
    home_.clock().advance(30min);
    value_of(controller_.pass());
    EXPECT_EQ(newest("conform").row_version, waiting.row_version) << "nothing new to say of it";

    support::merge_rows(database(), collect::kPlayerBox, boxes);
    value_of(controller_.pass());
    EXPECT_EQ(newest("conform").run_id, waiting.run_id);
    EXPECT_EQ(newest("conform").state, "succeeded");
    EXPECT_EQ(newest("conform").attempt, 1);
}

TEST_F(AController, AStepGoesWithoutWhenItsPatienceIsOverAndSaysSo) {
    const GameDate previous = *value_of(last_played_before(database(), date()));
    support::execute(database(), "DELETE FROM raw.player_box WHERE game_date = $1", {previous});
    go_to(date(), 13);
    const auto runs = value_of(controller_.trigger("forecasts"));
    ASSERT_EQ(runs.size(), 3U);
    for (const RunRow& run : runs) {
        EXPECT_EQ(run.state, "degraded") << run.step;
        EXPECT_EQ(run.reason, "INPUT_MISSING");
        EXPECT_TRUE(run.detail.starts_with("without raw.player_box of " + to_string(previous)))
            << run.detail;
    }
}

TEST_F(AController, AJobThatIsNotThereIsNotFound) {
    EXPECT_EQ(outcome_of(controller_.trigger("evening")), "not found");
}

TEST_F(AController, ASecondCallOfADayPassesEverythingOver) {
    go_to(date(), 13);
    value_of(controller_.run_day(date(), false));
    home_.clock().advance(1min);
    for (const RunRow& run : value_of(controller_.run_day(date(), false))) {
        EXPECT_EQ(run.state, "skipped") << run.step << " " << run.scope;
        EXPECT_TRUE(run.reason == "UNCHANGED" || run.reason == "NO_GAMES") << run.reason;
    }
}

}  // namespace
}  // namespace tipoff::operate
