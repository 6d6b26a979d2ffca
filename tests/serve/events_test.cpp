// What goes on, told over sockets to those who listen.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "operate/tokens.h"
#include "serve/event_client.h"
#include "serve/live_feed.h"
#include "serve/service.h"
#include "support/database.h"
#include "support/eventually.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::serve::test {
namespace {

using std::chrono::milliseconds;
using support::value_of;

/// Longer than a test may take: whoever waits so long waits for ever.
constexpr std::chrono::hours kForEver{1};

/// A home without anything in it, and its service by the machine's clock.
class Events : public ::testing::Test {
protected:
    void serve(const Limits& limits = {.silence = kForEver}, MakeRoutes part = {}) {
        ServiceOptions options;
        options.listen = {.host = "127.0.0.1", .port = 0};
        options.limits = limits;
        options.loopback_reads_without_token = true;
        if (part) options.parts.push_back(std::move(part));
        service_ = value_of(Service::open(*database_, clock_, folder_.path(), options));
    }

    /// Somebody who has been told where things stand.
    std::unique_ptr<EventClient> listener(const Headers& headers = {}) {
        auto client = std::make_unique<EventClient>(service_->url(), headers);
        EXPECT_EQ(client->head().status, 200);
        EXPECT_TRUE(client->next("changed").has_value());
        return client;
    }

