/// Batches over a real database, with workers that are threads of this process.
#include "operate/batch_coordinator.h"

#include <gtest/gtest.h>

#include <thread>

#include "coordinate/in_process_queue.h"
#include "coordinate/worker.h"
#include "mini_home.h"
#include "operate/board.h"
#include "operate/coverage.h"
#include "operate/live.h"

namespace tipoff::operate {
namespace {

using coordinate::BatchRequest;
using coordinate::BatchRow;
using coordinate::WorkerThreads;
using support::value_of;
using test::MiniHome;

class ABatch : public ::testing::Test {
protected:
    ABatch() { home_.go_to(eastern_instant(date(), {9, 0, 0})); }

    [[nodiscard]] GameDate date() const { return home_.last_day(); }
    [[nodiscard]] store::Database& database() { return home_.database(); }

    BatchCoordinator& coordinator(std::chrono::microseconds stalls_after = coordinate::kStalls) {
        if (!coordinator_) {
            coordinator_ = std::make_unique<BatchCoordinator>(
                database(), home_.ledger(), home_.clock(), engine_, queue_,
                BatchCoordinatorOptions{.threads = 1, .stalls_after = stalls_after});
        }
        return *coordinator_;
    }

    BatchRow run(const BatchRequest& request) {
        const BatchRow begun = value_of(coordinator().start(request));
        coordinator().wait_until_idle();
        return *value_of(coordinator().find(begun.batch_id));
    }

    /// Batches that name no market are of these.
    void usually_in(std::vector<Market> markets) {
        coordinator_ = std::make_unique<BatchCoordinator>(
            database(), home_.ledger(), home_.clock(), engine_, queue_,
            BatchCoordinatorOptions{.threads = 1, .markets = std::move(markets)});
    }

    std::int64_t number(std::string_view sql) {
        return value_of(database().read(sql, {date()})).data[0].integer(0);
    }

    MiniHome home_;
    SharedFacts facts_{home_.database()};
    WarmEngine engine_{facts_, home_.database(), home_.ledger(), home_.clock(), home_.folder()};
    coordinate::InProcessQueue queue_;
    std::unique_ptr<BatchCoordinator> coordinator_;
};

TEST_F(ABatch, ThatNamesNoMarketIsOfTheUsualOnes) {
    const WorkerThreads workers(queue_, 2, "test");
    usually_in({Market::kRebounds, Market::kPra});
    EXPECT_EQ(run({.game_date = date()}).markets, "rebounds,pra");
    EXPECT_EQ(number("SELECT CAST(count(DISTINCT market) AS BIGINT) FROM "
                     "predictions.player_prop_prediction WHERE game_date = $1 AND origin = 'live'"),
              2);
}

TEST_F(ABatch, IsCompleteAndSaysWhatALiveForecastSays) {
    const WorkerThreads workers(queue_, 2, "test");
    const BatchRow batch = run({.game_date = date(), .markets = {"points", "pra"}});
    EXPECT_EQ(batch.state, "complete");
    EXPECT_GT(batch.expected, 0);
    EXPECT_EQ(batch.forecast, batch.expected);
    EXPECT_EQ(batch.gaps, 0);
    EXPECT_EQ(batch.rows, number("SELECT CAST(count(*) AS BIGINT) FROM "
                                 "predictions.player_prop_prediction WHERE game_date = $1 AND "
                                 "origin = 'live'"));
    for (const auto& item : value_of(coordinator().batches().items(batch.batch_id))) {
        EXPECT_EQ(item.outcome, "forecast");
        EXPECT_TRUE(item.worker.starts_with("test#"));
    }

    // The same day in another home, forecast by the thread that asks.
    MiniHome other;
    other.go_to(eastern_instant(date(), {9, 0, 0}));
    value_of(forecast_live(other.database(), other.ledger(), other.clock(), other.folder(),
                           {.date = date(),
                            .as_of = std::nullopt,
                            .markets = {Market::kPoints, Market::kPra},
                            .threads = 1}));
    const auto tables = derived_tables();
    EXPECT_EQ(value_of(store::digest(database(), tables)),
              value_of(store::digest(other.database(), tables)));
}

TEST_F(ABatch, EndsItsRunInTheSameTransactionAndPublishesASummary) {
    const WorkerThreads workers(queue_, 1, "test");
    const BatchRow batch = run({.game_date = date(), .correlation_id = "mine"});
    const auto run_row =
        value_of(store::read_rows(database(), ledger::kRun, "WHERE run_id = $1", {batch.run_id}));
    ASSERT_EQ(run_row.size(), 1U);
    EXPECT_EQ(run_row[0].step, "forecasts");
    EXPECT_EQ(run_row[0].state, "succeeded");
    EXPECT_EQ(batch.correlation_id, "mine");
    EXPECT_EQ(number("SELECT CAST(min(players) AS BIGINT) FROM predictions.batch_summary WHERE "
                     "game_date = $1"),
              batch.expected);
    EXPECT_EQ(number("SELECT CAST(count(*) AS BIGINT) FROM ops.run WHERE state = 'running' AND "
                     "$1 IS NOT NULL"),
              0);
}

TEST_F(ABatch, AskedForAgainSaysTheSameAndWritesNothingNew) {
    const WorkerThreads workers(queue_, 1, "test");
    const BatchRow first = run({.game_date = date()});
    const BatchRow again = run({.game_date = date()});
    EXPECT_NE(again.batch_id, first.batch_id);
    EXPECT_EQ(again.state, "complete");
    EXPECT_EQ(again.forecast, first.forecast);
    EXPECT_GT(first.rows, 0);
    EXPECT_EQ(again.rows, 0);
}

TEST_F(ABatch, OfWhichOneIsUnderWayIsRefusedUnlessItIsForced) {
    const BatchRow stuck = value_of(coordinator().start({.game_date = date()}));
    const auto second = coordinator().start({.game_date = date()});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::kBusy);
    EXPECT_TRUE(second.error().message().contains(stuck.batch_id));

