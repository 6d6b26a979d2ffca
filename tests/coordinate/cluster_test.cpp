/// The queue on a real cluster of three servers, with workers that are processes: servers and
/// workers are killed, frozen and cut off during a batch, and every player ends once.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "coordinate/gathering.h"
#include "coordinate/jetstream/streams.h"
#include "queues.h"
#include "support/eventually.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using std::chrono::milliseconds;
using support::eventually;
using support::value_of;
using test::batch_of;
using test::expect_all_forecast;
using test::item_counts;
using test::kSoon;
using test::messages_of;
using test::NatsServers;
using test::WorkerProcess;

const SystemClock kClock;

/// Publishes a batch to a worker that is frozen as it takes of it; returns the batch. Its requests
/// come and go: a batch that met none is left to it, and another is tried.
std::vector<WorkItem> freeze_with_items(WorkerProcess& worker, WorkDesk& desk,
                                        const jetstream::Options& options,
                                        const std::string& batch_id) {
    std::vector<WorkItem> items;
    int tries = 0;
    const bool is_frozen = eventually([&] {
        items = batch_of(100, batch_id + std::to_string(++tries));
        worker.freeze();
        value_of(desk.publish(messages_of(items)));
        if (item_counts(options).in_hand > 0) return true;
        worker.go_on();
        return !eventually([&] { return item_counts(options).in_stream == 0; });
    });
    if (!is_frozen || item_counts(options).in_hand == 0)
        throw std::runtime_error("the worker was never met with a request open");
    return items;
}

/// One queue for all tests, as its twenty-seven copies of streams and readers take seconds to make;
/// each test has a batch of its own and leaves nothing.
class Cluster : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (test::has_nats_server()) servers_ = std::make_unique<NatsServers>(3);
    }
    static void TearDownTestSuite() { servers_.reset(); }

    void SetUp() override {
        if (servers_ == nullptr)
            GTEST_SKIP() << "nats-server is not installed (script/bootstrap installs it)";
        desk_ = test::desk_on(options_ = servers_->options("cluster"));
    }

    [[nodiscard]] static std::string url() { return servers_->url("cluster"); }
    [[nodiscard]] static std::vector<WorkItem> batch(std::size_t count) {
        static int last = 0;
        return batch_of(count, "2026-01-20-" + std::to_string(++last));
    }

    Outcomes gathered(std::span<const WorkItem> items, const GatheringHooks& hooks = {}) {
        return value_of(gather(*desk_, kClock, items, hooks));
    }

    static std::unique_ptr<NatsServers> servers_;
    jetstream::Options options_;
    std::unique_ptr<jetstream::Desk> desk_;
};
std::unique_ptr<NatsServers> Cluster::servers_;

TEST_F(Cluster, KeepsThreeCopiesAndForecastsABatchByTwoProcesses) {
    const WorkerProcess one(url(), "one");
    const WorkerProcess two(url(), "two");
    const auto items = batch(450);
    const Outcomes outcomes = gathered(items);
    expect_all_forecast(outcomes, items);
    // The last items are settled a moment after their results came in.
    EXPECT_TRUE(eventually([&] {
        const auto counts = item_counts(options_);
        return counts.in_stream == 0 && counts.in_hand == 0;
    }));
}

TEST_F(Cluster, EndsEveryItemOnceWhenTheServerThatLeadsIsKilled) {
    const WorkerProcess one(url(), "one");
    const WorkerProcess two(url(), "two");
    const auto items = batch(450);
    std::optional<std::size_t> done_when_killed;
    test::NatsServer& leader = servers_->leader_of(options_, jetstream::kItems);
    const Outcomes outcomes = gathered(items, {.progress = [&](const Outcomes& so_far) {
                                           if (done_when_killed) return;
                                           done_when_killed = so_far.size();
                                           leader.kill();
                                       }});
    expect_all_forecast(outcomes, items);
    ASSERT_TRUE(done_when_killed);
    EXPECT_LT(*done_when_killed, items.size()) << "it was killed too late to matter";
    servers_->make_whole(options_);
    // Items whose acknowledgement went down with the server come again, and are settled then.
    EXPECT_TRUE(test::all_items_end(options_));
}

