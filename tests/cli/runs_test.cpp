/// The history of runs as people and scripts see it.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "program.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;
using support::value_of;

/// Three runs: a succeeded one of three days ago, a failed one of yesterday, and one that is still
/// running.
class Runs : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        const SystemClock machine;
        ManualClock clock(machine.wall_now() - std::chrono::days{3});
        const auto home =
            value_of(store::open_home(folder_->path(), operate::catalogue(), {}, clock));
        ledger::Ledger ledger(home->database(), clock);
        const auto good = value_of(
            ledger.start({.step = "import", .scope = "data", .dates = {}, .input_hash = ""}));
        value_of(ledger.finish(good, {.state = ledger::RunState::kSucceeded,
                                      .rows = 12,
                                      .merges = 3,
                                      .reason = "",
                                      .detail = ""}));
        clock.advance(std::chrono::days{2});
        const GameDate day = value_of(parse_date("2023-04-09"));
        const auto bad = value_of(ledger.start({.step = "features",
                                                .scope = "2022-23",
                                                .dates = store::DateScope{day, day},
                                                .input_hash = ""}));
        value_of(ledger.finish(bad, {.state = ledger::RunState::kFailed,
                                     .rows = 0,
                                     .merges = 0,
                                     .reason = "disk",
                                     .detail = "no room"}));
        failed_id_ = bad.run_id;
        clock.advance(std::chrono::hours{23});
        (void)value_of(
            ledger.start({.step = "conform", .scope = "2022-23", .dates = {}, .input_hash = ""}));
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static Outcome runs(Words words) {
        words.insert(words.begin(), {"--home", folder_->path().string(), "runs"});
        return run_tipoff(words);
    }

    static std::vector<std::string> steps(Words words) {
        words.insert(words.begin(), "list");
        words.insert(words.end(), {"--format", "json"});
        const Outcome outcome = runs(words);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        const json document = json::parse(outcome.out);
        std::vector<std::string> names;
        for (const auto& run : document["runs"])
            names.push_back(run["step"]);
        return names;
    }

    static std::unique_ptr<TempFolder> folder_;
    static std::string failed_id_;
};

std::unique_ptr<TempFolder> Runs::folder_;
std::string Runs::failed_id_;

TEST_F(Runs, AreListedTheNewestFirstAndNarrowedDown) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(steps({}), (Names{"conform", "features", "import"}));
    EXPECT_EQ(steps({"--since", "26h"}), (Names{"conform", "features"}));
    EXPECT_EQ(steps({"--since", "2d"}), (Names{"conform", "features"}));
    EXPECT_EQ(steps({"--state", "failed"}), Names{"features"});
    EXPECT_EQ(steps({"--step", "import"}), Names{"import"});
    EXPECT_EQ(steps({"--step", "import", "--state", "failed"}), Names{});
    EXPECT_EQ(steps({"--limit", "1"}), Names{"conform"});
}

TEST_F(Runs, JsonHasTheFieldsThatScriptsReadAndNullForWhatIsNotThere) {
    const json list = json::parse(runs({"list", "--format", "json", "--state", "failed"}).out);
    ASSERT_EQ(list["runs"].size(), 1U);
    const json& run = list["runs"][0];
    for (const char* field :
         {"run_id", "step", "game_date", "state", "attempt", "started_at", "finished_at",
          "heartbeat_at", "lease_until", "rows", "merges", "reason", "detail"}) {
        EXPECT_TRUE(run.contains(field)) << field;
    }
    EXPECT_EQ(run["game_date"], "2023-04-09");
    EXPECT_EQ(run["state"], "failed");
    EXPECT_EQ(run["attempt"], 1);
    EXPECT_EQ(run["reason"], "disk");
    EXPECT_EQ(run["detail"], "no room");
    EXPECT_TRUE(run["started_at"].get<std::string>().ends_with("Z"));
    const json running =
        json::parse(runs({"list", "--format", "json", "--state", "running"}).out)["runs"][0];
    EXPECT_TRUE(running["finished_at"].is_null());
    EXPECT_TRUE(running["game_date"].is_null());
}

TEST_F(Runs, OneIsShownInFull) {
    const json document = json::parse(runs({"show", failed_id_, "--format", "json"}).out);
    EXPECT_EQ(document["run"]["run_id"], failed_id_);
    EXPECT_EQ(document["run"]["detail"], "no room");
    const Outcome table = runs({"show", failed_id_});
    EXPECT_NE(table.out.find("no room"), std::string::npos) << table.out;
}

TEST_F(Runs, AreSummedUpByStepAndState) {
    const json all = json::parse(runs({"summary", "--since", "7d", "--format", "json"}).out);
    ASSERT_EQ(all["steps"].size(), 3U);
    const json& import = all["steps"][2];
    EXPECT_EQ(import["step"], "import");
    EXPECT_EQ(import["state"], "succeeded");
    EXPECT_EQ(import["count"], 1);
    EXPECT_TRUE(import["last_success"].get<std::string>().ends_with("Z"));
    EXPECT_TRUE(all["steps"][0]["p50_s"].is_null()) << "conform is still running";
    ASSERT_EQ(all["slowest"].size(), 2U);
    const json day = json::parse(runs({"summary", "--format", "json"}).out);
    EXPECT_EQ(day["steps"].size(), 1U) << "a day, where nothing is said";
    std::vector<std::string> never;
    for (const json& step : day["never_succeeded"])
        never.push_back(step["step"]);
    EXPECT_EQ(never,
              (std::vector<std::string>{"conform", "features", "forecasts", "grades", "train"}));
    const Outcome table = runs({"summary", "--since", "7d"});
    EXPECT_NE(table.out.find("never succeeded"), std::string::npos) << table.out;
}

TEST_F(Runs, AnIdThatIsNotThereFails) {
    const Outcome outcome = runs({"show", "nothing"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "tipoff: there is no run 'nothing'\n  tipoff runs list shows them\n");
}

}  // namespace
}  // namespace tipoff::cli_test
