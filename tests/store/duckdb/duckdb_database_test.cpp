#include "store/duckdb/duckdb_database.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <ostream>
#include <thread>

#include "store/test_tables.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using support::count_rows;
using support::execute;
using support::merge_rows;
using support::outcome_of;
using support::told;
using support::value_of;

/// A database with the test's tables in a folder of its own.
class Store : public testing::Test {
protected:
    Database& db() { return *database_; }

    support::TempFolder folder_;
    std::unique_ptr<Database> database_ =
        support::open_with_tables(folder_ / "t.duckdb", {&kScore.spec(), &kEverything.spec()});
};

TEST_F(Store, WidensTheNumbersOfSql) {
    const auto row =
        value_of(db().read("SELECT sum(n), avg(n), CAST(1.25 AS DECIMAL(9,2)), CAST(200 AS "
                           "UTINYINT), CAST(-1 AS HUGEINT), CAST(0.5 AS FLOAT) "
                           "FROM (VALUES (1), (2)) t(n)",
                           {}));
    EXPECT_EQ(row.data[0].integer(0), 3);
    EXPECT_EQ(row.data[1].number(0), 1.5);
    EXPECT_EQ(row.data[2].number(0), 1.25);
    EXPECT_EQ(row.data[3].integer(0), 200);
    EXPECT_EQ(row.data[4].integer(0), -1);
    EXPECT_EQ(row.data[5].number(0), 0.5);
}

TEST_F(Store, AFileNameMayHoldAQuote) {
    const auto file = folder_ / "o'neal.duckdb";
    const auto database = support::open_with_tables(file, {&kScore.spec()});
    EXPECT_EQ(support::count_rows(*database, "analytics.score"), 0);
    EXPECT_TRUE(std::filesystem::exists(file));
}

struct BadQuery {
    const char* sql;
    const char* told;  ///< a part of what the user is told

    friend void PrintTo(const BadQuery& query, std::ostream* out) { *out << query.sql; }
};

class Refused : public Store, public testing::WithParamInterface<BadQuery> {};

TEST_P(Refused, IsTheUsersMistakeAndToldAsSuch) {
    const auto rows = db().read(GetParam().sql, {});
    EXPECT_EQ(outcome_of(rows), "invalid input");
    EXPECT_NE(told(rows).find(GetParam().told), std::string::npos) << told(rows);
}

INSTANTIATE_TEST_SUITE_P(
    Queries, Refused,
    testing::Values(
        BadQuery{"SELEC 1", "SELEC"}, BadQuery{"SELECT * FROM analytics.scores", "scores"},
        BadQuery{"SELECT conflict FROM analytics.score", "conflict"},
        BadQuery{"SELECT 1; SELECT 2", "multiple"}, BadQuery{"SELECT CAST('x' AS INTEGER)", "'x'"},
        BadQuery{"SELECT 9223372036854775807 + 1", "Overflow"},
        BadQuery{"SELECT $1", "1 parameters and was given 0"}, BadQuery{"", "statement"},
        BadQuery{"SELECT [1, 2] AS list", "'list'"},
        BadQuery{"SELECT CAST(1e30 AS HUGEINT) AS wide", "'wide'"},
        BadQuery{"SELECT CAST(18446744073709551615 AS UBIGINT) AS wide", "CAST(wide AS DOUBLE)"}));

// --- opening ---

TEST(OpeningDuckDb, ForReadingChangesNothingAndRefusesWrites) {
    const support::TempFolder folder;
    const auto file = folder / "t.duckdb";
    support::open_with_tables(file, {&kScore.spec()}).reset();
    const auto database = value_of(open_duckdb(file, {.access = Access::kReadOnly}));
    const auto transaction = value_of(database->begin());
    EXPECT_NE(outcome_of(transaction->execute("DELETE FROM analytics.score", {})), "ok");
    EXPECT_EQ(count_rows(*database, "analytics.score"), 0);
}

TEST(OpeningDuckDb, ForReadingNeedsAFile) {
    const support::TempFolder folder;
    EXPECT_EQ(outcome_of(open_duckdb(folder / "none.duckdb", {.access = Access::kReadOnly})),
              "not found");
    EXPECT_FALSE(std::filesystem::exists(folder / "none.duckdb"));
}

TEST(OpeningDuckDb, WhereNoFileCanBeIsInputOutput) {
    const support::TempFolder folder;
    EXPECT_EQ(outcome_of(open_duckdb(folder / "no/such/folder/t.duckdb", {})), "input/output");
}

TEST(OpeningDuckDb, RemovesTheSpillFolderOfAKilledProcess) {
    const support::TempFolder folder;
    const auto spill = folder / "t.duckdb.tmp";
    std::filesystem::create_directories(spill);
    support::write_file(spill / "duckdb_temp_storage_DEFAULT-0.tmp", "left behind");
    const auto database = support::open_with_tables(folder / "t.duckdb", {});
    EXPECT_FALSE(std::filesystem::exists(spill));
}

TEST(OpeningDuckDb, CutShortInItsDataIsRefusedAndTheLogBesideItKept) {
    const support::TempFolder folder;
    const auto file = folder / "t.duckdb";
    const auto log = folder / "t.duckdb.wal";
    {
        const auto database = support::open_with_tables(file, {});
        execute(
            *database,
            "CREATE TABLE noise AS SELECT md5(CAST(i AS VARCHAR)) AS text FROM range(60000) r(i)");
        execute(*database, "CREATE TABLE small (id INTEGER)");
    }
    support::ChildProcess writer([&](support::Channel& parent) {
        const auto database = support::open_with_tables(file, {});
        execute(*database, "INSERT INTO small VALUES (1)");
        parent.tell("committed");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "committed");
    writer.kill();
    const std::string whole = support::read_file(file);
    const std::string logged = support::read_file(log);

    for (std::size_t missing = 1; missing < whole.size(); missing += 100'000) {
        SCOPED_TRACE(missing);
        const std::string cut = whole.substr(0, whole.size() - missing);
        support::write_file(file, cut);
        EXPECT_EQ(outcome_of(open_duckdb(file, {})), "damaged");
        EXPECT_EQ(outcome_of(open_duckdb(file, {.access = Access::kReadOnly})), "damaged");
        EXPECT_EQ(support::read_file(file) == cut, true) << "the file was changed";
        ASSERT_EQ(support::read_file(log) == logged, true) << "the log was changed";
    }

    support::write_file(file, whole);
    const auto database = support::open_with_tables(file, {});
    EXPECT_EQ(count_rows(*database, "small"), 1);
    EXPECT_EQ(count_rows(*database, "noise"), 60000);
}

TEST(OpeningDuckDb, SaysWhichEngineItIs) {
    const support::TempFolder folder;
    EXPECT_EQ(support::open_with_tables(folder / "t.duckdb", {})->engine(), "DuckDB v1.4.4");
}

}  // namespace
}  // namespace tipoff::store