TEST_F(Cluster, PublishesThroughTheLossOfAServer) {
    servers_->leader_of(options_, jetstream::kItems).kill();
    const auto items = batch(300);
    value_of(desk_->publish(messages_of(items)));
    servers_->make_whole(options_);
    const auto source = value_of(jetstream::Source::open(options_, kClock));
    std::set<std::string> ids;
    std::vector<std::uint64_t> in_hand;
    const auto take_all = [&] {
        value_of(source->keep(in_hand));
        for (const Delivery& item : value_of(source->take(1'000, kSoon))) {
            EXPECT_TRUE(ids.insert(item.id).second) << item.id << " was published twice";
            in_hand.push_back(item.tag);
        }
        return ids.size() >= items.size();
    };
    EXPECT_TRUE(eventually(take_all));
    EXPECT_TRUE(take_all());
    EXPECT_EQ(ids.size(), items.size()) << "with those of another batch";
    value_of(desk_->withdraw(items.front().key.batch_id + ".1/"));
    EXPECT_EQ(item_counts(options_).in_stream, 0U);
}

TEST_F(Cluster, GivesTheItemsOfAKilledWorkerToAnother) {
    WorkerProcess killed(url(), "killed");
    const auto items = freeze_with_items(killed, *desk_, options_, "killed-");
    EXPECT_EQ(killed.kill().signal, SIGKILL);
    const WorkerProcess other(url(), "other");
    const Outcomes outcomes = gathered(items);
    expect_all_forecast(outcomes, items);
    for (const auto& [player, outcome] : outcomes)
        EXPECT_EQ(outcome.worker, "other");
}

TEST_F(Cluster, IgnoresTheLateAnswersOfAFrozenWorker) {
    WorkerProcess frozen(url(), "frozen");
    const auto items = freeze_with_items(frozen, *desk_, options_, "frozen-");
    WorkerProcess other(url(), "other");
    const Outcomes outcomes = gathered(items);
    expect_all_forecast(outcomes, items);
    for (const auto& [player, outcome] : outcomes)
        EXPECT_EQ(outcome.worker, "other");
    frozen.go_on();
    EXPECT_EQ(frozen.end().code, 0) << "it answers what it holds, and ends";
    for (const Delivery& late : value_of(desk_->results(1'000, kSoon)))
        EXPECT_NE(value_of(WorkResult::read(late.body)).worker, "frozen");
    EXPECT_TRUE(eventually([&] { return item_counts(options_).in_stream == 0; }));
    EXPECT_EQ(other.end().code, 0);
}

TEST_F(Cluster, GivesUpAnItemWhoseWorkersAllFellSilent) {
    jetstream::Options options = servers_->options("silent");
    options.silent_worker_loses = milliseconds{200};
    const auto desk = test::desk_on(options);
    const auto source = value_of(jetstream::Source::open(options, kClock));
    value_of(desk->publish(messages_of(batch_of(1))));
    for (int times = 1; times <= kMostDeliveries; ++times)
        ASSERT_EQ(value_of(source->take(1, std::chrono::seconds{5})).size(), 1U) << times;
    std::vector<DeadLetter> dead;
    EXPECT_TRUE(eventually([&] {
        // The server notices as it looks for something to hand out.
        EXPECT_TRUE(value_of(source->take(1, milliseconds{100})).empty());
        dead = value_of(desk->dead_letters());
        return !dead.empty();
    }));
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].why, "no worker answered");
    EXPECT_EQ(dead[0].body, batch_of(1)[0].bytes());
    EXPECT_EQ(test::item_counts(options).in_stream, 0U);
}

TEST_F(Cluster, KeepsWhatWasPublishedWhenAllServersAreKilled) {
    const auto items = batch(100);
    value_of(desk_->publish(messages_of(items)));
    for (std::size_t i = 0; i < servers_->size(); ++i)
        servers_->node(i).kill();
    servers_->make_whole(options_);
    const WorkerProcess worker(url(), "later");
    expect_all_forecast(gathered(items), items);
}

}  // namespace
}  // namespace tipoff::coordinate
