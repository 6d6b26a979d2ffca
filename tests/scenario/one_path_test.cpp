// One path: however a backfill is cut into calls, stopped, or spread over threads, the tables end
// the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <set>

#include "operate/coverage.h"
#include "scenario/engine.h"
#include "support/child_process.h"

namespace tipoff::operate {
namespace {

/// In the home's own file.
const std::string& digest_of_one_go() {
    static const std::string digest = [] {
        const support::HomePlace place;
        Engine engine(place);
        engine.run(all_dates());
        return engine.digest();
    }();
    return digest;
}

class OnePath : public support::HomeOnEachEngine {
protected:
    /// Every one for the home's own file; a few for a server.
    template <class Number>
    static std::vector<Number> some_of(std::vector<Number> all) {
        if (!is_duckdb()) all = {all[0], all[all.size() / 2], all.back()};
        return all;
    }
};

TEST_P(OnePath, SingleDaysGiveTheDigestOfOneGo) {
    Engine engine(place_);
    std::set<GameDate> dates;
    for (const auto& game : engine.facts->summaries().games)
        dates.insert(game.game_date);
    for (const GameDate date : dates)
        engine.run({date, date});
    EXPECT_EQ(engine.digest(), digest_of_one_go());
}

TEST_P(OnePath, FreshProcessesADayGiveTheSame) {
    std::set<GameDate> dates;
    for (const auto& game : league().schedule)
        dates.insert(game.game_date);
    // Not one of them in order: a day does not stand on the day that was run before it.
    std::vector<GameDate> order(dates.begin(), dates.end());
    std::ranges::reverse(order);
    for (const GameDate date : order)
        Engine(place_).run({date, date});
    EXPECT_EQ(Engine(place_).digest(), digest_of_one_go());
}

TEST_P(OnePath, AnyNumberOfThreadsGivesTheSame) {
    for (const std::size_t threads : {2U, 8U}) {
        const support::HomePlace place(GetParam());
        Engine engine(place);
        engine.run(all_dates(), threads);
        EXPECT_EQ(engine.digest(), digest_of_one_go()) << threads << " threads";
    }
}

TEST_P(OnePath, TheOrderOfTheFactsDoesNotMatter) {
    conform::RawFacts facts = league();
    std::ranges::reverse(facts.player_boxes);
    std::ranges::reverse(facts.schedule);
    std::ranges::reverse(facts.prop_lines);
    std::ranges::reverse(facts.game_lines);
    std::ranges::reverse(facts.injuries);
    Engine engine(place_, std::move(facts));
    engine.run(all_dates());
    EXPECT_EQ(engine.digest(), digest_of_one_go());
}

TEST_P(OnePath, ASecondCallPassesEverythingOverAndWritesNothing) {
    Engine engine(place_);
    const BackfillReport first = engine.run(all_dates());
    const std::string digest = engine.digest();
    const std::int64_t runs = engine.count("SELECT count(*) FROM ops.run");
    const BackfillReport second = engine.run(all_dates());
    EXPECT_EQ(second.merges, 0);
    ASSERT_EQ(second.steps.size(), first.steps.size());
    for (const StepReport& step : second.steps)
        EXPECT_TRUE(step.passed_over) << step.season << " " << step.step;
    EXPECT_EQ(engine.digest(), digest);
    EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run"), runs);
}

TEST_P(OnePath, ANewFactRunsItsSeasonAgainAndNoEarlierOne) {
    Engine(place_).run(all_dates());
    conform::RawFacts facts = league();
    // A correction of a game of the second season.
    collect::PlayerBox box = facts.player_boxes.back();
    box.revision = 7;
    box.assists += 1;
    facts.player_boxes.push_back(box);
    Engine engine(place_, std::move(facts));
    for (const StepReport& step : engine.run(all_dates()).steps) {
        EXPECT_EQ(step.passed_over, step.season == "2021-22") << step.season << " " << step.step;
    }
}

TEST_P(OnePath, MergesAreTablesTimesSeasons) {
    // The same tables and seasons, twice the games: not one merge more.
    int merges = 0;
    for (const int game_days : {7, 14}) {
        const support::HomePlace place(GetParam());
        Engine engine(place, test::mini_league({.seed = 2, .game_days = game_days}));
        const BackfillReport report = engine.run(all_dates());
        std::set<std::string> tables;
        for (const auto* table : derived_tables())
            tables.insert(table->qualified_name());
        // Every derived table of these steps and the expected grid, once a season.
        EXPECT_EQ(report.merges, 2 * static_cast<int>(tables.size() + 1)) << game_days;
        if (merges != 0) {
            EXPECT_EQ(report.merges, merges);
        }
        merges = report.merges;
        EXPECT_EQ(engine.count("SELECT sum(merges) FROM ops.run"), report.merges);
    }
}

/// When no lease of a killed process lives any more.
const Instant kLater = kNow + std::chrono::minutes{5};

/// A backfill in a child process that is killed after so many steps; then the same call again.
std::string digest_after_kill(support::Engine engine_of, std::size_t steps_before_kill) {
    const support::HomePlace place(engine_of);
    support::ChildProcess child([&](support::Channel&) {
        Engine engine(place);
        engine.run(all_dates(), 1, [&](const StepReport&, std::size_t done, std::size_t) {
            if (done == steps_before_kill) ::raise(SIGKILL);
        });
        return 0;
    });
    EXPECT_EQ(child.wait().signal, SIGKILL);
    Engine engine(place, league(), kLater);
    const BackfillReport report = engine.run(all_dates());
    std::size_t passed_over = 0;
    for (const StepReport& step : report.steps)
        passed_over += step.passed_over ? 1 : 0;
    EXPECT_EQ(passed_over, steps_before_kill) << "it goes on where it was cut off";
    EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run WHERE state = 'running'"), 0);
    return engine.digest();
}

TEST_P(OnePath, AKillBetweenAnyTwoStepsChangesNothingInTheEnd) {
    for (const std::size_t steps : some_of<std::size_t>({1, 2, 3, 4, 5, 6, 7}))
        EXPECT_EQ(digest_after_kill(GetParam(), steps), digest_of_one_go()) << steps;
}

/// Passes everything on to a real database, and kills the process at the n-th merge or commit.
class KillingDatabase final : public store::Database {
public:
    KillingDatabase(store::Database& real, int calls_left) : real_(real), calls_left_(calls_left) {}

    Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
        return real_.read(sql, values);
    }
    Expected<std::unique_ptr<store::Transaction>> begin() override {
        TIPOFF_TRY(auto transaction, real_.begin());
        return std::make_unique<Killing>(std::move(transaction), *this);
    }
    [[nodiscard]] std::string engine() const override { return real_.engine(); }

private:
    class Killing final : public store::Transaction {
    public:
        Killing(std::unique_ptr<store::Transaction> real, KillingDatabase& owner)
            : real_(std::move(real)), owner_(owner) {}
        Expected<store::MergeCount> merge(const store::Batch& batch,
                                          std::optional<store::MergeScope> scope) override {
            auto merged = real_->merge(batch, scope);
            owner_.count_down();
            return merged;
        }
        Status append(const store::Batch& batch) override { return real_->append(batch); }
        Expected<std::int64_t> execute(std::string_view sql, const store::Values& values) override {
            return real_->execute(sql, values);
        }
        Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
            return real_->read(sql, values);
        }
        Status commit() override {
            owner_.count_down();
            return real_->commit();
        }
        [[nodiscard]] int merges() const override { return real_->merges(); }

