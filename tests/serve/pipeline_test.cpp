// The pipeline over HTTP: its steps, its tables by their schedule, and what a run was answered.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "collect/answer_archive.h"
#include "operate/datasets.h"
#include "serve/endpoints/pipeline.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using support::value_of;

class Pipeline : public ::testing::Test {
protected:
    static ServiceOptions options() {
        ServiceOptions options{.loopback_reads_without_token = true};
        options.parts = {pipeline_routes(workflows())};
        return options;
    }
    Served served_{options()};
};

TEST_F(Pipeline, StepsSayWhatTheyReadWriteAndComeAfter) {
    const json steps = served_.document("/v1/steps")["steps"];
    ASSERT_GE(steps.size(), 5U);
    EXPECT_EQ(steps[0]["step"], "collect");
    EXPECT_FALSE(steps[0]["sources"].empty());
    for (const json& step : steps) {
        for (const char* list : {"workflows", "reads", "writes", "after", "sources"})
            EXPECT_TRUE(step[list].is_array()) << step;
    }
    EXPECT_EQ(steps[3]["step"], "forecasts");
    EXPECT_NE(std::ranges::find(steps[3]["after"], "features"), steps[3]["after"].end());
}

TEST_F(Pipeline, StatusHasLightsForEveryTableOfAStep) {
    std::set<std::string> lit;
    const json status = served_.document("/v1/status?date=" + to_string(mini_home().last_day()));
    for (const json& light : status["lights"])
        lit.insert(light["table"]);
    EXPECT_GT(lit.size(), 20U);
    const json steps = served_.document("/v1/steps");
    for (const json& step : steps["steps"]) {
        for (const json& table : step["writes"])
            EXPECT_TRUE(lit.contains(table)) << table;
    }
}

TEST_F(Pipeline, DatasetsSayWhatTheProgramKnows) {
    const json all = served_.document("/v1/datasets")["datasets"];
    const auto known = value_of(
        operate::datasets(mini_home().database(), workflows(), mini_home().clock().league_now()));
    ASSERT_EQ(all.size(), known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        EXPECT_EQ(all[i]["table"], known[i].table);
        EXPECT_EQ(all[i]["rows"], known[i].rows);
        EXPECT_EQ(all[i]["state"], operate::to_string(known[i].state)) << known[i].table;
        EXPECT_EQ(all[i]["why"], known[i].why);
        EXPECT_EQ(all[i]["last_run"].is_null(), !known[i].last_run.has_value());
        EXPECT_TRUE(all[i]["should_update_at"].is_null()) << "nothing was ever scheduled";
    }
}

TEST_F(Pipeline, ARunHasTheDocumentsThatItWasAnswered) {
    auto& home = mini_home();
    const GameDate day = home.last_day();
    const auto run = value_of(home.ledger().start(
        {.step = "collect", .scope = "bdl_standings", .dates = {{day, day}}, .input_hash = ""}));
    const Instant now = home.clock().league_now();
    const auto answered = [&](int status, std::string body, std::chrono::microseconds after,
                              std::string_view run_id) {
        value_of(collect::archive_answer(home.folder(), "bdl_standings",
                                         "https://api.example.com/standings?season=2022", {},
                                         {.status = status,
                                          .headers = {},
                                          .body = std::move(body),
                                          .asked_at = now + after,
                                          .answered_at = now + after},
                                         run_id));
    };
    answered(503, "busy", std::chrono::seconds{1}, run.run_id);
    answered(200, "{}", std::chrono::seconds{2}, run.run_id);
    answered(200, "{ }", std::chrono::seconds{3}, "another");
    // By the clock of a simulated league it was the day that the run is about.
    answered(404, "none", eastern_instant(day, {.hour = 12, .minute = 0, .second = 0}) - now,
             run.run_id);
    home.ledger().finish_failed(run, Error(ErrorCode::kIo, "nothing came"));
    const json document = served_.document("/v1/runs/" + run.run_id);
    EXPECT_EQ(document["run"]["run_id"], run.run_id);
    const json& documents = document["documents"];
    ASSERT_EQ(documents.size(), 3U);
    EXPECT_EQ(documents[0]["status"], 200);
    EXPECT_EQ(documents[0]["bytes"], 2);
    EXPECT_EQ(documents[0]["key"], "https://api.example.com/standings?season=2022");
    EXPECT_TRUE(documents[0]["outcome"].is_null());
    EXPECT_EQ(documents[0]["fetched_at"], tipoff::to_string(now + std::chrono::seconds{2}));
    EXPECT_EQ(documents[1]["status"], 503);
    EXPECT_EQ(documents[2]["status"], 404);
    // What is computed is answered by nobody.
    const json derived = served_.document("/v1/runs?step=features")["runs"][0];
    const auto id = derived["run_id"].get<std::string>();
    EXPECT_TRUE(served_.document("/v1/runs/" + id)["documents"].empty());
}

}  // namespace
}  // namespace tipoff::serve::test
