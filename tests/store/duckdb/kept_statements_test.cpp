// Statements that are kept prepared answer as if they were prepared anew.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "support/database.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using support::execute;
using support::outcome_of;
using support::value_of;

/// A statement is kept from its second time on, and is answered from the kept plan the third time.
constexpr int kTimesUntilKept = 3;

class Kept : public testing::Test {
protected:
    Database& db() { return *database_; }

    std::size_t rows_of(const std::string& sql, const Values& values = {}) {
        return value_of(db().read(sql, values)).rows();
    }

    /// Reads until the statement is kept; what it answered.
    std::size_t repeated(const std::string& sql, const Values& values = {}) {
        std::size_t rows = 0;
        for (int i = 0; i < kTimesUntilKept; ++i)
            rows = rows_of(sql, values);
        return rows;
    }

    support::TempFolder folder_;
    std::unique_ptr<Database> database_ = support::open_with_tables(folder_ / "t.duckdb", {});
};

class KeptOverRows : public Kept {
protected:
    KeptOverRows() {
        execute(db(), "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, k TEXT)");
        execute(db(), "INSERT INTO t SELECT range, range, 'k' || (range % 3) FROM range(10)");
    }

    void add_what_was_not_there() {
        execute(db(),
                "INSERT INTO t VALUES (12345, NULL, 'zz' || repeat('y', 40)), (12346, 7, 'a')");
    }
};

TEST_F(KeptOverRows, SeeValuesOutsideOfWhatWasThereWhenTheyWereMade) {
    // Of each: what it answers before and after; plans that know the statistics answer as before.
    struct Reading {
        std::string sql;
        Values values;
        std::size_t before, after;
    };
    const std::vector<Reading> readings{
        {"SELECT id FROM t WHERE id > 100", {}, 0, 2},
        {"SELECT id FROM t WHERE n IS NULL", {}, 0, 1},
        {"SELECT $1::BIGINT, id FROM t WHERE id = 12345", {std::int64_t{1}}, 0, 1},
        {"SELECT id FROM t WHERE id = 12345 LIMIT $1", {std::int64_t{5}}, 0, 1},
        {"SELECT t.id FROM t JOIN (SELECT $1::BIGINT AS p) x ON t.id = 12345",
         {std::int64_t{1}},
         0,
         1},
        {"SELECT id FROM t WHERE id < 100 AND n IS NOT NULL", {}, 10, 10},
        {"SELECT k FROM t GROUP BY k", {}, 3, 5},
        {"SELECT id FROM t ORDER BY k DESC, id", {}, 10, 12}};
    for (const Reading& reading : readings)
        EXPECT_EQ(repeated(reading.sql, reading.values), reading.before) << reading.sql;
    add_what_was_not_there();
    for (const Reading& reading : readings)
        EXPECT_EQ(rows_of(reading.sql, reading.values), reading.after) << reading.sql;
    EXPECT_EQ(value_of(db().read("SELECT id FROM t ORDER BY k DESC, id", {})).data[0].integer(0),
              12345);
}

TEST_F(KeptOverRows, CountAndTakeTheGreatestAnew) {
    const std::string sql = "SELECT count(*), max(id), max(coalesce(n, -1)) FROM t";
    repeated(sql);
    add_what_was_not_there();
    const Columns after = value_of(db().read(sql, {}));
    EXPECT_EQ(after.data[0].integer(0), 12);
    EXPECT_EQ(after.data[1].integer(0), 12346);
}

TEST_F(KeptOverRows, ChangeRowsThatWereNotThereWhenTheyWereMade) {
    const std::string sql = "UPDATE t SET n = $1 WHERE id = 12345";
    for (int i = 0; i < kTimesUntilKept; ++i)
        EXPECT_EQ(execute(db(), sql, {std::int64_t{9}}), 0);
    add_what_was_not_there();
    EXPECT_EQ(execute(db(), sql, {std::int64_t{9}}), 1);
    EXPECT_EQ(rows_of("SELECT id FROM t WHERE n = 9"), 2U);
}

TEST_F(KeptOverRows, TakeOtherValuesAndNullsInTheirParameters) {
    const std::string sql = "SELECT id FROM t WHERE n = $1";
    repeated(sql, {std::int64_t{3}});
    EXPECT_EQ(rows_of(sql, {nullptr}), 0U);
    EXPECT_EQ(rows_of(sql, {3.0}), 1U);
    EXPECT_EQ(rows_of(sql, {std::string("4")}), 1U);
    EXPECT_EQ(rows_of(sql, {std::int64_t{5}}), 1U);
    EXPECT_EQ(outcome_of(db().read(sql, {})), "invalid input");
    EXPECT_EQ(rows_of(sql, {std::int64_t{5}}), 1U);
}

