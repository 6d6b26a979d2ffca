#pragma once
/// Real NATS servers with JetStream, as processes of the test: on free ports, their files in a
/// folder that goes with them, killed when they go.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coordinate/jetstream/jetstream_queue.h"
#include "support/child_process.h"
#include "support/files.h"

namespace tipoff::coordinate::test {

/// Whether this machine has the program (Debian: nats-server).
[[nodiscard]] bool has_nats_server();

/// Runs a program to its end; whether it returned 0. What it says is not kept.
[[nodiscard]] bool succeeds(const std::vector<std::string>& words);

/// Arguments that make servers a cluster: the listening address of the one, then of all.
[[nodiscard]] std::vector<std::string> cluster_arguments(const std::string& own,
                                                         const std::vector<std::string>& all);

/// Ports of 127.0.0.1 that nobody listens on now.
[[nodiscard]] std::vector<std::uint16_t> free_ports(std::size_t count);

/// One server, by itself or of a cluster. It can be killed and started again over the same files.
class NatsServer {
public:
    struct Settings {
        std::string name = "alone";
        std::string host = "127.0.0.1";
        std::uint16_t port = 0;
        std::filesystem::path folder;
        bool has_jetstream = true;
        std::string scheme = "nats://";
        std::vector<std::string> more;       ///< arguments
        std::vector<std::string> wrapper{};  ///< what starts it: "ip netns exec ..."
    };

    explicit NatsServer(Settings settings) : settings_(std::move(settings)) {}

    void start();
    /// SIGKILL.
    void kill() { process_.reset(); }
    [[nodiscard]] bool is_running() const { return process_ != nullptr; }
    [[nodiscard]] std::string address() const;  ///< "nats://host:port"
    [[nodiscard]] const std::string& name() const { return settings_.name; }

private:
    Settings settings_;
    std::unique_ptr<support::ChildProcess> process_;
};

/// One, or a cluster of three.
class NatsServers {
public:
    explicit NatsServers(std::size_t count, const std::vector<std::string>& more = {});

    /// Of these, which know of each other.
    explicit NatsServers(std::vector<NatsServer::Settings> nodes);

    [[nodiscard]] NatsServer& node(std::size_t i) { return nodes_[i]; }
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

    /// A queue of its own on them: short silences, so that tests are.
    [[nodiscard]] jetstream::Options options(const std::string& queue) const;
    [[nodiscard]] std::string url(const std::string& queue) const;

    /// The server that leads a stream of the queue, once there is one.
    [[nodiscard]] NatsServer& leader_of(const jetstream::Options& options, std::string_view stream);

    /// Makes a server the leader of a stream of the queue.
    void make_leader(const NatsServer& server, const jetstream::Options& options,
                     std::string_view stream);

    /// Starts those that are not running, and waits until every copy of the queue's streams is
    /// current.
    void make_whole(const jetstream::Options& options);

private:
    support::TempFolder folder_;
    std::vector<NatsServer> nodes_;
};

/// A desk on servers that may still be starting, or electing whom they follow.
[[nodiscard]] std::unique_ptr<jetstream::Desk> desk_on(const jetstream::Options& options);

/// What the servers say of a queue's items.
struct ItemCounts {
    std::uint64_t in_stream = 0;
    std::uint64_t not_handed_out = 0;
    std::int64_t in_hand = 0;
};
[[nodiscard]] ItemCounts item_counts(const jetstream::Options& options);

/// Whether it comes to be that no item is in hand or to be handed out. After the loss of the server
/// that led, version 2.9 may keep items in the stream that it knows to be acknowledged; and a
/// connection that stood through a cut tries again after ever longer pauses.
[[nodiscard]] bool all_items_end(const jetstream::Options& options);

/// `tipoff worker` as a process, on a queue.
class WorkerProcess {
public:
    WorkerProcess(const std::string& url, const std::string& name);

    void freeze();
    void go_on();
    support::ChildEnd kill() { return process_.kill(); }
    /// SIGTERM, and waits for its end.
    support::ChildEnd end();

private:
    support::ChildProcess process_;
};

}  // namespace tipoff::coordinate::test
