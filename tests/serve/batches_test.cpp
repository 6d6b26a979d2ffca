/// Batches over HTTP: asked for, looked at, finished, refused.

#include <gtest/gtest.h>

#include "coordinate/in_process_queue.h"
#include "coordinate/worker.h"
#include "operate/batch_coordinator.h"
#include "serve/endpoints/batches.h"
#include "serve/event_client.h"
#include "serve/served_home.h"

namespace tipoff::serve {
namespace {

using nlohmann::json;
using support::value_of;
using test::bearer;
using test::RawAnswer;

/// A home at nine in the morning of its last day, its coordinator and its service. Workers come
/// when a test wants them.
class BatchesOverHttp : public testing::Test {
protected:
    BatchesOverHttp() {
        home_.go_to(eastern_instant(date(), {9, 0, 0}));
        ServiceOptions options;
        options.listen = {.host = "127.0.0.1", .port = 0};
        options.parts.push_back(batch_routes(coordinator_));
        service_ = value_of(
            Service::open(home_.database(), home_.clock(), home_.folder(), std::move(options)));
        operate_ = token(operate::TokenScope::kOperate);
    }

    [[nodiscard]] GameDate date() const { return home_.last_day(); }
    [[nodiscard]] std::string day() const { return to_string(date()); }

    std::string token(operate::TokenScope scope) {
        return value_of(operate::create_token(home_.database(),
                                              {.scope = scope, .name = "test", .lives = {}},
                                              home_.clock()))
            .text.reveal();
    }

    RawAnswer post(std::string_view path, const std::string& body) const {
        return test::ask(service_->url(), "POST", path,
                         {bearer(operate_), {"Content-Type", "application/json"}}, body);
    }
    [[nodiscard]] RawAnswer get(const std::string& path) const {
        return test::ask(service_->url(), "GET", path, {bearer(operate_)});
    }

    json started(const std::string& body) const {
        const RawAnswer answer = post("/start", body);
        EXPECT_EQ(answer.status, 202) << answer.body;
        return json::parse(answer.body, nullptr, false);
    }

