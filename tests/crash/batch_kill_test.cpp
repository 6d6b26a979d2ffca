// A coordinator whose process is killed, at each step of a batch.

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>

#include "base/crash_point.h"
#include "coordinate/in_process_queue.h"
#include "coordinate/worker.h"
#include "operate/batch_coordinator.h"
#include "operate/mini_home.h"
#include "support/child_process.h"

namespace tipoff::operate {
namespace {

using coordinate::BatchRow;
using support::Channel;
using support::ChildProcess;
using support::value_of;

/// A home with its coordinator and one worker, at nine in the morning of its last day.
class Coordinated {
public:
    Coordinated(const std::filesystem::path& folder, GameDate date)
        : clock_(eastern_instant(date, {9, 0, 0})),
          home_(value_of(store::open_home(folder, catalogue(), {}, clock_))),
          ledger_(home_->database(), clock_),
          facts_(home_->database()),
          engine_(facts_, home_->database(), ledger_, clock_, folder),
          coordinator_(home_->database(), ledger_, clock_, engine_, queue_, {.threads = 1}),
          workers_(queue_, 1, "test") {}

    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ledger::Ledger& ledger() { return ledger_; }
    [[nodiscard]] BatchCoordinator& coordinator() { return coordinator_; }

    std::int64_t count(std::string_view sql) {
        return value_of(database().read(sql, {})).data[0].integer(0);
    }

private:
    ManualClock clock_;
    std::unique_ptr<store::Home> home_;
    ledger::Ledger ledger_;
    SharedFacts facts_;
    WarmEngine engine_;
    coordinate::InProcessQueue queue_;
    BatchCoordinator coordinator_;
    coordinate::WorkerThreads workers_;
};

std::string kill_at;  // NOLINT: what the hook of a child is told

void die_there(std::string_view point) {
    if (point == kill_at) ::raise(SIGKILL);
}

class AKilledBatch : public testing::TestWithParam<const char*> {
protected:
    static void SetUpTestSuite() {
        if (std::filesystem::exists(calm_.path() / "home")) return;
        test::MiniHome made;
        date_ = made.last_day();
        made.leave_in(calm_.path() / "home");
    }

    [[nodiscard]] std::filesystem::path a_copy() const {
        const auto folder = folder_.path() / "home";
        std::filesystem::copy(calm_.path() / "home", folder,
                              std::filesystem::copy_options::recursive);
        return folder;
    }

    /// A child that starts a batch, or goes on with one, and dies at the point.
    static void run_until_killed(const std::filesystem::path& folder, const char* point) {
        ChildProcess child([&](Channel&) {
            kill_at = point;
            set_crash_hook(&die_there);
            Coordinated home(folder, date_);
            value_of(home.ledger().abandon_expired(true));
            if (value_of(home.coordinator().resume()) == 0)
                value_of(home.coordinator().start({.game_date = date_}));
            home.coordinator().wait_until_idle();
            return 0;
        });
        EXPECT_EQ(child.wait().signal, SIGKILL) << point << " is not passed";
    }

    /// What is forecast for the day when nobody is killed.
    static Fingerprint calm_digest() {
        static const Fingerprint digest = [] {
            const support::TempFolder folder;
            std::filesystem::copy(calm_.path() / "home", folder.path() / "home",
                                  std::filesystem::copy_options::recursive);
            Coordinated home(folder.path() / "home", date_);
            value_of(home.coordinator().start({.game_date = date_}));
            home.coordinator().wait_until_idle();
            return value_of(store::digest(home.database(), derived_tables()));
        }();
        return digest;
    }

    /// The next process goes on; in the end all is as if nobody had been killed.
    static void expect_gone_on_with(const std::filesystem::path& folder) {
        Coordinated home(folder, date_);
        value_of(home.ledger().abandon_expired(true));
        EXPECT_EQ(home.count("SELECT count(*) FROM ops.run WHERE state = 'running'"), 0);
        value_of(home.coordinator().resume());
        home.coordinator().wait_until_idle();
        auto batches = value_of(home.coordinator().batches().list(10, std::nullopt));
        if (batches.empty()) {
            // It was killed before the batch stood in the database: nobody was told that it did.
            value_of(home.coordinator().start({.game_date = date_}));
            home.coordinator().wait_until_idle();
            batches = value_of(home.coordinator().batches().list(10, std::nullopt));
        }
        ASSERT_EQ(batches.size(), 1U);
        EXPECT_EQ(batches[0].state, "complete");
        EXPECT_EQ(batches[0].forecast, batches[0].expected);
        EXPECT_EQ(home.count("SELECT count(*) FROM ops.work_item"), batches[0].expected);
        EXPECT_EQ(home.count("SELECT count(*) FROM ops.run WHERE finished_at IS NULL"), 0);
        EXPECT_EQ(value_of(store::digest(home.database(), derived_tables())), calm_digest());
    }

    static support::TempFolder calm_;  // NOLINT: made once for all points
    static GameDate date_;             // NOLINT
    support::TempFolder folder_;
};

support::TempFolder AKilledBatch::calm_;  // NOLINT
GameDate AKilledBatch::date_;             // NOLINT

TEST_P(AKilledBatch, IsGoneOnWithByTheNextProcess) {
    const auto folder = a_copy();
    run_until_killed(folder, GetParam());
    expect_gone_on_with(folder);
}

/// "batch_begun"
std::string point_name(const testing::TestParamInfo<const char*>& point) {
    std::string name(point.param);
    std::ranges::replace(name, '.', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(AtEveryStep, AKilledBatch,
                         testing::Values("batch.begun", "batch.published", "worker.taken",
                                         "worker.forecast", "worker.answered", "batch.progressed",
                                         "conform.started", "conform.before_commit",
                                         "conform.committed", "features.before_commit",
                                         "features.committed", "forecasts.started",
                                         "forecasts.before_commit", "forecasts.committed"),
                         point_name);

class ABatchThatWasTakenUp : public AKilledBatch {};

TEST_P(ABatchThatWasTakenUp, AndIsKilledAgainIsGoneOnWith) {
    const auto folder = a_copy();
    run_until_killed(folder, "batch.begun");
    run_until_killed(folder, GetParam());
    expect_gone_on_with(folder);
}

INSTANTIATE_TEST_SUITE_P(AtSomeSteps, ABatchThatWasTakenUp,
                         testing::Values("batch.taken_up", "worker.forecast", "features.committed",
                                         "forecasts.before_commit"),
                         point_name);

}  // namespace
}  // namespace tipoff::operate
