/// The walk of a user who wants to know how good the systems are: one walk, several reports.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::TempFolder;

const std::string kFrom = "2025-12-12";
const std::string kTo = "2025-12-14";

/// A home with eight weeks of the simulated league.
class Evaluate : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        const std::string files = *folder_ / "season";
        ASSERT_EQ(run_tipoff({"league", "write", files, "--through", kTo}).code, 0);
        ASSERT_EQ(run_tipoff({"--home", home(), "import", files}).code, 0);
        several_ = evaluate(
            {"--market", "points,pra", "--population", "rotation,lined", "--format", "json"});
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static std::string home() { return *folder_ / "home"; }

    static Outcome evaluate(const Words& more, const std::string& from_home = home()) {
        Words words{"--home", from_home, "evaluate", "--from", kFrom, "--to", kTo};
        words.insert(words.end(), more.begin(), more.end());
        return run_tipoff(words);
    }

    static std::unique_ptr<TempFolder> folder_;
    static Outcome several_;
};

std::unique_ptr<TempFolder> Evaluate::folder_;
Outcome Evaluate::several_;

TEST_F(Evaluate, OneWalkGivesAReportForEachMarketAndPopulation) {
    ASSERT_EQ(several_.code, 0) << several_.err << several_.out;
    const json all = json::parse(several_.out);
    EXPECT_EQ(all["from"], kFrom);
    EXPECT_EQ(all["to"], kTo);
    EXPECT_EQ(all["retrain_days"], 30);
    EXPECT_EQ(all["with_lines"], true);
    EXPECT_GE(all["trainings"].get<int>(), 1);
    std::vector<std::string> about;
    for (const json& report : all["reports"]) {
        about.push_back(report["market"].get<std::string>() + " " +
                        report["population"]["name"].get<std::string>());
        EXPECT_EQ(report["systems"].size(), 5U);
        EXPECT_GT(report["population"]["n"].get<int>(), 100);
        EXPECT_EQ(report["without_lines"]["system"], "ensemble_v1");
    }
    EXPECT_EQ(about, (std::vector<std::string>{"points rotation", "points lined", "pra rotation",
                                               "pra lined"}));
}

TEST_F(Evaluate, AReportOfSeveralIsTheDocumentOfItsOwnCallToTheBit) {
    const json reports = json::parse(several_.out)["reports"];
    const Outcome points =
        evaluate({"--market", "points", "--population", "lined", "--format", "json"});
    ASSERT_EQ(points.code, 0) << points.err;
    EXPECT_EQ(json::parse(points.out), reports[1]);
    const Outcome pra = evaluate(
        {"--market", "pra", "--population", "rotation", "--threads", "1", "--format", "json"});
    ASSERT_EQ(pra.code, 0) << pra.err;
    EXPECT_EQ(json::parse(pra.out), reports[2]);
}

