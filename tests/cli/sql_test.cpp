/// Queries by hand: what they show, and that they can only read.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;

class Sql : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        make_home(home());
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static std::filesystem::path home() { return *folder_ / "home"; }

    static Outcome sql(const std::string& query, const Words& more = {"--format", "csv"}) {
        Words words{"--home", home(), "sql", query};
        words.insert(words.end(), more.begin(), more.end());
        return run_tipoff(words);
    }

    static std::unique_ptr<TempFolder> folder_;
};

std::unique_ptr<TempFolder> Sql::folder_;

TEST_F(Sql, ShowsTheRowsInTheOrderOfTheQuery) {
    const std::string query =
        "SELECT i, chr(CAST(65 + i AS INTEGER)) AS letter FROM range(3) t(i) ORDER BY i DESC";
    EXPECT_EQ(sql(query).out, "i,letter\n2,C\n1,B\n0,A\n");
    EXPECT_EQ(sql(query, {}).out, "i  letter\n2  C\n1  B\n0  A\n");
}

TEST_F(Sql, KeepsTheOrderOfManyRows) {
    const Outcome outcome = sql("SELECT i FROM range(5000) t(i) ORDER BY -i");
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(outcome.out.starts_with("i\n4999\n4998\n")) << outcome.out.substr(0, 40);
    EXPECT_TRUE(outcome.out.ends_with("\n1\n0\n"));
}

TEST_F(Sql, JsonIsOneDocumentWithNullsAndTypes) {
    const Outcome outcome =
        sql("SELECT 1 AS one, NULL AS nothing, 0.5::DOUBLE AS half, 'Dončić' AS name, true AS yes",
            {"--format", "json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    const json expected = {
        {"columns", {"one", "nothing", "half", "name", "yes"}},
        {"rows",
         {{{"one", 1}, {"nothing", nullptr}, {"half", 0.5}, {"name", "Dončić"}, {"yes", true}}}},
        {"truncated", false}};
    EXPECT_EQ(json::parse(outcome.out), expected);
}

TEST_F(Sql, AcceptsWhatReads) {
    for (const std::string query :
         {"WITH a AS (SELECT 1 AS x) SELECT x FROM a;", "  -- a comment\n SELECT 1 ; ; ",
          "/* a */ SELECT 1 -- b", "FROM range(2)", "VALUES (1), (2)", "(SELECT 1)", "SHOW TABLES",
          "DESCRIBE raw.schedule", "SUMMARIZE raw.schedule", "EXPLAIN SELECT 1",
          "EXPLAIN ANALYZE SELECT 1", "select 1", "SELECT 1 UNION ALL SELECT 2 ORDER BY 1"}) {
        const Outcome outcome = sql(query);
        EXPECT_EQ(outcome.code, 0) << query << ": " << outcome.err;
        EXPECT_NE(outcome.out, "") << query;
    }
}

TEST_F(Sql, RefusesWhatDoesMoreThanRead) {
    const std::string file = *folder_ / "stolen";
    const std::string before = support::read_file(home() / "tipoff.duckdb");
    for (const std::string& query : std::vector<std::string>{
             "INSERT INTO ops.run SELECT * FROM ops.run",
             "DELETE FROM ops.migration",
             "UPDATE ops.migration SET version = 2",
             "DROP TABLE ops.migration",
             "CREATE TABLE t (a INTEGER)",
             "CREATE TEMP TABLE t AS SELECT 1",
             "ALTER TABLE ops.migration ADD COLUMN a INTEGER",
             "COPY (SELECT 1) TO '" + file + "'",
             "EXPORT DATABASE '" + file + "'",
             "ATTACH '" + file + "' AS other",
             "INSTALL httpfs",
             "LOAD httpfs",
             "PRAGMA database_list",
             "SET memory_limit = '1TB'",
             "CALL force_checkpoint()",
             "BEGIN",
             "CHECKPOINT",
             "VACUUM",
             "SELECT 1; DROP TABLE ops.migration",
             "SELECT 1; COPY (SELECT 1) TO '" + file + "'",
             "SELECT 1) AS a; COPY (SELECT 1) TO '" + file + "'; SELECT * FROM (SELECT 1",
             "EXPLAIN COPY (SELECT 1) TO '" + file + "'",
             "EXPLAIN ANALYZE COPY (SELECT 1) TO '" + file + "'",
             "EXPLAIN ANALYZE DELETE FROM ops.migration",
             "EXPLAIN ANALYZE COPY (SELECT 1) TO '" + home().string() + "/tipoff.duckdb'",
             "WITH a AS (SELECT 1) INSERT INTO ops.migration SELECT 1, 'x', now() FROM a",
             "SELECT * FROM read_csv('/etc/passwd')",
             "SELECT * FROM read_text('/etc/passwd')",
             "SELECT * FROM '/etc/passwd'",
             "SELECT * FROM glob('/etc/*')",
             "SELECT * FROM query('COPY (SELECT 1) TO ''" + file + "''')",
             "",
             ";",
             "-- nothing but a comment"}) {
        const Outcome outcome = sql(query);
        EXPECT_NE(outcome.code, 0) << query << "\n" << outcome.out;
        EXPECT_EQ(outcome.out, "") << query;
        EXPECT_TRUE(outcome.err.starts_with("tipoff: ")) << outcome.err;
    }
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(support::read_file(home() / "tipoff.duckdb"), before);
}

TEST_F(Sql, AStatementThatWritesIsRefusedByExitCodeFour) {
    const Outcome outcome = sql("drop table ops.migration");
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.err.substr(0, outcome.err.find('\n')),
              "tipoff: only queries are run here, and DROP is none");
}

TEST_F(Sql, AWrongQueryFailsWithTheEnginesReason) {
    const Outcome outcome = sql("SELECT no_such_column FROM raw.schedule");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("no_such_column"), std::string::npos) << outcome.err;
}

TEST_F(Sql, ALongResultIsCutAndSaysSo) {
    const std::string query = "SELECT i FROM range(10001) t(i)";
    const Outcome cut = sql(query);
    EXPECT_EQ(cut.code, 3);
    EXPECT_TRUE(cut.out.ends_with("\n9999\n"));
    EXPECT_NE(cut.err.find("only the first 10000 rows"), std::string::npos) << cut.err;
    EXPECT_TRUE(json::parse(sql(query, {"--format", "json"}).out)["truncated"].get<bool>());
    const Outcome whole = sql(query, {"--format", "csv", "--limit", "20000"});
    EXPECT_EQ(whole.code, 0);
    EXPECT_TRUE(whole.out.ends_with("\n10000\n"));
    EXPECT_EQ(sql(query, {"--format", "csv", "--limit", "2"}).out, "i\n0\n1\n");
}

TEST_F(Sql, NeedsNoRightToWriteTheHome) {
    // Reading leaves no trace: neither a lock nor a log beside the database.
    std::vector<std::string> before;
    for (const auto& entry : std::filesystem::directory_iterator(home()))
        before.push_back(entry.path());
    ASSERT_EQ(sql("SELECT 1").code, 0);
    std::vector<std::string> after;
    for (const auto& entry : std::filesystem::directory_iterator(home()))
        after.push_back(entry.path());
    EXPECT_EQ(before, after);
}

}  // namespace
}  // namespace tipoff::cli_test