    const BatchRow forced = value_of(coordinator().start({.game_date = date(), .force = true}));
    EXPECT_NE(forced.batch_id, stuck.batch_id);
    EXPECT_EQ(value_of(coordinator().find(stuck.batch_id))->state, "dropped");
    const WorkerThreads workers(queue_, 1, "test");
    coordinator().wait_until_idle();
    EXPECT_EQ(value_of(coordinator().find(forced.batch_id))->state, "complete");
    EXPECT_EQ(number("SELECT CAST(count(*) AS BIGINT) FROM ops.run WHERE state = 'running' AND "
                     "$1 IS NOT NULL"),
              0);
}

TEST_F(ABatch, ThatStandsStillForTenMinutesNeedNotBeForced) {
    const BatchRow stuck =
        value_of(coordinator(std::chrono::hours{1}).start({.game_date = date()}));
    home_.clock().advance(coordinate::kBatchIsStalled - std::chrono::seconds{1});
    EXPECT_FALSE(coordinator().start({.game_date = date()}));
    home_.clock().advance(std::chrono::seconds{1});
    value_of(coordinator().finish(stuck.batch_id));
    coordinator().wait_until_idle();
    EXPECT_EQ(value_of(coordinator().find(stuck.batch_id))->state, "partial");
}

TEST_F(ABatch, WithoutWorkersEndsWithAReasonForEachPlayer) {
    const BatchRow batch =
        value_of(coordinator(std::chrono::microseconds{0}).start({.game_date = date()}));
    coordinator().wait_until_idle();
    const BatchRow ended = *value_of(coordinator().find(batch.batch_id));
    EXPECT_EQ(ended.state, "partial");
    EXPECT_EQ(ended.gaps, ended.expected);
    EXPECT_EQ(ended.reason, std::to_string(ended.expected) + " NO_ANSWER");
    const CoverageReport report =
        value_of(coverage(database(), {.dates = {date(), date()}, .market = "points"}));
    EXPECT_EQ(report.reasons.at(GapReason::kNoWorkerAnswered), ended.expected);
}

TEST_F(ABatch, LeavesOutWhoIsExpectedForTooFewMinutes) {
    const WorkerThreads workers(queue_, 1, "test");
    const BatchRow all = run({.game_date = date()});
    const BatchRow some = run({.game_date = date(), .min_minutes = 20});
    EXPECT_GT(some.left_out, 0);
    EXPECT_EQ(some.expected + some.left_out, all.expected);
    const CoverageReport report =
        value_of(coverage(database(), {.dates = {date(), date()}, .market = "points"}));
    EXPECT_EQ(report.reasons.at(GapReason::kBelowMinMinutes), some.left_out);

    const auto nobody = coordinator().start({.game_date = date(), .min_minutes = 47});
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code(), ErrorCode::kNotFound);
}

