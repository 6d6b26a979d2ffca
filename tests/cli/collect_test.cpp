/// Collecting, names and rebuilding as people and scripts meet them; nothing is asked of anybody.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;

class Collect : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        make_home(folder_->path());
    }
    static void TearDownTestSuite() { folder_.reset(); }

    /// With an address at which nobody answers, should anything be asked after all.
    static Outcome run(Words words) {
        words.insert(words.begin(), {"--home", folder_->path().string()});
        return run_tipoff(words, {{"TIPOFF_UPSTREAMS", "http://127.0.0.1:9"}});
    }
    static void expect_usage(const Words& words, std::string_view told) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.code, 2) << outcome.err;
        EXPECT_NE(outcome.err.find(told), std::string::npos) << outcome.err;
        EXPECT_EQ(outcome.out, "");
    }

    static inline std::unique_ptr<TempFolder> folder_;
};

TEST_F(Collect, MistakesOfUsageAreSaidAndAskNobody) {
    expect_usage({"collect"}, "nothing to collect");
    expect_usage({"collect", "nbac_shedule"}, "no source is called 'nbac_shedule'");
    expect_usage({"collect", "nbac_shedule"}, "nbac_schedule");
    expect_usage({"collect", "--workflow", "evening"}, "no workflow is called 'evening'");
    expect_usage({"collect", "--workflow", "evening"}, "post_game");
    expect_usage({"collect", "--workflow", "morning", "bdl_games"}, "not both");
    expect_usage({"collect", "br_rosters", "--season", "2025"}, "2025-26");
    expect_usage({"collect", "br_rosters", "--teams", "BOS,XYZ"}, "no team is called 'XYZ'");
    expect_usage({"collect", "br_rosters", "--teams", "BOS", "--all-teams"}, "exclude each other");
    expect_usage({"collect", "bdl_games", "--from", "2026-01-20"}, "both --from and --to");
    expect_usage({"collect", "bdl_games", "--to", "2026-01-20"}, "both --from and --to");
    expect_usage({"collect", "bdl_games", "--from", "2026-01-20", "--to", "2026-01-19"},
                 "--to is before --from");
    expect_usage({"collect", "bdl_games", "--date", "2026-01-20", "--to", "2026-01-21"},
                 "--date is one day");
    expect_usage({"collect", "bdl_games", "--date", "20 January"}, "--date");
    EXPECT_FALSE(std::filesystem::exists(*folder_ / "archive" / "answers"));
}

TEST_F(Collect, ASourceWithoutItsKeyIsOffAndTheVariableIsNamed) {
    for (const auto& [source, variable] :
         {std::pair{"bdl_standings", "BDL_API_KEY"}, std::pair{"oddsapi_events", "ODDS_API_KEY"},
          std::pair{"bettingpros_events", "BETTINGPROS_API_KEY"}}) {
        const Outcome outcome = run({"collect", source, "--date", "2026-01-20"});
        EXPECT_EQ(outcome.code, 4) << outcome.err;
        EXPECT_NE(outcome.err.find(variable), std::string::npos) << outcome.err;
    }
}

TEST_F(Collect, ASourceWithoutItsKeyIsARowOfAScriptsAnswer) {
    const Outcome outcome =
        run({"collect", "bdl_standings", "--date", "2026-01-20", "--format", "json"});
    EXPECT_EQ(outcome.code, 3);
    const json answer = json::parse(outcome.out);
    ASSERT_EQ(answer["sources"].size(), 1U);
    EXPECT_EQ(answer["sources"][0]["source"], "bdl_standings");
    EXPECT_EQ(answer["sources"][0]["outcome"], "refused");
    EXPECT_EQ(answer["sources"][0]["missing"].size(), 1U);
}

TEST_F(Collect, AnEmptyArchiveHasNothingToReadAndThatIsNoFault) {
    const Outcome outcome =
        run({"collect", "nbac_schedule", "bdl_standings", "--from-archive", "--format", "json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const json answer = json::parse(outcome.out);
    ASSERT_EQ(answer["sources"].size(), 2U);
    for (const json& source : answer["sources"]) {
        EXPECT_EQ(source["outcome"], "empty_legal");
        EXPECT_EQ(source["asked"], 0);
        EXPECT_EQ(source["records"], 0);
    }
    EXPECT_EQ(answer["sources"][0]["source"], "nbac_schedule") << "schedules come first";
}

TEST_F(Collect, NamesThatWaitAreOneDocumentForAScript) {
    const Outcome none = run({"names", "unresolved", "--format", "json"});
    EXPECT_EQ(none.code, 0) << none.err;
    EXPECT_EQ(json::parse(none.out), (json{{"names", json::array()}}));

    const TempFolder other;
    make_home(other.path());
    change_database(other.path(),
                    {"INSERT INTO ref.unresolved_name (source, folded_name, team_id, season, "
                     "player_name, occurrences, first_seen, last_seen) VALUES ('bdl_injuries', "
                     "'ann lee', 1610612738, '2025-26', 'Ann Lee', 3, DATE '2026-01-02', "
                     "DATE '2026-01-20')"});
    const Outcome one =
        run_tipoff({"--home", other.path().string(), "names", "unresolved", "--format", "json"});
    EXPECT_EQ(one.code, 0) << one.err;
    const json names = json::parse(one.out)["names"];
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(names[0]["name"], "Ann Lee");
    EXPECT_EQ(names[0]["team"], "BOS");
    EXPECT_EQ(names[0]["occurrences"], 3);

    const Outcome of_other_source =
        run_tipoff({"--home", other.path().string(), "names", "unresolved", "--source",
                    "espn_rosters", "--format", "json"});
    EXPECT_EQ(json::parse(of_other_source.out)["names"].size(), 0U);
}

TEST_F(Collect, LinkingANameThatDoesNotWaitIsNotFound) {
    const Outcome outcome = run({"names", "link", "Nobody", "--player", "7"});
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_NE(outcome.err.find("no name 'Nobody' waits"), std::string::npos) << outcome.err;
    expect_usage({"names", "link", "Nobody", "--player", "seven"}, "'seven' is no id");
    expect_usage({"names", "link", "Nobody", "--player", "7", "--team", "XYZ"}, "XYZ");
}

TEST_F(Collect, ARebuildOfAnEmptyHomeIsOneDocumentForAScript) {
    const Outcome outcome = run({"rebuild", "--format", "json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const json answer = json::parse(outcome.out);
    EXPECT_EQ(answer["same"], true);
    EXPECT_EQ(answer["files"], 0);
    EXPECT_EQ(answer["answers"], 0);
    EXPECT_EQ(answer["links"], 0);
    EXPECT_EQ(answer["stated"]["before"], answer["stated"]["after"]);
    EXPECT_EQ(answer["derived"]["before"], answer["derived"]["after"]);
}

}  // namespace
}  // namespace tipoff::cli_test