    operate::test::MiniHome home_;
    operate::SharedFacts facts_{home_.database()};
    operate::WarmEngine engine_{facts_, home_.database(), home_.ledger(), home_.clock(),
                                home_.folder()};
    coordinate::InProcessQueue queue_;
    operate::BatchCoordinator coordinator_{home_.database(), home_.ledger(), home_.clock(),
                                           engine_,          queue_,         {.threads = 1}};
    std::unique_ptr<Service> service_;
    std::string operate_;
};

TEST_F(BatchesOverHttp, AreStartedAndLookedAt) {
    const coordinate::WorkerThreads workers(queue_, 1, "test");
    const json begun = started(R"({"game_date": "TODAY", "markets": ["points", "pra"],
                                   "correlation_id": "mine"})");
    EXPECT_EQ(begun["game_date"], day());
    EXPECT_EQ(begun["correlation_id"], "mine");
    EXPECT_EQ(begun["markets"], (json{"points", "pra"}));
    EXPECT_GT(begun["expected"], 0);
    coordinator_.wait_until_idle();
    const RawAnswer answer = get(begun["monitor_url"]);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json ended = json::parse(answer.body);
    EXPECT_EQ(ended["state"], "complete");
    EXPECT_EQ(ended["forecast"], ended["expected"]);
    EXPECT_TRUE(ended["players_without_forecast"].empty());
    const json board = json::parse(get("/v1/board?date=" + day()).body);
    EXPECT_FALSE(board["rows"].empty()) << "what was forecast is visible";
    const json batches = json::parse(get("/batches?date=" + day()).body);
    ASSERT_EQ(batches["batches"].size(), 1U);
    EXPECT_EQ(batches["batches"][0]["batch_id"], begun["batch_id"]);
}

TEST_F(BatchesOverHttp, OfWhichOneIsUnderWayAreRefusedUntilItIsFinishedOrForced) {
    const json begun = started(R"({"game_date": "TODAY"})");
    const std::string id = begun["batch_id"];
    const RawAnswer second = post("/start", R"({"game_date": "TODAY"})");
    EXPECT_EQ(second.status, 409);
    EXPECT_TRUE(second.body.contains(id)) << second.body;
    EXPECT_EQ(json::parse(get("/status?batch_id=" + id).body)["state"], "running");

    EXPECT_EQ(post("/complete", json{{"batch_id", id}}.dump()).status, 202);
    coordinator_.wait_until_idle();
    const json ended = json::parse(get("/status?batch_id=" + id).body);
    EXPECT_EQ(ended["state"], "partial");
    ASSERT_FALSE(ended["players_without_forecast"].empty());
    EXPECT_EQ(ended["players_without_forecast"][0]["reason"], "ENDED_EARLY");
    EXPECT_EQ(post("/complete", json{{"batch_id", id}}.dump()).status, 409);
    EXPECT_EQ(post("/complete", R"({"batch_id": "nobody"})").status, 404);

    const json third = started(R"({"game_date": "TODAY"})");
    const json forced = started(R"({"game_date": "TODAY", "force": true})");
    EXPECT_EQ(json::parse(get("/status?batch_id=" + std::string(third["batch_id"])).body)["state"],
              "dropped");
    EXPECT_EQ(post("/complete", json{{"batch_id", forced["batch_id"]}}.dump()).status, 202);
    coordinator_.wait_until_idle();
}

TEST_F(BatchesOverHttp, AreToldOfToWhoListens) {
    test::EventClient client(service_->url(), {bearer(operate_)});
    EXPECT_EQ(client.head().status, 200);
    EXPECT_EQ(client.next()->name, "changed");
    const json begun = started(R"({"game_date": "TODAY"})");
    json heard = client.next("batch")->data;
    EXPECT_EQ(heard["batch_id"], begun["batch_id"]);
    EXPECT_EQ(heard["state"], "running");
    EXPECT_EQ(heard["expected"], begun["expected"]);
    {
        const coordinate::WorkerThreads workers(queue_, 1, "test");
        coordinator_.wait_until_idle();
    }
    while (heard["state"] == "running")
        heard = client.next("batch")->data;
    EXPECT_EQ(heard["state"], "complete");
    const std::string id = begun["batch_id"];
    EXPECT_EQ(heard, json::parse(get("/status?batch_id=" + id).body));
}

TEST_F(BatchesOverHttp, SayWhatIsWrongWithWhatWasAsked) {
    const std::pair<const char*, const char*> wrong[] = {
        {"", "not JSON"},
        {"[]", "not a JSON object"},
        {"{}", "'game_date' is missing"},
        {R"({"game_date": 20260120})", "'game_date' is not text"},
        {R"({"game_date": "soon"})", "no date"},
        {R"({"game_date": "TODAY", "min_minutes": "many"})", "'min_minutes' is not a number"},
        {R"({"game_date": "TODAY", "markets": "points"})", "'markets' is not a list"},
        {R"({"game_date": "TODAY", "markets": [1]})", "'markets' is not a list of words"},
        {R"({"game_date": "TODAY", "markets": ["goals"]})", "no market 'goals'"},
        {R"({"game_date": "TODAY", "systems": ["oracle_v1"]})", "no system 'oracle_v1'"},
        {R"({"game_date": "TODAY", "force": 1})", "'force' is not true or false"},
        {R"({"game_date": "TODAY", "minutes": 3})", "'minutes' is not known"},
        {R"({"game_date": "2020-01-01"})", "is over"},
    };
    for (const auto& [body, what] : wrong) {
        const RawAnswer answer = post("/start", body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_TRUE(answer.body.contains(what)) << body << ": " << answer.body;
    }
    EXPECT_EQ(get("/status").status, 400);
    EXPECT_EQ(get("/status?batch_id=nobody").status, 404);
    home_.go_to(eastern_instant(date(), {23, 59, 0}));
    const RawAnswer late = post("/start", R"({"game_date": "TODAY"})");
    EXPECT_EQ(late.status, 404);
    EXPECT_TRUE(late.body.contains("has begun")) << late.body;
    EXPECT_EQ(json::parse(get("/batches").body)["batches"].size(), 0U);
}

TEST_F(BatchesOverHttp, AreStartedByWhoMayOperateAlone) {
    const std::string reader = token(operate::TokenScope::kRead);
    const auto start_as = [&](const test::Headers& headers) {
        return test::ask(service_->url(), "POST", "/start", headers, R"({"game_date": "TODAY"})")
            .status;
    };
    EXPECT_EQ(start_as({}), 401);
    EXPECT_EQ(start_as({bearer(reader)}), 403);
    EXPECT_EQ(test::ask(service_->url(), "GET", "/batches", {bearer(reader)}).status, 200);
    EXPECT_TRUE(value_of(coordinator_.batches().list(1, std::nullopt)).empty());
}

}  // namespace
}  // namespace tipoff::serve
