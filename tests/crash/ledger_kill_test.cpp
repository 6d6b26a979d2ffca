// A run whose process is killed.

#include <gtest/gtest.h>
#include <signal.h>

#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "store/home.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::ledger {
namespace {

using support::Channel;
using support::ChildProcess;
using support::count_rows;
using support::value_of;

const Instant kNow = value_of(parse_instant("2022-10-18T12:00:00Z"));
const GameDate kDay = value_of(parse_date("2022-10-18"));

std::unique_ptr<store::Home> open(const std::filesystem::path& folder) {
    return value_of(store::open_home(folder, operate::catalogue(), {}, ManualClock(kNow)));
}

class AKilledRun : public testing::Test {
protected:
    /// A child that starts a run, tells its id, does `work` and is killed.
    void kill_after(const std::function<void(store::Database&, Ledger&, const RunHandle&)>& work) {
        ChildProcess child([&](Channel& parent) {
            const auto home = open(folder_.path());
            const ManualClock clock(kNow);
            Ledger ledger(home->database(), clock);
            const RunHandle run =
                value_of(ledger.start({"features", "2022-23", store::DateScope{kDay, kDay}, ""}));
            work(home->database(), ledger, run);
            parent.tell("done");
            (void)parent.hear();
            return 0;
        });
        ASSERT_EQ(child.channel().hear(), "done");
        EXPECT_EQ(child.kill().signal, SIGKILL);
    }

    RunRow only_run(store::Database& database) {
        const auto rows = value_of(store::read_rows(database, kRun));
        EXPECT_EQ(rows.size(), 1U);
        return rows.at(0);
    }

    support::TempFolder folder_;
};

/// What the run writes, up to the commit.
std::unique_ptr<store::Transaction> written(store::Database& database, Ledger& ledger,
                                            const RunHandle& run) {
    value_of(ledger.prepare_to_write(run));
    auto transaction = value_of(database.begin());
    const std::vector<ExpectationRow> rows{{.game_id = GameId{22200001},
                                            .player_id = PlayerId{1},
                                            .market = "points",
                                            .game_date = kDay,
                                            .outcome = "predicted",
                                            .reason = {},
                                            .detail = {},
                                            .run_id = run.run_id}};
    value_of(transaction->merge(kExpectation.batch(rows), std::nullopt));
    value_of(ledger.finish(
        *transaction, run,
        {.state = RunState::kSucceeded, .rows = 1, .merges = 1, .reason = {}, .detail = {}}));
    return transaction;
}

TEST_F(AKilledRun, IsAbandonedByTheNextWriterAtOnce) {
    kill_after([](store::Database&, Ledger&, const RunHandle&) {});
    const auto home = open(folder_.path());
    EXPECT_EQ(only_run(home->database()).state, "running");

    // The lease still lives, yet whoever holds the home knows that nobody else does.
    const ManualClock clock(kNow);
    Ledger ledger(home->database(), clock);
    EXPECT_EQ(value_of(ledger.abandon_expired(true)), 1);
    EXPECT_EQ(only_run(home->database()).state, "abandoned");
    EXPECT_EQ(only_run(home->database()).reason, "PROCESS_DIED");
    const RunHandle next =
        value_of(ledger.start({"features", "2022-23", store::DateScope{kDay, kDay}, ""}));
    const auto row =
        value_of(store::read_rows(home->database(), kRun, "WHERE run_id = $1", {next.run_id}))
            .at(0);
    EXPECT_EQ(row.attempt, 2);
}

TEST_F(AKilledRun, BeforeItsCommitLeavesNoOutputAndNoSuccess) {
    std::unique_ptr<store::Transaction> open_transaction;
    kill_after([&](store::Database& database, Ledger& ledger, const RunHandle& run) {
        open_transaction = written(database, ledger, run);
    });
    const auto home = open(folder_.path());
    EXPECT_EQ(only_run(home->database()).state, "running");
    EXPECT_EQ(count_rows(home->database(), "ops.expectation"), 0);
}

TEST_F(AKilledRun, AfterItsCommitHasSucceededWithItsOutput) {
    kill_after([](store::Database& database, Ledger& ledger, const RunHandle& run) {
        value_of(written(database, ledger, run)->commit());
    });
    const auto home = open(folder_.path());
    EXPECT_EQ(only_run(home->database()).state, "succeeded");
    EXPECT_EQ(count_rows(home->database(), "ops.expectation"), 1);
    const ManualClock clock(kNow);
    EXPECT_EQ(value_of(Ledger(home->database(), clock).abandon_expired(true)), 0);
}

}  // namespace
}  // namespace tipoff::ledger
