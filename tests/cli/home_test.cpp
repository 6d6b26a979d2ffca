/// Homes that cannot be used now, or not at all: what is said, with which exit code, and that
/// nothing is touched.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "operate/catalogue.h"
#include "program.h"
#include "store/home.h"
#include "support/child_process.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::ChildProcess;
using support::TempFolder;

class Home : public ::testing::Test {
protected:
    Home() : home_(folder_ / "home") { make_home(home_); }

    [[nodiscard]] Outcome sql(const std::string& query) const {
        return run_tipoff({"--home", home_, "--wait", "0", "sql", query, "--format", "csv"});
    }

    TempFolder folder_;
    std::filesystem::path home_;
};

/// A process that holds the home for writing until it is told to stop.
ChildProcess writer(const std::filesystem::path& home) {
    return ChildProcess([home](support::Channel& parent) {
        const SystemClock clock;
        const auto held =
            support::value_of(store::open_home(home, operate::catalogue(),
                                               {.access = store::Access::kReadWrite,
                                                .wait = {},
                                                .command = "backfill --season 2022-23",
                                                .engine = {}},
                                               clock));
        parent.tell("held");
        (void)parent.hear();
        return 0;
    });
}

TEST_F(Home, WhileAnotherProcessWritesReadersAreRefusedAndToldWhoItIs) {
    ChildProcess other = writer(home_);
    ASSERT_EQ(other.channel().hear(), "held");
    const Outcome outcome = sql("SELECT 1");
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.out, "");
    const std::string process =
        "process " + std::to_string(other.pid()) + " (tipoff backfill --season 2022-23)";
    EXPECT_NE(outcome.err.find(process), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("--wait"), std::string::npos) << outcome.err;
    other.channel().tell("stop");
    other.wait();
    EXPECT_EQ(sql("SELECT 1 AS one").out, "one\n1\n");
}

TEST_F(Home, WhileAnotherProcessWritesWritersAreRefusedAndToldWhoItIs) {
    support::write_file(folder_ / "data.csv", "a,b\n1,2\n");
    ChildProcess other = writer(home_);
    ASSERT_EQ(other.channel().hear(), "held");
    const Outcome outcome =
        run_tipoff({"--home", home_, "--wait", "0", "import", folder_ / "data.csv"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.err.find("process " + std::to_string(other.pid())), std::string::npos)
        << outcome.err;
}

TEST_F(Home, AKilledWriterHoldsNobodyUp) {
    ChildProcess other = writer(home_);
    ASSERT_EQ(other.channel().hear(), "held");
    other.kill();
    EXPECT_EQ(sql("SELECT 1 AS one").code, 0);
}

TEST_F(Home, DoctorSaysThatAnotherProcessWritesAndCallsItWell) {
    ChildProcess other = writer(home_);
    ASSERT_EQ(other.channel().hear(), "held");
    const Outcome outcome =
        run_tipoff({"--home", home_, "--wait", "0", "doctor", "--format", "json"});
    EXPECT_EQ(outcome.code, 0) << outcome.out;
    EXPECT_NE(outcome.out.find("is being written by process"), std::string::npos) << outcome.out;
}

TEST_F(Home, ATornDatabaseIsRefusedAndLeftAsItIs) {
    const auto file = home_ / "tipoff.duckdb";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const std::string before = support::read_file(file);
    const Outcome outcome = sql("SELECT count(*) FROM raw.schedule");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find(file.string()), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("it was left as it is"), std::string::npos) << outcome.err;
    EXPECT_EQ(support::read_file(file), before);

    const Outcome doctor = run_tipoff({"--home", home_, "doctor", "--format", "json"});
    EXPECT_EQ(doctor.code, 1);
    const json report = json::parse(doctor.out);
    EXPECT_FALSE(report["ok"].get<bool>());
    EXPECT_EQ(support::read_file(file), before);
}

TEST_F(Home, AForeignFileIsRefusedForWritingToo) {
    const auto file = home_ / "tipoff.duckdb";
    const std::string notes = "these are my notes, not a database\n";
    support::write_file(file, notes);
    support::write_file(folder_ / "data.csv", "a,b\n1,2\n");
    const Outcome outcome = run_tipoff({"--home", home_, "import", folder_ / "data.csv"});
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_EQ(support::read_file(file), notes);
}

TEST_F(Home, ANewerSchemaIsRefused) {
    change_database(home_, {"INSERT INTO ops.migration VALUES (999, 'of_the_future', TIMESTAMPTZ "
                            "'2030-01-01 00:00:00+00')"});
    const std::string before = support::read_file(home_ / "tipoff.duckdb");
    const Outcome outcome = sql("SELECT 1");
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.err.find("schema 999"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("use the newer tipoff"), std::string::npos) << outcome.err;
    EXPECT_EQ(support::read_file(home_ / "tipoff.duckdb"), before);
}

TEST_F(Home, AColumnTooManyIsRefusedByName) {
    change_database(home_, {"ALTER TABLE analytics.game ADD COLUMN my_notes VARCHAR"});
    const Outcome outcome = sql("SELECT 1");
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.err.find("analytics.game: column 'my_notes"), std::string::npos)
        << outcome.err;
}

TEST(Doctor, AHomeThatIsNotThereYetIsNoFailure) {
    const TempFolder folder;
    const Outcome outcome = run_tipoff({"--home", folder / "later", "doctor", "--format", "json"});
    EXPECT_EQ(outcome.code, 0) << outcome.out;
    const json report = json::parse(outcome.out);
    EXPECT_TRUE(report["ok"].get<bool>());
    bool found = false;
    for (const auto& check : report["checks"]) {
        if (check["check"] != "home") continue;
        found = true;
        EXPECT_EQ(check["finding"], "note");
        EXPECT_NE(check["advice"].get<std::string>().find("tipoff import"), std::string::npos);
    }
    EXPECT_TRUE(found);
    EXPECT_FALSE(std::filesystem::exists(folder / "later"));
}

TEST(Doctor, SaysThatAKeyIsSetAndNeverWhatItIs) {
    const TempFolder folder;
    const Words words{"--home", folder / "later", "doctor"};
    EXPECT_NE(run_tipoff(words).out.find("ODDS_API_KEY is not set"), std::string::npos);
    const std::string out = run_tipoff(words, {{"ODDS_API_KEY", "hush-hush"}}).out;
    EXPECT_NE(out.find("ODDS_API_KEY is set"), std::string::npos);
    EXPECT_EQ(out.find("hush-hush"), std::string::npos);
}

TEST(Doctor, WarnsOfAHomeInWhichOthersMayWrite) {
    const TempFolder folder;
    namespace fs = std::filesystem;
    fs::permissions(folder.path(), fs::perms::all);
    const Outcome outcome = run_tipoff({"--home", folder.path(), "doctor"});
    EXPECT_NE(outcome.out.find("others may write in"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("chmod go-w"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace tipoff::cli_test
