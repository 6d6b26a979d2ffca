// The controller over a small league: what waits and wakes, what is computed again, and what not.
#include "operate/controller.h"

#include <gtest/gtest.h>

#include "operate/controlled_home.h"
#include "operate/game_day.h"

namespace tipoff::operate {
namespace {

using ledger::RunRow;
using support::count_rows;
using support::outcome_of;
using support::value_of;
using namespace std::chrono_literals;

class AController : public test::ControlledHome {};

TEST_F(AController, ALateBoxScoreIsConformedAndGradedAgainAndNothingElse) {
    go_to(date().plus_days(1), 12);
    value_of(controller_.run_day(date(), Collect::kNothing));
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
    for (const RunRow& run : value_of(controller_.run_day(date(), Collect::kNothing))) {
        if (run.step == "forecasts" && run.game_date == date()) {
            EXPECT_EQ(run.state, "succeeded") << run.detail;
        }
    }
    const auto instants = [&] {
        return count_rows(database(),
                          "(SELECT DISTINCT game_id, as_of FROM "
                          "predictions.player_prop_prediction WHERE origin = 'live')");
    };
    const auto games = instants();
    ASSERT_GE(games, 2);
    const GameId game = injure_someone();
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
    EXPECT_EQ(store::ColumnCodec<GameId>::get(moved.data[0], 0), game);

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

TEST_F(AController, ADayIsForecastAgainInMarketsThatItWasNotForecastIn) {
    go_to(date(), 13);
    value_of(controller_.run_day(date(), Collect::kNothing));
    EXPECT_EQ(markets_at_newest_instant(), std::set<std::string>{"points"});
    home_.clock().advance(1min);
    Executor wider{database(),
                   home_.ledger(),
                   home_.clock(),
                   engine_,
                   {},
                   alerts_,
                   {.markets = {Market::kPoints, Market::kPra}, .threads = 1}};
    Controller controller{database(), home_.clock(), workflows_, wider, alerts_, channels_};
    value_of(controller.run_day(date(), Collect::kNothing));
    EXPECT_EQ(newest("forecasts").state, "succeeded");
    EXPECT_EQ(expected_markets(), (std::set<std::string>{"points", "pra"}));
    home_.clock().advance(1min);
    for (const RunRow& run : value_of(controller.run_day(date(), Collect::kNothing)))
        EXPECT_EQ(run.state, "skipped") << run.step << " " << run.scope;

    // An older version of the program, or other parameters of it, forecast otherwise.
    support::execute(database(),
                     "UPDATE ops.run SET input_hash = 'of another program' || "
                     "input_hash WHERE step = 'forecasts'");
    home_.clock().advance(1min);
    value_of(controller.run_day(date(), Collect::kNothing));
    EXPECT_EQ(newest("forecasts").state, "succeeded");
}

TEST_F(AController, AnInjuryIsForecastInEveryMarketThatTheDateHasForecastsOf) {
    go_to(date(), 13);
    const std::set<std::string> all{"points", "rebounds", "assists", "threes", "pra"};
    forecast_live_in(workflows_.markets);
    EXPECT_EQ(markets_at_newest_instant(), all);
    home_.clock().advance(1min);
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(0, kRecomputeJob), Told{}) << "nothing has changed";

    injure_someone();
    const std::int64_t before = newest_token();
    note_change("raw.injury_transaction", date());
    home_.clock().advance(20s);
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(before, kRecomputeJob).size(), 3U);
    EXPECT_EQ(markets_at_newest_instant(), all);
    EXPECT_EQ(expected_markets(), all);

    // A look at one market, after a change: the others are looked at as well, at once.
    note_change("raw.injury_transaction", date());
    home_.clock().advance(20s);
    BackfillRequest points;
    points.dates = {date(), date()};
    points.steps.erase(Step::kGrades);
    points.origin = forecast::kOriginLive;
    value_of(value_of(engine_.backfill())->run(points));
    EXPECT_EQ(expected_markets(), all);
    const std::int64_t narrow = newest_token();
    home_.clock().advance(20s);
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(narrow, kRecomputeJob).size(), 3U);
    const std::int64_t last = newest_token();
    value_of(controller_.pass());
    EXPECT_EQ(runs_after(last), Told{}) << "once";
}

TEST_F(AController, ADayByWhatIsKnownLeavesWhatIsToBeCollectedWaiting) {
    go_to(date(), 13);
    const Instant now = home_.clock().league_now();
    const RunWork work{.kind = TaskKind::kCollect,
                       .source = collect::find_source("nbac_injury_report"),
                       .game_date = date()};
    const auto plan = planned_run(work, "injury_reports", now, now + 1h);
    const auto transaction = value_of(database().begin());
    value_of(ledger::RunQueue(database(), home_.clock()).plan(*transaction, {&plan, 1}));
    value_of(transaction->commit());
    value_of(controller_.run_day(date(), Collect::kNothing));
    EXPECT_EQ(newest("forecasts").state, "succeeded");
    EXPECT_EQ(newest("collect").state, "planned");
    value_of(controller_.pass());
    EXPECT_EQ(newest("collect").reason, "NOT_COLLECTING") << "this process has nobody to ask";
}

TEST_F(AController, ADayToComeHasNoGrades) {
    go_to(date().plus_days(-1), 13);
    value_of(controller_.run_day(date(), Collect::kNothing));
    EXPECT_EQ(count_rows(database(), "ops.run WHERE job = 'run' AND step = 'forecasts'"), 1);
    EXPECT_EQ(count_rows(database(), "ops.run WHERE job = 'run' AND step = 'grades'"), 0)
        << "the games of that evening are still to be graded";
}

TEST_F(AController, ASecondCallOfADayPassesEverythingOver) {
    go_to(date(), 13);
    value_of(controller_.run_day(date(), Collect::kNothing));
    home_.clock().advance(1min);
    for (const RunRow& run : value_of(controller_.run_day(date(), Collect::kNothing))) {
        EXPECT_EQ(run.state, "skipped") << run.step << " " << run.scope;
        EXPECT_TRUE(run.reason == "UNCHANGED" || run.reason == "NO_GAMES") << run.reason;
    }
}

}  // namespace
}  // namespace tipoff::operate