    private:
        std::unique_ptr<store::Transaction> real_;
        KillingDatabase& owner_;
    };
    void count_down() {
        if (--calls_left_ == 0) ::raise(SIGKILL);
    }
    store::Database& real_;
    std::atomic<int> calls_left_;
};

TEST_P(OnePath, AKillInsideAnyTransactionLeavesNothingHalfWritten) {
    for (const int calls : some_of<int>({1, 4, 9, 12, 17, 23, 31, 40})) {
        const support::HomePlace place(GetParam());
        support::ChildProcess child([&](support::Channel&) {
            Engine engine(place);
            KillingDatabase killing(engine.home->database(), calls);
            ledger::Ledger its_ledger(killing, engine.clock);
            Backfill backfill(killing, its_ledger, engine.clock, *engine.facts);
            value_of(backfill.run({.dates = all_dates()}));
            return 0;
        });
        ASSERT_EQ(child.wait().signal, SIGKILL) << calls;
        Engine engine(place, league(), kLater);
        EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run WHERE state = 'running'"), 0) << calls;
        engine.run(all_dates());
        EXPECT_EQ(engine.digest(), digest_of_one_go()) << "killed at call " << calls;
    }
}

TEST_P(OnePath, EveryExpectedPlayerIsPredictedVoidedOrAGapWithAReason) {
    Engine engine(place_);
    engine.write_box_scores();
    engine.run(all_dates());
    const CoverageReport report =
        value_of(coverage(engine.home->database(), {.dates = all_dates()}));
    EXPECT_EQ(report.expected,
              report.predicted + report.voided + static_cast<std::int64_t>(report.gaps.size()));
    EXPECT_GT(report.predicted, 800);
    // The first day of a league of which nothing is known, and players in their first game
    // after a trade: nobody could place them without a roster.
    EXPECT_GT(report.reasons.at(GapReason::kNewPlayerNoHistory), 30);
    EXPECT_EQ(report.reasons.at(GapReason::kNoRosterSource), 4);
    EXPECT_EQ(report.reasons.size(), 2U);
}

TEST_P(OnePath, SaysWhichStepHasNotRun) {
    Engine engine(place_);
    BackfillRequest request{.dates = all_dates()};
    request.steps = {Step::kConform};
    value_of(engine.backfill->run(request));
    auto report = value_of(coverage(engine.home->database(), {.dates = all_dates()}));
    EXPECT_EQ(report.predicted, 0);
    EXPECT_GT(report.reasons.at(GapReason::kFeaturesNotRun), 800);
    request.steps = {Step::kFeatures};
    value_of(engine.backfill->run(request));
    report = value_of(coverage(engine.home->database(), {.dates = all_dates()}));
    EXPECT_GT(report.reasons.at(GapReason::kForecastsNotRun), 800);
    EXPECT_FALSE(report.reasons.contains(GapReason::kFeaturesNotRun));
}

TEST_P(OnePath, RefusesForecastsWithoutFeaturesUnlessTold) {
    Engine engine(place_);
    BackfillRequest request{.dates = all_dates()};
    request.steps = {Step::kForecasts};
    const auto refused = engine.backfill->run(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kRefused);
    EXPECT_NE(support::told(refused).find("--skip-feature-check"), std::string::npos);
    EXPECT_EQ(engine.count("SELECT count(*) FROM predictions.player_prop_prediction"), 0);
    request.skip_feature_check = true;
    EXPECT_GT(value_of(engine.backfill->run(request)).forecasts, 0);
}

TEST_P(OnePath, SaysWhatIsDueAndWritesNothing) {
    Engine engine(place_);
    BackfillRequest request{.dates = all_dates()};
    request.dry_run = true;
    const BackfillReport report = value_of(engine.backfill->run(request));
    EXPECT_EQ(report.steps.size(), 8U);
    EXPECT_EQ(report.merges, 0);
    EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run"), 0);
    EXPECT_EQ(engine.count("SELECT count(*) FROM analytics.game"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, OnePath, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
