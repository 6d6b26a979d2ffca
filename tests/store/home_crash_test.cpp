// A home whose writer is killed, and one whose disk is full.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "ledger/ops_tables.h"
#include "operate/catalogue.h"
#include "store/home.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using ledger::ExpectationRow;
using ledger::kExpectation;
using support::Channel;
using support::ChildProcess;
using support::count_rows;
using support::merge_rows;
using support::outcome_of;
using support::value_of;

const GameDate kFirstDay = value_of(parse_date("2022-10-18"));
const Instant kNow = value_of(parse_instant("2022-10-18T12:00:00Z"));

std::unique_ptr<Home> open(const std::filesystem::path& folder) {
    return value_of(open_home(folder, operate::catalogue(), {}, ManualClock(kNow)));
}

/// `count` rows of one day, with text that does not compress away.
std::vector<ExpectationRow> rows_of(int day, int count) {
    std::vector<ExpectationRow> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back({.game_id = GameId{22200000 + day},
                        .player_id = PlayerId{i},
                        .market = "points",
                        .game_date = kFirstDay.plus_days(day),
                        .outcome = "gap",
                        .reason = "NO_ROSTER_SOURCE",
                        .detail = to_string(fingerprint_of(std::to_string(day * 1'000'000 + i))),
                        .run_id = "run"});
    }
    return rows;
}

std::int64_t stored_rows(const std::filesystem::path& folder) {
    return count_rows(open(folder)->database(), "ops.expectation");
}

class AKilledHome : public testing::Test {
protected:
    support::TempFolder folder_;
};

class AKilledWriter : public AKilledHome, public testing::WithParamInterface<int> {};

