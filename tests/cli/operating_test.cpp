/// A day's work as people and scripts start it: against a league that answers over HTTP, and by
/// what is known already.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/clock.h"
#include "league/upstreams/upstream_server.h"
#include "program.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::TempFolder;
using support::value_of;

const std::string kTonight = "2025-11-03";
const std::string kMorning = "2025-11-03T14:00:00Z";
const std::string kAfternoon = "2025-11-03T18:00:00Z";

/// The first weeks of the simulated league, imported; every test has a copy of its own.
class Operating : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        made_ = std::make_unique<TempFolder>();
        const std::string files = *made_ / "season";
        ASSERT_EQ(run_tipoff({"league", "write", files, "--through", "2025-11-02"}).code, 0);
        ASSERT_EQ(run_tipoff({"--home", *made_ / "home", "import", files}).code, 0);
    }
    static void TearDownTestSuite() { made_.reset(); }

    Operating() { fs::copy(*made_ / "home", folder_ / "home", fs::copy_options::recursive); }

    /// Nobody answers there, should anything be asked after all.
    Outcome tipoff(Words words, const std::string& upstreams = "http://127.0.0.1:9") {
        words.insert(words.begin(), {"--home", folder_ / "home"});
        return run_tipoff(words, {{"TIPOFF_UPSTREAMS", upstreams}});
    }
    json document(Words words, int code = 0, const std::string& upstreams = "http://127.0.0.1:9") {
        words.insert(words.end(), {"--format", "json"});
        const Outcome outcome = tipoff(std::move(words), upstreams);
        EXPECT_EQ(outcome.code, code) << outcome.err << outcome.out.substr(0, 2000);
        return outcome.out.empty() ? json::object() : json::parse(outcome.out);
    }
    /// "state reason" of the runs of each step.
    static std::map<std::string, std::set<std::string>> ends(const json& runs) {
        std::map<std::string, std::set<std::string>> ends;
        for (const json& run : runs) {
            const std::string reason = run["reason"].is_null() ? "" : run["reason"];
            ends[run["step"]].insert(std::string(run["state"]) +
                                     (reason.empty() ? "" : " " + reason));
        }
        return ends;
    }

    static inline std::unique_ptr<TempFolder> made_;
    TempFolder folder_;
};

TEST_F(Operating, ADayIsRunFromWhatIsKnownAndASecondCallPassesItOver) {
    const json first = document({"run", "--now", kAfternoon, "--skip-collect"});
    EXPECT_EQ(first["date"], kTonight);
    EXPECT_EQ(first["complete"], true);
    EXPECT_GT(first["board_rows"], 0);
    const auto did = ends(first["runs"]);
    EXPECT_TRUE(did.at("forecasts").contains("succeeded")) << first["runs"];
    EXPECT_FALSE(did.contains("collect")) << "no upstream is asked";
    const json second = document({"run", "--now", kAfternoon, "--skip-collect"});
    for (const auto& [step, states] : ends(second["runs"])) {
        for (const std::string& state : states)
            EXPECT_TRUE(state.starts_with("skipped ")) << step << " " << state;
    }
    EXPECT_EQ(second["board_rows"], first["board_rows"]);

    const Outcome table = tipoff({"run", "--now", kAfternoon, "--date", "today", "--skip-collect"});
    EXPECT_EQ(table.code, 0) << table.err;
    EXPECT_NE(table.out.find("passed over: "), std::string::npos) << table.out;
    EXPECT_NE(table.out.find("moving_average_v1"), std::string::npos) << table.out;
}

TEST_F(Operating, ADayIsForecastInTheMarketsOfTheWorkflowsOrThoseThatAreNamed) {
    const auto markets = [&] {
        const json found =
            document({"sql",
                      "SELECT DISTINCT market FROM predictions.player_prop_prediction WHERE "
                      "game_date = '" +
                          kTonight + "' ORDER BY market"});
        std::vector<std::string> names;
        for (const json& row : found["rows"])
            names.push_back(row["market"]);
        return names;
    };
    document({"run", "--now", kAfternoon, "--skip-collect", "--market", "rebounds"});
    EXPECT_EQ(markets(), std::vector<std::string>{"rebounds"});
    const json wider = document({"run", "--now", kAfternoon, "--skip-collect"});
    EXPECT_TRUE(ends(wider["runs"]).at("forecasts").contains("succeeded")) << wider["runs"];
    EXPECT_EQ(markets(),
              (std::vector<std::string>{"assists", "points", "pra", "rebounds", "threes"}));
    const json every =
        document({"run", "--now", kAfternoon, "--skip-collect", "--market", "every"});
    EXPECT_TRUE(ends(every["runs"]).at("forecasts").contains("succeeded")) << every["runs"];
    EXPECT_EQ(markets().size(), 8U);
    const json again =
        document({"run", "--now", kAfternoon, "--skip-collect", "--market", "every"});
    EXPECT_EQ(ends(again["runs"]).at("forecasts"), std::set<std::string>{"skipped UNCHANGED"});
}