TEST_F(Kept, FollowTheSchema) {
    const std::string sql = "SELECT * FROM t";
    EXPECT_EQ(outcome_of(db().read(sql, {})), "invalid input");
    execute(db(), "CREATE TABLE t (id BIGINT)");
    execute(db(), "INSERT INTO t VALUES (1)");
    EXPECT_EQ(repeated(sql), 1U);
    execute(db(), "ALTER TABLE t ADD COLUMN name TEXT");
    EXPECT_EQ(value_of(db().read(sql, {})).names, (std::vector<std::string>{"id", "name"}));
    execute(db(), "DROP TABLE t");
    EXPECT_EQ(outcome_of(db().read(sql, {})), "invalid input");
    execute(db(), "CREATE TABLE t (id TEXT)");
    execute(db(), "INSERT INTO t VALUES ('one')");
    EXPECT_EQ(value_of(db().read(sql, {})).data[0].text(0), "one");
}

TEST_F(Kept, FollowAStageThatComesAndGoes) {
    const std::string sql = "SELECT * FROM temp.main.stage";
    const auto transaction = value_of(db().begin());
    for (const char* type : {"BIGINT", "TEXT", "BIGINT"}) {
        value_of(transaction->execute(
            std::string("CREATE TEMP TABLE temp.main.stage (id ") + type + ")", {}));
        value_of(transaction->execute("INSERT INTO temp.main.stage VALUES (1)", {}));
        for (int i = 0; i < kTimesUntilKept; ++i)
            EXPECT_EQ(value_of(transaction->read(sql, {})).rows(), 1U) << type;
        value_of(transaction->execute("DROP TABLE temp.main.stage", {}));
    }
    EXPECT_EQ(outcome_of(transaction->read(sql, {})), "invalid input");
}

TEST_F(Kept, AreOfNoTableThatWasRolledBack) {
    for (int i = 0; i < 2; ++i) {
        const auto transaction = value_of(db().begin());
        value_of(transaction->execute("CREATE TABLE gone (id BIGINT)", {}));
        for (int k = 0; k < kTimesUntilKept; ++k)
            EXPECT_EQ(value_of(transaction->read("SELECT * FROM gone", {})).rows(), 0U);
    }
    const auto transaction = value_of(db().begin());
    EXPECT_EQ(outcome_of(transaction->read("SELECT * FROM gone", {})), "invalid input");
}

TEST_F(KeptOverRows, GoOnAfterATransactionThatWasAborted) {
    const std::string add = "INSERT INTO t (id, n, k) VALUES ($1, $2, $3)";
    const auto adding = [&](std::int64_t id) {
        const auto transaction = value_of(db().begin());
        const auto added = transaction->execute(add, {id, id, std::string("k")});
        return added ? transaction->commit() : Status(std::unexpected(added.error()));
    };
    for (std::int64_t id = 100; id < 100 + kTimesUntilKept; ++id) {
        EXPECT_EQ(outcome_of(adding(id)), "ok");
        EXPECT_NE(outcome_of(adding(id)), "ok") << "its key is there";
    }
    EXPECT_EQ(rows_of("SELECT id FROM t WHERE id >= 100"), 3U);
}

TEST_F(KeptOverRows, OfManyTextsAreEachTheirOwn) {
    for (int turn = 0; turn < kTimesUntilKept; ++turn) {
        for (std::int64_t n = 0; n < 100; ++n) {
            const Columns row = value_of(db().read(
                "SELECT id + " + std::to_string(n) + " FROM t WHERE id = $1", {std::int64_t{1}}));
            ASSERT_EQ(row.data[0].integer(0), n + 1);
        }
    }
}

TEST_F(KeptOverRows, AreOfEachThreadsOwnConnection) {
    constexpr int kThreads = 4;
    constexpr int kTimes = 25;
    std::atomic<int> fenced = 0;
    std::atomic<std::int64_t> sum = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < kTimes; ++i) {
                    const auto transaction = value_of(db().begin());
                    const auto changed =
                        transaction->execute("UPDATE t SET n = n + $1 WHERE id = $2",
                                             {std::int64_t{1}, std::int64_t{0}});
                    if (!changed || !transaction->commit()) ++fenced;
                    sum += value_of(db().read("SELECT id FROM t WHERE id = $1", {std::int64_t{7}}))
                               .data[0]
                               .integer(0);
                }
            });
        }
    }
    EXPECT_EQ(sum, 7 * kThreads * kTimes);
    EXPECT_EQ(rows_of("SELECT id FROM t WHERE id = 0 AND n = $1",
                      {std::int64_t{kThreads * kTimes - fenced}}),
              1U);
}

}  // namespace
}  // namespace tipoff::store
