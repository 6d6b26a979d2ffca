/// The walk of a user who trains: fit, trial, registry, and forecasts of all five systems.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::TempFolder;

const std::string kThrough = "2025-12-20";
const std::string kAfter = "2025-12-21";
const std::string kLast = "2025-12-23";

/// A home with two months of the simulated league, and a model trained on all but their last days:
/// of a league whose two weeks of trial happen to pass every gate, which not every seed does.
class Train : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        ASSERT_EQ(run_tipoff({"league", "write", files(), "--through", kLast, "--seed", "1"}).code,
                  0);
        ASSERT_EQ(tipoff({"import", files()}).code, 0);
        trained_ = tipoff({"train", "--through", kThrough, "--market", "points,threes", "--promote",
                           "--format", "json"});
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static std::string files() { return *folder_ / "season"; }
    static std::string home() { return *folder_ / "home"; }

    static Outcome tipoff(Words words) {
        words.insert(words.begin(), {"--home", home()});
        return run_tipoff(words);
    }
    static json document(Words words, int code = 0) {
        words.insert(words.end(), {"--format", "json"});
        const Outcome outcome = tipoff(words);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        return json::parse(outcome.out);
    }
    static std::set<std::string> systems_on(const std::string& date, const std::string& market) {
        std::set<std::string> systems;
        const json board = document({"picks", "--date", date, "--market", market});
        for (const json& row : board["rows"])
            systems.insert(row["system"]);
        return systems;
    }

    static std::unique_ptr<TempFolder> folder_;
    static Outcome trained_;
};

std::unique_ptr<TempFolder> Train::folder_;
Outcome Train::trained_;

const std::set<std::string> kAll{"ensemble_v1", "moving_average_v1", "similarity_v1", "xgboost_v1",
                                 "zone_matchup_v1"};

TEST_F(Train, SaysWhatWasTrainedAndWhichGatesItPassed) {
    ASSERT_EQ(trained_.code, 0) << trained_.err << trained_.out;
    const json report = json::parse(trained_.out);
    EXPECT_EQ(report["through"], kThrough);
    ASSERT_EQ(report["models"].size(), 2U);
    for (const json& model : report["models"]) {
        EXPECT_TRUE(model["promoted"].get<bool>());
        EXPECT_EQ(model["trained_through"], kThrough);
        EXPECT_GT(model["training_rows"].get<int>(), 7000);
        // The trial's games come before the date, and none of them is in what was tried.
        EXPECT_LE(model["trial"]["to"].get<std::string>(), kThrough);
        EXPECT_GT(model["trial"]["games"].get<int>(), 1000);
        std::set<std::string> gates;
        for (const json& gate : model["gates"]) {
            EXPECT_TRUE(gate["passed"].get<bool>()) << gate;
            gates.insert(gate["name"]);
        }
        for (const char* name : {"games", "bias", "coverage_80", "crps"})
            EXPECT_TRUE(gates.contains(name)) << name;
    }
}

TEST_F(Train, AModelForecastsTheDatesAfterIt) {
    const json report = document({"backfill", "--from", kAfter, "--to", kLast, "--market", "all"});
    EXPECT_EQ(report["systems"].size(), kAll.size());
    EXPECT_EQ(systems_on(kLast, "points"), kAll);
    EXPECT_EQ(systems_on(kLast, "threes"), kAll);
    // Of what no model was trained for, those that need none.
    const std::set<std::string> without{"moving_average_v1", "similarity_v1", "zone_matchup_v1"};
    EXPECT_EQ(systems_on(kLast, "rebounds"), without);
    EXPECT_EQ(systems_on(kLast, "pra"), without);
}

TEST_F(Train, AModelForecastsNoGameThatItHasSeen) {
    const Outcome outcome = tipoff({"backfill", "--dates", kThrough, "--systems", "xgboost_v1"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.err.find("not before that date"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("tipoff train --through"), std::string::npos) << outcome.err;
    const json report = document({"backfill", "--dates", kThrough});
    EXPECT_EQ(report["systems"], (json{"moving_average_v1", "zone_matchup_v1"}));
}

TEST_F(Train, TheSameTrainingAgainIsTheSameModelOnAnyNumberOfThreads) {
    const json first = json::parse(trained_.out)["models"][0];
    const json again =
        document({"train", "--through", kThrough, "--market", "points", "--threads", "1"});
    EXPECT_EQ(again["models"][0]["model_id"], first["model_id"]);
    EXPECT_EQ(document({"train", "--list"})["models"].size(), 2U);
}

TEST_F(Train, ADamagedModelIsARefusalAndNothingTakesItsPlace) {
    const json model = json::parse(trained_.out)["models"][0];
    const fs::path file = fs::path(home()) / "models" / model["file"].get<std::string>();
    const std::string bytes = support::read_file(file);
    support::write_file(file, bytes.substr(0, bytes.size() - 1) + "x");
    const Outcome outcome = tipoff({"backfill", "--dates", kLast, "--force"});
    support::write_file(file, bytes);
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.err.find(file.filename().string()), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("tipoff train --through"), std::string::npos) << outcome.err;
}

TEST_F(Train, WhatCannotBeTrainedIsAUsageError) {
    EXPECT_EQ(tipoff({"train"}).code, 2);
    EXPECT_EQ(tipoff({"train", "--through", kThrough, "--systems", "zone_matchup_v1"}).code, 2);
    EXPECT_EQ(tipoff({"train", "--through", kThrough, "--systems", "oracle"}).code, 2);
    EXPECT_EQ(tipoff({"train", "--through", kThrough, "--market", "dunks"}).code, 2);
}

TEST_F(Train, TooFewGamesToTrainOnSayWhatToDo) {
    const Outcome outcome = tipoff({"train", "--through", "2025-11-01"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("too few to train on"), std::string::npos) << outcome.err;
    const json runs = document({"runs", "list", "--step", "train", "--state", "failed"});
    ASSERT_EQ(runs["runs"].size(), 1U);
    EXPECT_NE(runs["runs"][0]["detail"].get<std::string>().find("too few"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::cli_test