TEST_F(Operating, MistakesOfUsageAreSaid) {
    for (const auto& [words, told] :
         {std::pair{Words{"run", "--date", "3 November"}, "--date"},
          std::pair{Words{"run", "--market", "dunks"}, "dunks"},
          std::pair{Words{"schedule", "run", "--once", "--speed", "60"}, "--now"},
          std::pair{Words{"runs", "upkeep", "--keep-days", "0"}, "--keep-days"}}) {
        const Outcome outcome = tipoff(words);
        EXPECT_EQ(outcome.code, 2) << words.front() << outcome.err;
        EXPECT_NE(outcome.err.find(told), std::string::npos) << outcome.err;
    }
    const Outcome unknown = tipoff({"schedule", "trigger", "evening"});
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.err.find("there is no job 'evening'"), std::string::npos) << unknown.err;
}

TEST_F(Operating, AJobIsTriggeredByItsAlias) {
    const json runs = document({"schedule", "trigger", "forecasts", "--now", kAfternoon})["runs"];
    ASSERT_EQ(runs.size(), 3U);
    for (const json& run : runs) {
        EXPECT_EQ(run["state"], "succeeded") << run;
        EXPECT_EQ(run["game_date"], kTonight);
    }
    // A source that is left alone is waited for, and the exit code says so.
    change_database(folder_ / "home",
                    {"INSERT INTO ops.source_breaker VALUES ('br_rosters', 3, "
                     "'2025-11-03T18:30:00Z', 'HTTP 503', '2025-11-03T17:59:00Z')"});
    const json rosters =
        document({"schedule", "trigger", "rosters", "--now", kAfternoon}, 3)["runs"];
    ASSERT_EQ(rosters.size(), 1U);
    EXPECT_EQ(rosters[0]["scope"], "br_rosters " + kTonight);
    EXPECT_EQ(rosters[0]["state"], "retry_wait");
    EXPECT_EQ(rosters[0]["reason"], "LEFT_ALONE");
    EXPECT_EQ(rosters[0]["attempt"], 0) << "nothing was asked";
}

TEST_F(Operating, OneLookPlansWhatIsDueAndAsksForIt) {
    // The league as it answers on that morning.
    league::LeagueOptions options;
    options.through = value_of(parse_date("2025-11-04"));
    const league::SimulatedUpstreams upstreams(value_of(league::simulate(options)), options.seed);
    const ManualClock clock(value_of(parse_instant(kMorning)));
    const auto server = value_of(league::UpstreamServer::listen(upstreams, clock));
    support::write_file(folder_ / "home/workflows.yaml",
                        "jobs:\n  - name: early\n    what: the schedule, and today's features\n"
                        "    cron: 0 9 * * *\n    tasks:\n      - collect: nbac_schedule\n"
                        "      - derive: [conform, features]\n");
    // A job that is seen for the first time is not due for what is past.
    EXPECT_EQ(document({"schedule", "run", "--once", "--now", "2025-11-03T13:59:00Z"}, 0,
                       server->url())["runs"]
                  .size(),
              0U);
    const json runs =
        document({"schedule", "run", "--once", "--now", kMorning}, 0, server->url())["runs"];
    const auto did = ends(runs);
    EXPECT_EQ(did.at("collect"), std::set<std::string>{"succeeded"}) << runs;
    EXPECT_TRUE(did.at("conform").contains("succeeded")) << runs;
    EXPECT_TRUE(did.at("features").contains("succeeded")) << runs;
    EXPECT_GT(server->requests().size(), 0U);
    EXPECT_EQ(
        document({"schedule", "run", "--once", "--now", kMorning}, 0, server->url())["runs"].size(),
        0U)
        << "a logical time runs once";
}

TEST_F(Operating, UpkeepSaysWhatItWouldDoAndThenDoesIt) {
    const std::string rows =
        "INSERT INTO ops.run SELECT * EXCLUDE (i) REPLACE ('junk-' || i AS run_id, 'failed' AS "
        "state, 'unreachable' AS reason, 'collect' AS step, 'bdl_games' AS scope, now() - INTERVAL "
        "3 DAY AS finished_at, logical_time + to_microseconds(i + 1) AS logical_time, 0 AS "
        "fencing_token) FROM (SELECT * FROM ops.run LIMIT 1), range(40) AS made(i)";
    change_database(folder_ / "home", {rows});
    const json dry = document({"runs", "upkeep", "--dry-run"});
    EXPECT_EQ(dry["dry_run"], true);
    EXPECT_EQ(dry["folded"], 39);
    EXPECT_EQ(dry["abandoned"], 0);
    EXPECT_EQ(document({"runs", "list", "--state", "failed"})["runs"].size(), 40U);
    const json done = document({"runs", "upkeep"});
    EXPECT_EQ(done["dry_run"], false);
    EXPECT_EQ(done["folded"], 39);
    EXPECT_EQ(document({"runs", "list", "--state", "failed"})["runs"].size(), 1U);
    EXPECT_EQ(document({"runs", "upkeep"})["folded"], 0);
    const Outcome table = tipoff({"runs", "upkeep", "--dry-run"});
    EXPECT_NE(table.out.find("would be done"), std::string::npos) << table.out;
}

}  // namespace
}  // namespace tipoff::cli_test