    ledger::RunHandle begin(const std::string& scope) {
        return value_of(ledger_.start(
            {.step = "test", .scope = scope, .dates = std::nullopt, .input_hash = ""}));
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "test.duckdb", operate::catalogue());
    SystemClock clock_;
    ledger::Ledger ledger_{*database_, clock_};
    std::unique_ptr<Service> service_;
};

TEST_F(Events, BeginWithThePresentVersion) {
    serve();
    EventClient client(service_->url());
    const RawAnswer head = client.head();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Type"), "text/event-stream");
    EXPECT_EQ(head.header("Cache-Control"), "private, no-cache");
    const auto first = client.next();
    EXPECT_EQ(first->name, "changed");
    EXPECT_GT(first->data["version"], 0);
    // Whoever asks for the head alone does not listen.
    const RawAnswer alone = ask(service_->url(), "HEAD", "/v1/events");
    EXPECT_EQ(alone.status, 200);
    EXPECT_EQ(alone.body, "");
}

TEST_F(Events, TellEverybodyOfARunAtEachOfItsStates) {
    serve();
    const auto before = begin("before");
    const auto one = listener();
    const auto other = listener();
    const auto run = begin("2022-23");
    service_->refresh();
    for (const auto* client : {&one, &other}) {
        const auto begun = (*client)->next("run");
        EXPECT_EQ(begun->data["run_id"], run.run_id);
        EXPECT_EQ(begun->data["scope"], "2022-23");
        EXPECT_EQ(begun->data["state"], "running");
    }
    value_of(ledger_.finish(run, {}));
    service_->refresh();
    for (const auto* client : {&one, &other}) {
        EXPECT_GT((*client)->next("changed")->data["version"], 0);
        const auto ended = (*client)->next("run");
        EXPECT_EQ(ended->data["run_id"], run.run_id);
        EXPECT_EQ(ended->data["state"], "succeeded");
        const auto served = nlohmann::json::parse(
            ask(service_->url(), "GET", "/v1/runs/" + run.run_id).body, nullptr, false)["run"];
        EXPECT_EQ(ended->data, served);
    }
    // One that had begun before anybody listened is told of when it ends.
    value_of(ledger_.finish(before, {}));
    EXPECT_EQ(one->next("run")->data["run_id"], before.run_id);
}

TEST_F(Events, TellOfWhatAnotherProcessCommits) {
    serve();
    const auto client = listener();
    // Begun and ended before anybody looks, or looked at in between: nobody says so to the service.
    const auto run = begin("quick");
    value_of(ledger_.finish(run, {}));
    auto heard = client->next("run");
    if (heard->data["state"] == "running") heard = client->next("run");
    EXPECT_EQ(heard->data["run_id"], run.run_id);
    EXPECT_EQ(heard->data["state"], "succeeded");
}

TEST_F(Events, ShowASignOfLife) {
    serve({.silence = milliseconds{5}});
    const auto client = listener();
    EXPECT_EQ(client->next()->name, ":");
    EXPECT_EQ(client->next()->name, ":");
}

TEST_F(Events, AreForSoManyAtOnce) {
    serve({.listeners = 2, .silence = kForEver});
    const auto one = listener();
    auto two = listener();
    const RawAnswer refused = ask(service_->url(), "GET", "/v1/events");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Content-Type"), kProblemType);
    EXPECT_FALSE(refused.header("Retry-After").empty());
    // Other long answers have places of their own, and one who goes leaves his.
    EXPECT_EQ(ask(service_->url(), "GET", "/v1/export/ops.run").status, 200);
    two.reset();
    EXPECT_TRUE(
        support::eventually([this] { return EventClient(service_->url()).head().status == 200; }));
    begin("heard");
    EXPECT_TRUE(one->next("run").has_value());
}

TEST_F(Events, EndWithTheTokenTheyWereAskedForWith) {
    const auto token = value_of(operate::create_token(*database_, {.name = "a"}, clock_));
    const auto other = value_of(operate::create_token(*database_, {.name = "b"}, clock_));
    serve();
    const auto ends = listener({{"Authorization", "Bearer " + token.text.reveal()}});
    const auto stays = listener({{"Authorization", "Bearer " + other.text.reveal()}});
    value_of(operate::revoke_token(*database_, token.row.token_id, clock_));
    service_->refresh();
    EXPECT_FALSE(ends->next("run").has_value());
    begin("after");
    EXPECT_TRUE(stays->next("run").has_value());
}

TEST_F(Events, EndWithTheService) {
    serve();
    std::vector<std::unique_ptr<EventClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(listener());
    service_->stop();
    for (const auto& client : clients)
        EXPECT_FALSE(client->next().has_value());
}

TEST_F(Events, DropWhoDoesNotReadAndWaitForHimNeitherNowNorAtTheEnd) {
    // Half a megabyte of news at each look.
    serve({.answer_time = kForEver, .silence = kForEver}, [](const Backend& backend) {
        backend.live.add([](const LiveLook&) {
            return std::vector<LiveEvent>{
                {.name = "large", .data = '"' + std::string(500'000, 'x') + '"'}};
        });
        return std::vector<Route>{};
    });
    EventClient idle(service_->url());
    const auto reader = listener();
    // More than the sockets and the queue of the idle one hold: his thread stands still by then.
    for (int i = 0; i < 40; ++i) {
        service_->refresh();
        ASSERT_TRUE(reader->next("large").has_value());
    }
    service_->stop();
    EXPECT_EQ(idle.head().status, 200);
    EXPECT_THROW(
        {
            while (idle.next().has_value()) {
            }
        },
        std::runtime_error);
}

TEST(LiveStreams, EndWhereTooMuchWaits) {
    LiveStream stream("");
    const auto half = std::make_shared<const std::string>(LiveFeed::kMostWaitingBytes / 2, 'x');
    stream.offer(half);
    stream.offer(half);
    EXPECT_EQ(stream.next(kForEver), *half);
    stream.offer(half);
    stream.offer(half);
    EXPECT_EQ(stream.next(kForEver), std::nullopt);
}

TEST(LiveStreams, EndAtOnceWhenTheyAreEnded) {
    LiveStream stream("");
    stream.offer(std::make_shared<const std::string>("unsent"));
    stream.end();
    EXPECT_EQ(stream.next(kForEver), std::nullopt);
}

TEST(LiveStreams, SourcesThatFailAreAskedAgainAboutTheSameChange) {
    support::TempFolder folder;
    const auto database = support::open_with_tables(folder / "test.duckdb", operate::catalogue());
    const SystemClock clock;
    DataVersion version(*database, clock);
    LiveFeed feed(version, clock, 1);
    int looks = 0;
    feed.add([&looks](const LiveLook& look) -> Expected<std::vector<LiveEvent>> {
        ++looks;
        if (looks == 2) throw std::runtime_error("a defect");
        if (looks == 3) return fail(ErrorCode::kIo, "the database is not to be had");
        EXPECT_EQ(look.has_changed, looks == 1 || looks == 3 || looks == 4) << looks;
        if (looks < 4) return std::vector<LiveEvent>{};
        return std::vector<LiveEvent>{{.name = "late", .data = "1"}};
    });
    const auto stream = value_of(feed.listen(""));
    EXPECT_EQ(stream->next(kForEver), "event: changed\ndata: {\"version\":1}\n\n");
    EXPECT_EQ(stream->next(kForEver), "event: late\ndata: 1\n\n");
    feed.stop();
    EXPECT_EQ(support::outcome_of(feed.listen("")), "busy");
}

}  // namespace
}  // namespace tipoff::serve::test
