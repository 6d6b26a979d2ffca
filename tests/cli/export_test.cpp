/// Tables and queries as files.

#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using support::TempFolder;

class Export : public ::testing::Test {
protected:
    Export() : home_(folder_ / "home"), out_(folder_ / "out") {
        make_home(home_);
        fs::create_directory(out_);
        // Out of the order of their keys.
        change_database(home_,
                        {insert_run("run-2", "it's \"quoted\", twice"), insert_run("run-1", "")});
    }

    static std::string insert_run(const std::string& id, const std::string& detail) {
        std::string quoted;
        for (const char c : detail)
            quoted += c == '\'' ? "''" : std::string(1, c);
        return "INSERT INTO ops.run (run_id, step, scope, job, logical_time, revision, state, "
               "attempt, most_attempts, fencing_token, row_version, owner, planned_at, waits_for, "
               "started_at, heartbeat_at, lease_until, rows, merges, input_hash, reason, detail) "
               "VALUES ('" +
               id +
               "', 'import', 's', '', TIMESTAMPTZ '2023-01-01 12:00:00+00', 1, 'running', 1, 1, 1, "
               "1, 'o', TIMESTAMPTZ '2023-01-01 12:00:00+00', '', TIMESTAMPTZ '2023-01-01 "
               "12:00:00+00', TIMESTAMPTZ '2023-01-01 12:00:00+00', "
               "TIMESTAMPTZ '2023-01-01 12:01:00+00', 5, 1, '', '', '" +
               quoted + "')";
    }

    Outcome export_to(const std::string& name, const Words& what) {
        Words words{"--home", home_, "export"};
        words.insert(words.end(), what.begin(), what.end());
        words.insert(words.end(), {"--to", (out_ / name).string()});
        return run_tipoff(words);
    }

    /// Whether the folder holds this file and nothing else: no temporary file stays behind.
    [[nodiscard]] bool holds_only(const std::string& name) const {
        const auto count = std::distance(fs::directory_iterator(out_), fs::directory_iterator());
        return name.empty() ? count == 0 : count == 1 && fs::exists(out_ / name);
    }

    TempFolder folder_;
    fs::path home_;
    fs::path out_;
};

TEST_F(Export, ATableIsCsvInTheOrderOfItsKey) {
    const Outcome outcome = export_to("runs.csv", {"ops.run"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const std::string text = support::read_file(out_ / "runs.csv");
    EXPECT_TRUE(text.starts_with("run_id,step,scope,job,"));
    const auto first = text.find("\nrun-1,import,s,\"\",");
    const auto second = text.find("\nrun-2,import,s,\"\",");
    ASSERT_NE(first, text.npos) << text;
    ASSERT_NE(second, text.npos) << text;
    EXPECT_LT(first, second);
    EXPECT_NE(text.find(",2023-01-01T12:00:00Z,"), text.npos) << text;
    EXPECT_TRUE(text.ends_with(",\"it's \"\"quoted\"\", twice\"\n")) << text;
    EXPECT_TRUE(holds_only("runs.csv"));
}

TEST_F(Export, AQueryIsCsv) {
    const Outcome outcome = export_to(
        "q.csv", {"--query", "SELECT run_id, finished_at FROM ops.run ORDER BY run_id DESC;"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(support::read_file(out_ / "q.csv"), "run_id,finished_at\nrun-2,\nrun-1,\n");
}

TEST_F(Export, ParquetHoldsTheSameRows) {
    const Outcome outcome = export_to("runs.parquet", {"ops.run", "--format", "csv"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("runs.parquet,2,"), std::string::npos) << outcome.out;
    const std::string bytes = support::read_file(out_ / "runs.parquet");
    EXPECT_EQ(bytes.substr(0, 4), "PAR1");
    EXPECT_EQ(bytes.substr(bytes.size() - 4), "PAR1");
    EXPECT_TRUE(holds_only("runs.parquet"));
}

TEST_F(Export, ANameThatNeedsQuotingWorks) {
    EXPECT_EQ(export_to("it's.parquet", {"ops.run"}).code, 0);
    EXPECT_TRUE(holds_only("it's.parquet"));
}

TEST_F(Export, AnOlderFileIsReplaced) {
    support::write_file(out_ / "runs.csv", "old");
    ASSERT_EQ(export_to("runs.csv", {"ops.run"}).code, 0);
    EXPECT_TRUE(support::read_file(out_ / "runs.csv").starts_with("run_id,"));
}

TEST_F(Export, WhatFailsLeavesTheOlderFileAndNothingElse) {
    for (const std::string name : {"runs.csv", "runs.parquet"}) {
        support::write_file(out_ / name, "old");
        const Outcome outcome = export_to(name, {"--query", "SELECT no_such_column FROM ops.run"});
        EXPECT_EQ(outcome.code, 1) << name;
        EXPECT_EQ(support::read_file(out_ / name), "old");
        EXPECT_TRUE(holds_only(name));
        fs::remove(out_ / name);
    }
}

TEST_F(Export, AQueryThatFailsHalfWayLeavesNothing) {
    for (const std::string name : {"half.csv", "half.parquet"}) {
        const Outcome outcome = export_to(name, {"--query",
                                                 "SELECT CASE WHEN i < 300000 THEN '1' ELSE 'x' "
                                                 "END::INTEGER AS n FROM range(300001) t(i)"});
        EXPECT_EQ(outcome.code, 1) << name;
        EXPECT_TRUE(holds_only("")) << name;
    }
}

TEST_F(Export, AQueryCannotWriteAnotherFile) {
    const std::string other = out_ / "other";
    for (const std::string& query : std::vector<std::string>{
             "COPY (SELECT 1) TO '" + other + "'", "SELECT 1) TO '" + other + "'; --",
             "SELECT 1) TO '" + other + "' (FORMAT csv); COPY (SELECT 1", "DELETE FROM ops.run",
             "SELECT * FROM read_text('/etc/passwd')"}) {
        EXPECT_NE(export_to("x.parquet", {"--query", query}).code, 0) << query;
        EXPECT_NE(export_to("x.csv", {"--query", query}).code, 0) << query;
        EXPECT_TRUE(holds_only("")) << query;
    }
}

TEST_F(Export, WrongUsageIsNamed) {
    const auto told = [&](const std::string& name, const Words& words, const std::string& part) {
        const Outcome outcome = export_to(name, words);
        EXPECT_EQ(outcome.code, 2) << outcome.err;
        EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
    };
    told("runs.txt", {"ops.run"}, "neither in .csv nor in .parquet");
    told("runs.csv", {"ops.nothing"}, "there is no table 'ops.nothing'");
    told("runs.csv", {}, "a table or --query SQL, one of them");
    told("runs.csv", {"ops.run", "--query", "SELECT 1"}, "a table or --query SQL, one of them");
    told("no/such/folder/runs.csv", {"ops.run"}, "there is no folder");
    EXPECT_TRUE(holds_only(""));
}

}  // namespace
}  // namespace tipoff::cli_test
