// A PostgreSQL server in place of the home's own file, as a user meets it.

#include <gtest/gtest.h>

#include <filesystem>

#include "cli/program.h"
#include "store/duckdb/duckdb_database.h"
#include "support/expected.h"
#include "support/files.h"
#include "support/postgres_server.h"

namespace tipoff::cli_test {
namespace {

class AServer : public testing::Test {
protected:
    void SetUp() override {
        auto* const server = support::PostgresServer::shared();
        if (server == nullptr)
            GTEST_SKIP() << "PostgreSQL is not installed: script/bootstrap installs it";
        url_ = server->new_database();
    }

    Outcome run(Words words) {
        words.insert(words.begin(), {"--home", folder_.path().string(), "--database", url_});
        return run_tipoff(words);
    }

    support::TempFolder folder_;
    std::string url_;
};

TEST_F(AServer, TakesThePlaceOfTheHomesFile) {
    EXPECT_EQ(run({"runs", "list"}).code, 1) << "there is nothing to read yet";
    const Outcome made = run({"runs", "upkeep"});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "tipoff.duckdb"));

    const Outcome counted = run({"sql", "SELECT count(*) AS n FROM ops.run", "--format", "csv"});
    EXPECT_EQ(counted.out, "n\n0\n") << counted.err;
    const Outcome by_environment =
        run_tipoff({"--home", folder_.path().string(), "runs", "list", "--format", "csv"},
                   {{"TIPOFF_DATABASE", url_}});
    EXPECT_EQ(by_environment.code, 0) << by_environment.err;
}

TEST_F(AServer, IsOnlyReadBySql) {
    ASSERT_EQ(run({"runs", "upkeep"}).code, 0);
    for (const char* sql :
         {"DELETE FROM ops.migration", "CREATE TABLE ops.mine (id INTEGER)",
          "SELECT 1; DELETE FROM ops.migration",
          "WITH gone AS (DELETE FROM ops.migration RETURNING *) SELECT * FROM gone"})
        EXPECT_NE(run({"sql", sql}).code, 0) << sql;
    const Outcome left =
        run({"sql", "SELECT count(*) > 0 AS there FROM ops.migration", "--format", "csv"});
    EXPECT_EQ(left.out, "there\ntrue\n") << left.err;
}

TEST_F(AServer, ExportsCsvAndParquet) {
    ASSERT_EQ(run({"runs", "upkeep"}).code, 0);
    const std::string csv = folder_ / "migrations.csv";
    const Outcome exported = run({"export", "ops.migration", "--to", csv});
    EXPECT_EQ(exported.code, 0) << exported.err;
    EXPECT_TRUE(support::read_file(csv).starts_with("version,"));
    const std::filesystem::path parquet = folder_ / "migrations.parquet";
    const Outcome written = run({"export", "ops.migration", "--to", parquet.string()});
    EXPECT_EQ(written.code, 0) << written.err;
    const auto rows = support::value_of(store::read_parquet(parquet));
    const Outcome count =
        run({"sql", "SELECT count(*) AS n FROM ops.migration", "--format", "csv"});
    EXPECT_EQ("n\n" + std::to_string(rows.rows()) + "\n", count.out);
    EXPECT_EQ(rows.names.front(), "version");
    EXPECT_EQ(rows.data.front().text(0), "1");
    EXPECT_FALSE(std::filesystem::exists(parquet.string() + ".spill"));
}

TEST_F(AServer, ExportsNoRowsAsAParquetFileOfItsColumns) {
    ASSERT_EQ(run({"runs", "upkeep"}).code, 0);
    const std::filesystem::path parquet = folder_ / "games.parquet";
    const Outcome written = run({"export", "analytics.game", "--to", parquet.string()});
    EXPECT_EQ(written.code, 0) << written.err;
    const auto rows = support::value_of(store::read_parquet(parquet));
    EXPECT_EQ(rows.rows(), 0U);
    EXPECT_EQ(rows.names.front(), "game_id");
}

TEST(ADatabaseUrl, WithAPasswordIsWrongUsageAndNotRepeated) {
    const support::TempFolder folder;
    const Outcome outcome =
        run_tipoff({"--home", folder.path().string(), "--database",
                    "postgresql://me:hunter22@localhost/nba", "runs", "upkeep"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ((outcome.out + outcome.err).find("hunter22"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("PGPASSWORD"), std::string::npos) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "tipoff.lock"));
}

}  // namespace
}  // namespace tipoff::cli_test