TEST_F(Evaluate, EveryIsAllOfThemWhateverElseIsNamed) {
    const Outcome outcome = evaluate({"--market", "threes", "--population", "lined,every",
                                      "--without-lines", "--format", "json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    std::set<std::string> populations;
    const json all = json::parse(outcome.out);
    EXPECT_EQ(all["with_lines"], false);
    for (const json& report : all["reports"]) {
        populations.insert(report["population"]["name"].get<std::string>());
        EXPECT_EQ(report["with_lines"], false);
        EXPECT_FALSE(report.contains("without_lines"));
    }
    EXPECT_EQ(populations, (std::set<std::string>{"all", "ten_prior_games", "new_player", "settled",
                                                  "rotation", "lined"}));
}

TEST_F(Evaluate, SeveralAreOneListingAndOneTableAfterTheOther) {
    const Words two{"--population", "rotation,lined", "--without-lines"};
    const auto with = [&](Words more) {
        more.insert(more.begin(), two.begin(), two.end());
        return evaluate(more);
    };
    const std::string csv = with({"--format", "csv"}).out;
    EXPECT_TRUE(csv.starts_with("market,population,name,n,mae,")) << csv;
    EXPECT_NE(csv.find("\npoints,rotation,ensemble_v1,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\npoints,lined,last_10_mean,"), std::string::npos) << csv;
    const std::string table = with({}).out;
    for (const char* population : {"rotation", "lined"}) {
        const std::string heading =
            kFrom + " to " + kTo + ", points, " + population + ", without the sportsbooks' lines: ";
        EXPECT_NE(table.find(heading), std::string::npos) << table;
    }
}

TEST_F(Evaluate, OneIsPrintedAsItAlwaysWas) {
    const Outcome csv = evaluate({"--format", "csv"});
    EXPECT_EQ(csv.code, 0) << csv.err;
    EXPECT_TRUE(csv.out.starts_with("name,n,mae,")) << csv.out;
    const std::string table = evaluate({"--detailed"}).out;
    EXPECT_TRUE(table.starts_with(kFrom + " to " + kTo + ", points, ten_prior_games: ")) << table;
    for (const char* part :
         {"ensemble_v1 without the lines: MAE ", "last-10 mean and the season mean",
          "the line and its price", "Recommended sides", "25_to_32_min", "2025-12", "BOS",
          "Reliability", "Randomised PIT", "Bets at the main line"})
        EXPECT_NE(table.find(part), std::string::npos) << part << " in\n" << table;
}

/// The one book that is left offers what the players then did.
void plant_a_leak(const std::string& home) {
    change_database(
        home,
        {"INSERT INTO raw.prop_line BY NAME SELECT l.* REPLACE ('oracle' AS book, "
         "b.points + 0.5 AS line_value, -110 AS over_price, -110 AS under_price) FROM "
         "(SELECT DISTINCT ON (game_id, player_id) * FROM raw.prop_line "
         "WHERE market = 'points' AND NOT in_play ORDER BY game_id, player_id, snapshot DESC) l "
         "JOIN (SELECT game_id, player_id, any_value(points) AS points FROM raw.player_box "
         "GROUP BY ALL) b USING (game_id, player_id)",
         "DELETE FROM raw.prop_line WHERE book <> 'oracle'"});
}

TEST_F(Evaluate, APlantedLeakRaisesTheAlarmWhereverItIs) {
    const std::string leaking = *folder_ / "leaking";
    fs::copy(home(), leaking, fs::copy_options::recursive);
    plant_a_leak(leaking);
    const Words both{"--market", "rebounds,points", "--format"};
    const auto with = [&](const std::string& format) {
        Words words = both;
        words.push_back(format);
        return evaluate(words, leaking);
    };
    const Outcome document = with("json");
    EXPECT_EQ(document.code, 3) << document.err;
    const json reports = json::parse(document.out)["reports"];
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0]["alarms"], json::array());
    std::set<std::string> alarms;
    for (const json& alarm : reports[1]["alarms"])
        alarms.insert(alarm["name"].get<std::string>() + " " + alarm["subject"].get<std::string>());
    EXPECT_TRUE(alarms.contains("ratio_to_last_10 ensemble_v1")) << reports[1]["alarms"];

    const Outcome csv = with("csv");
    EXPECT_EQ(csv.code, 3);
    EXPECT_NE(csv.err.find("points, ten_prior_games: ensemble_v1 misses by"), std::string::npos)
        << csv.err;
}

TEST_F(Evaluate, NotesCountOnlyWhereTheyAreAskedFor) {
    const std::string noted = *folder_ / "noted";
    fs::copy(home(), noted, fs::copy_options::recursive);
    const Outcome found =
        run_tipoff({"--home", noted, "sql",
                    "SELECT player_id FROM raw.player_box WHERE game_date = '2025-12-13' AND "
                    "minutes >= 30 ORDER BY player_id LIMIT 1",
                    "--format", "json"});
    ASSERT_EQ(found.code, 0) << found.err;
    const auto player = json::parse(found.out)["rows"][0]["player_id"].get<std::int64_t>();
    // A wrong word: he played all evening.
    const Outcome note =
        run_tipoff({"--home", noted, "note", "--player", std::to_string(player), "--date",
                    "2025-12-13", "--now", "2025-12-13T15:00:00Z", "minutes", "4"});
    ASSERT_EQ(note.code, 0) << note.err;
    const Words asked{"--market", "points", "--population", "all", "--format", "json"};
    const auto mae = [&](Words words, const std::string& of_home) {
        words.insert(words.end(), asked.begin(), asked.end());
        const Outcome outcome = evaluate(words, of_home);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        std::map<std::string, double> systems;
        const json report = json::parse(outcome.out);
        for (const json& system : report["systems"])
            systems[system["system"]] = system["mae"];
        return systems;
    };
    const auto without = mae({}, home());
    ASSERT_EQ(without.size(), 5U);
    EXPECT_EQ(mae({}, noted), without) << "systems are measured on what sources said";
    for (const auto& [system, value] : mae({"--with-notes"}, noted))
        EXPECT_GT(value, without.at(system)) << system;
}

TEST_F(Evaluate, WhatThereIsNotIsAUsageErrorThatNamesWhatThereIs) {
    const Outcome market = evaluate({"--market", "points,dunks"});
    EXPECT_EQ(market.code, 2);
    for (const char* part : {"no market 'dunks'", "points, rebounds, ", "or every"})
        EXPECT_NE(market.err.find(part), std::string::npos) << market.err;
    const Outcome population = evaluate({"--population", "rotation,everyone"});
    EXPECT_EQ(population.code, 2);
    for (const char* part : {"no population 'everyone'", "all, ten_prior_games, ", "or every"})
        EXPECT_NE(population.err.find(part), std::string::npos) << population.err;
    EXPECT_EQ(evaluate({"--retrain-every", "often"}).code, 2);
    EXPECT_EQ(evaluate({"--season-type", "summer"}).code, 2);
    EXPECT_EQ(evaluate({"--threads", "0"}).code, 2);
}

}  // namespace
}  // namespace tipoff::cli_test
