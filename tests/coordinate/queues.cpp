#include "queues.h"

#include <fmt/core.h>

#include "any_item.h"
#include "support/expected.h"

namespace tipoff::coordinate::test {
namespace {

using support::value_of;

const SystemClock kClock;

NatsServers& one_server() {
    static NatsServers servers(1);
    return servers;
}

}  // namespace

std::vector<WorkItem> batch_of(std::size_t count, const std::string& batch_id) {
    std::minstd_rand random(7);
    std::vector<WorkItem> items;
    for (std::size_t i = 0; i < count; ++i) {
        WorkItem item = any_item(random);
        item.key = {batch_id, 1, PlayerId{static_cast<std::int64_t>(i) + 1}};
        item.markets = {Market::kPoints};
        item.trained = {};
        item.neighbours.reset();
        item.offers = {};
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<Message> messages_of(std::span<const WorkItem> items) {
    std::vector<Message> messages;
    for (const WorkItem& item : items)
        messages.push_back({to_string(item.key), item.bytes()});
    return messages;
}

void expect_all_forecast(const Outcomes& outcomes, std::span<const WorkItem> items) {
    EXPECT_EQ(outcomes.size(), items.size());
    for (const auto& [player, outcome] : outcomes)
        EXPECT_TRUE(outcome.is_forecast()) << player.value << ": " << outcome.detail;
}

std::string next_queue_name() {
    static int last = 0;
    return fmt::format("q{}", ++last);
}

std::string OverJetStream::why_not() {
    return has_nats_server() ? "" : "nats-server is not installed (script/bootstrap installs it)";
}

OverJetStream::OverJetStream()
    : options_(one_server().options(next_queue_name())),
      desk_(desk_on(options_)),
      source_(value_of(jetstream::Source::open(options_, kClock))) {}

void OverJetStream::start_workers(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        workers_.emplace_back([this, i](const std::stop_token& stop) {
            const auto source = value_of(jetstream::Source::open(options_, kClock));
            Worker worker(*source, fmt::format("test#{}", i + 1));
            while (!stop.stop_requested())
                value_of(worker.work(std::chrono::milliseconds{100}));
        });
    }
}

}  // namespace tipoff::coordinate::test