// A small batch lies in memory until the commit, a large one is written to the file before.
INSTANTIATE_TEST_SUITE_P(BatchRows, AKilledWriter, testing::Values(100, 130'000));

TEST_P(AKilledWriter, LeavesNothingOfWhatItHadNotCommitted) {
    merge_rows(open(folder_.path())->database(), kExpectation, rows_of(0, 10));
    ChildProcess writer([&](Channel& parent) {
        const auto home = open(folder_.path());
        const auto transaction = value_of(home->database().begin());
        value_of(transaction->merge(kExpectation.batch(rows_of(1, GetParam())), std::nullopt));
        parent.tell("merged");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "merged");
    EXPECT_EQ(writer.kill().signal, SIGKILL);
    EXPECT_EQ(stored_rows(folder_.path()), 10);
}

TEST_P(AKilledWriter, LeavesAllThatItHadCommitted) {
    ChildProcess writer([&](Channel& parent) {
        const auto home = open(folder_.path());
        merge_rows(home->database(), kExpectation, rows_of(1, GetParam()));
        parent.tell("committed");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "committed");
    EXPECT_EQ(writer.kill().signal, SIGKILL);
    EXPECT_EQ(stored_rows(folder_.path()), GetParam());
    EXPECT_EQ(stored_rows(folder_.path()),
              GetParam());  // and after the log was folded into the file
}

TEST_F(AKilledHome, KeepsEveryCommitThatWasAnsweredAndNoHalfOfAnother) {
    constexpr int kRowsADay = 40;
    for (const int answers : {0, 1, 6}) {
        SCOPED_TRACE(answers);
        const support::TempFolder folder;
        ChildProcess writer([&](Channel& parent) -> int {
            const auto home = open(folder.path());
            parent.tell("open");
            for (int day = 0;; ++day) {
                merge_rows(home->database(), kExpectation, rows_of(day, kRowsADay));
                parent.tell("committed");
            }
        });
        ASSERT_EQ(writer.channel().hear(), "open");
        for (int i = 0; i < answers; ++i)
            ASSERT_EQ(writer.channel().hear(), "committed");
        EXPECT_EQ(writer.kill().signal, SIGKILL);

        const auto home = open(folder.path());
        EXPECT_GE(count_rows(home->database(), "ops.expectation"), answers * kRowsADay);
        const auto days = value_of(
            home->database().read("SELECT count(*) FROM ops.expectation GROUP BY game_date", {}));
        for (std::size_t i = 0; i < days.rows(); ++i)
            EXPECT_EQ(days.data[0].integer(i), kRowsADay);
    }
}

TEST_F(AKilledHome, IsReadWithAllThatWasCommittedAndWithoutAChange) {
    ChildProcess writer([&](Channel& parent) {
        const auto home = open(folder_.path());
        merge_rows(home->database(), kExpectation, rows_of(0, 40));
        parent.tell("committed");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "committed");
    EXPECT_EQ(writer.kill().signal, SIGKILL);
    const std::string log = support::read_file(folder_ / "tipoff.duckdb.wal");
    ASSERT_FALSE(log.empty());
    HomeOptions reading;
    reading.access = Access::kReadOnly;
    for (int i = 0; i < 2; ++i) {
        const auto home =
            value_of(open_home(folder_.path(), operate::catalogue(), reading, ManualClock(kNow)));
        EXPECT_EQ(count_rows(home->database(), "ops.expectation"), 40);
    }
    EXPECT_EQ(support::read_file(folder_ / "tipoff.duckdb.wal") == log, true);
}

TEST_F(AKilledHome, IsFreeForTheNextWriterAndItsSpillFolderIsRemoved) {
    ChildProcess writer([&](Channel& parent) {
        const auto home = open(folder_.path());
        std::filesystem::create_directory(folder_ / "tipoff.duckdb.tmp");
        support::write_file(folder_ / "tipoff.duckdb.tmp/duckdb_temp_storage-0.tmp", "spilled");
        parent.tell("spilled");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "spilled");
    EXPECT_EQ(writer.kill().signal, SIGKILL);
    ASSERT_TRUE(std::filesystem::exists(folder_ / "tipoff.duckdb.tmp"));
    const auto home = open(folder_.path());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "tipoff.duckdb.tmp"));
}

// --- a full disk ---

/// No file of this process grows beyond `bytes`: what a write meets on a full disk.
void limit_files(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit");
}

class AFullDisk : public AKilledWriter {};

INSTANTIATE_TEST_SUITE_P(BatchRows, AFullDisk, testing::Values(5000, 130'000));

TEST_P(AFullDisk, FailsTheWriteAndKeepsWhatWasThere) {
    merge_rows(open(folder_.path())->database(), kExpectation, rows_of(0, 10));
    ChildProcess writer([&](Channel& parent) {
        const auto home = open(folder_.path());
        Database& database = home->database();
        limit_files(65'536);
        {
            const auto transaction = value_of(database.begin());
            const auto merged =
                transaction->merge(kExpectation.batch(rows_of(1, GetParam())), std::nullopt);
            const auto committed = transaction->commit();
            parent.tell(merged ? outcome_of(committed) : outcome_of(merged));
            parent.tell(outcome_of(committed));
        }
        parent.tell(std::to_string(count_rows(database, "ops.expectation")));
        limit_files(RLIM_INFINITY);
        merge_rows(database, kExpectation, rows_of(2, 5));
        return 0;
    });
    EXPECT_EQ(writer.channel().hear(), "input/output");  // the first call that failed
    EXPECT_EQ(writer.channel().hear(), "input/output");  // and nothing was committed
    EXPECT_EQ(writer.channel().hear(), "10");
    EXPECT_EQ(writer.wait().code, 0) << "with space again the same process writes on";
    EXPECT_EQ(stored_rows(folder_.path()), 15);
}

TEST_P(AFullDisk, ThatEndsTheProcessKeepsWhatWasThere) {
    merge_rows(open(folder_.path())->database(), kExpectation, rows_of(0, 10));
    ChildProcess writer([&](Channel&) {
        const auto home = open(folder_.path());
        limit_files(65'536);
        const auto transaction = value_of(home->database().begin());
        const auto merged =
            transaction->merge(kExpectation.batch(rows_of(1, GetParam())), std::nullopt);
        return merged && transaction->commit() ? 1 : 0;
    });
    EXPECT_EQ(writer.wait().code, 0);
    EXPECT_EQ(stored_rows(folder_.path()), 10);
}

TEST(AFullDiskAtFirst, LeavesAHomeThatOpensLater) {
    const support::TempFolder folder;
    ChildProcess writer([&](Channel& parent) {
        limit_files(20'000);
        const auto home = open_home(folder.path(), operate::catalogue(), {}, ManualClock(kNow));
        parent.tell(outcome_of(home));
        return 0;
    });
    const auto outcome = writer.channel().hear();
    EXPECT_EQ(writer.wait().code, 0);
    EXPECT_EQ(outcome, "input/output");
    EXPECT_EQ(stored_rows(folder.path()), 0);
}

}  // namespace
}  // namespace tipoff::store
