/// The queue on a cluster of which one server is cut off from the others and from everybody else:
/// no connection is closed, nothing answers any more. The server lives in a network namespace.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "coordinate/jetstream/streams.h"
#include "queues.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using support::value_of;
using test::batch_of;
using test::expect_all_forecast;
using test::NatsServer;
using test::NatsServers;
using test::succeeds;
using test::WorkerProcess;

const SystemClock kClock;

/// A namespace with one cable to this one.
class Namespace {
public:
    Namespace() {
        is_made_ = succeeds({"ip", "netns", "add", name_}) &&
                   succeeds({"ip", "link", "add", here_, "type", "veth", "peer", "name", there_}) &&
                   succeeds({"ip", "link", "set", there_, "netns", name_}) &&
                   succeeds({"ip", "address", "add", own_address() + "/30", "dev", here_}) &&
                   succeeds({"ip", "link", "set", here_, "up"}) &&
                   inside({"address", "add", address() + "/30", "dev", there_}) &&
                   inside({"link", "set", "lo", "up"}) && plug();
    }
    Namespace(const Namespace&) = delete;
    Namespace& operator=(const Namespace&) = delete;
    ~Namespace() {
        (void)succeeds({"ip", "link", "delete", here_});
        (void)succeeds({"ip", "netns", "delete", name_});
    }

    [[nodiscard]] bool is_made() const { return is_made_; }
    [[nodiscard]] std::string own_address() const { return fmt::format("10.231.{}.1", net_); }
    [[nodiscard]] std::string address() const { return fmt::format("10.231.{}.2", net_); }
    [[nodiscard]] std::vector<std::string> wrapper() const {
        return {"ip", "netns", "exec", name_};
    }

    bool cut() { return inside({"link", "set", there_, "down"}); }
    bool plug() { return inside({"link", "set", there_, "up"}); }

private:
    [[nodiscard]] bool inside(const std::vector<std::string>& words) const {
        std::vector<std::string> all{"ip", "-netns", name_};
        all.insert(all.end(), words.begin(), words.end());
        return succeeds(all);
    }

    int net_ = ::getpid() % 250;
    std::string name_ = fmt::format("tipoff-{}", ::getpid());
    std::string here_ = fmt::format("tip{}a", ::getpid());
    std::string there_ = fmt::format("tip{}b", ::getpid());
    bool is_made_ = false;
};

/// Two servers here and one in the namespace.
std::vector<NatsServer::Settings> two_and_one(const Namespace& away) {
    const auto ports = test::free_ports(6);
    std::vector<NatsServer::Settings> nodes(3);
    std::vector<std::string> routes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        nodes[i].name = fmt::format("n{}", i + 1);
        nodes[i].host = i == 2 ? away.address() : away.own_address();
        nodes[i].port = ports[i];
        routes.push_back(fmt::format("nats://{}:{}", nodes[i].host, ports[3 + i]));
    }
    nodes[2].wrapper = away.wrapper();
    for (std::size_t i = 0; i < nodes.size(); ++i)
        nodes[i].more = test::cluster_arguments(routes[i], routes);
    return nodes;
}

TEST(Network, EndsEveryItemOnceWhenTheServerThatLeadsIsCutOff) {
    if (!test::has_nats_server())
        GTEST_SKIP() << "nats-server is not installed (script/bootstrap installs it)";
    Namespace away;
    if (!away.is_made())
        GTEST_SKIP() << "network namespaces cannot be made here (they take root, and iproute2)";
    NatsServers servers(two_and_one(away));
    const jetstream::Options options = servers.options("cut");
    const auto desk = test::desk_on(options);
    servers.make_leader(servers.node(2), options, jetstream::kItems);
    // One of the workers knows the server that is cut off alone, and of the others from it.
    const WorkerProcess cut_off(servers.node(2).address() + "/cut", "cut off");
    const WorkerProcess other(servers.node(0).address() + "/cut", "other");
    const auto items = batch_of(450);
    std::optional<std::size_t> done_when_cut;
    const Outcomes outcomes =
        value_of(gather(*desk, kClock, items, {.progress = [&](const Outcomes& so_far) {
            if (done_when_cut) return;
            done_when_cut = so_far.size();
            EXPECT_TRUE(away.cut());
        }}));
    expect_all_forecast(outcomes, items);
    ASSERT_TRUE(done_when_cut);
    EXPECT_LT(*done_when_cut, items.size()) << "it was cut off too late to matter";
    ASSERT_TRUE(away.plug());
    EXPECT_TRUE(test::all_items_end(options));
    // What the other side of the cut still brings is of this batch, and nothing new.
    for (const Delivery& result : value_of(desk->results(1'000, test::kSoon)))
        EXPECT_TRUE(outcomes.contains(value_of(WorkResult::read(result.body)).key.player_id));
}

}  // namespace
}  // namespace tipoff::coordinate