TEST_F(ABatch, OfADateThatCannotBeForecastSaysWhy) {
    const auto refused = [&](const BatchRequest& request) {
        const auto begun = coordinator().start(request);
        return begun
                   ? std::string("begun")
                   : std::string(to_string(begun.error().code())) + ": " + begun.error().message();
    };
    const auto says = [&](const BatchRequest& request, std::string_view what) {
        const std::string said = refused(request);
        EXPECT_TRUE(said.contains(what)) << said;
    };
    says({.game_date = date().plus_days(-1)}, "is over");
    says({.game_date = date().plus_days(15)}, "more than 14 days ahead");
    says({.game_date = date(), .markets = {"goals"}}, "there is no market 'goals'");
    says({.game_date = date(), .systems = {"oracle_v1"}}, "there is no system 'oracle_v1'");
    says({.game_date = date(), .min_minutes = -1}, "min_minutes");
    home_.go_to(eastern_instant(date(), {23, 59, 0}));
    says({.game_date = date()}, "has begun");
    EXPECT_TRUE(value_of(coordinator().batches().list(10, std::nullopt)).empty());
}

TEST_F(ABatch, WaitsForAStepOfItsDateThatIsUnderWay) {
    const WorkerThreads workers(queue_, 1, "test");
    const store::DateScope day{date(), date()};
    const Season season = value_of(Season::parse("2022-23"));
    const ledger::RunHandle in_the_way = value_of(home_.ledger().start(
        {.step = "conform", .scope = derived_scope(season, day, true), .dates = day}));
    const BatchRow begun = value_of(coordinator().start({.game_date = date()}));
    // It has tried once at least when it is at its second attempt.
    while (value_of(coordinator().batches().find(begun.batch_id))->attempt == 1)
        std::this_thread::yield();
    value_of(home_.ledger().finish(in_the_way, {.state = ledger::RunState::kSkipped}));
    coordinator().wait_until_idle();
    const BatchRow ended = *value_of(coordinator().find(begun.batch_id));
    EXPECT_EQ(ended.state, "complete") << ended.detail;
    EXPECT_EQ(number("SELECT CAST(count(*) AS BIGINT) FROM ops.run WHERE state = 'running' AND "
                     "$1 IS NOT NULL"),
              0);
}

TEST_F(ABatch, LeftBehindByAProcessIsGoneOnWith) {
    const BatchRow begun = value_of(coordinator().start({.game_date = date()}));
    coordinator_.reset();
    EXPECT_EQ(value_of(coordinator().find(begun.batch_id))->state, "running")
        << "it is left to be gone on with";
    const WorkerThreads workers(queue_, 1, "test");
    EXPECT_EQ(value_of(coordinator().resume()), 1U);
    coordinator().wait_until_idle();
    const BatchRow ended = *value_of(coordinator().find(begun.batch_id));
    EXPECT_EQ(ended.state, "complete");
    EXPECT_EQ(ended.attempt, 2);
    EXPECT_EQ(value_of(coordinator().resume()), 0U);
}

}  // namespace
}  // namespace tipoff::operate
