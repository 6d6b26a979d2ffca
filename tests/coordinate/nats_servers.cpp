#include "nats_servers.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "coordinate/jetstream/connection.h"
#include "coordinate/jetstream/streams.h"
#include "support/eventually.h"
#include "support/expected.h"

namespace tipoff::coordinate::test {
namespace {

using support::eventually;
using support::value_of;

constexpr const char* kServer = "nats-server";
constexpr unsigned kLongestSeconds = 300;
constexpr std::chrono::milliseconds kSilence{1'500};

const SystemClock kClock;

/// Becomes another program, which goes when the test process does.
int become(const std::vector<std::string>& words) {
    ::alarm(kLongestSeconds);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    return 127;
}

std::unique_ptr<jetstream::Connection> connect(const jetstream::Options& options) {
    std::unique_ptr<jetstream::Connection> connection;
    if (!eventually([&] {
            auto opened = jetstream::Connection::open(options, kClock);
            if (opened) connection = *std::move(opened);
            return connection != nullptr;
        }))
        throw std::runtime_error("no server answers");
    return connection;
}

jetstream::StreamInfoHandle stream_info(const jetstream::Connection& connection,
                                        const std::string& stream) {
    jetstream::StreamInfoHandle info;
    jetstream::into(info, [&](auto** out) {
        return js_GetStreamInfo(out, &connection.context(), stream.c_str(), nullptr, nullptr);
    });
    return info;
}

std::vector<NatsServer::Settings> on_loopback(std::size_t count,
                                              const std::vector<std::string>& more) {
    const auto ports = free_ports(2 * count);
    std::vector<NatsServer::Settings> nodes(count);
    for (std::size_t i = 0; i < count; ++i) {
        nodes[i].name = fmt::format("n{}", i + 1);
        nodes[i].port = ports[i];
        nodes[i].more = more;
        if (count == 1) break;
        std::vector<std::string> routes;
        for (std::size_t other = 0; other < count; ++other)
            routes.push_back(fmt::format("nats://127.0.0.1:{}", ports[count + other]));
        const auto cluster = cluster_arguments(routes[i], routes);
        nodes[i].more.insert(nodes[i].more.end(), cluster.begin(), cluster.end());
    }
    return nodes;
}

}  // namespace

bool succeeds(const std::vector<std::string>& words) {
    return support::ChildProcess([&](support::Channel&) { return become(words); }).wait().code == 0;
}

bool has_nats_server() {
    static const bool has = succeeds({kServer, "--version"});
    return has;
}

std::vector<std::string> cluster_arguments(const std::string& own,
                                           const std::vector<std::string>& all) {
    return {"--cluster_name", "test",
            "--cluster",      own,
            "--routes",       fmt::format("{}", fmt::join(all, ","))};
}

std::vector<std::uint16_t> free_ports(std::size_t count) {
    std::vector<std::uint16_t> ports;
    std::vector<int> sockets;
    for (std::size_t i = 0; i < count; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no free port");
        sockets.push_back(socket);
        ports.push_back(ntohs(address.sin_port));
    }
    for (const int socket : sockets)
        ::close(socket);
    return ports;
}

std::string NatsServer::address() const {
    return fmt::format("{}{}:{}", settings_.scheme, settings_.host, settings_.port);
}

void NatsServer::start() {
    std::vector<std::string> words = settings_.wrapper;
    words.insert(words.end(),
                 {kServer, "-a", settings_.host, "-p", std::to_string(settings_.port), "-n",
                  settings_.name, "-l", (settings_.folder / "server.log").string()});
    if (settings_.has_jetstream)
        words.insert(words.end(), {"-js", "-sd", settings_.folder.string()});
    words.insert(words.end(), settings_.more.begin(), settings_.more.end());
    std::filesystem::create_directories(settings_.folder);
    process_ =
        std::make_unique<support::ChildProcess>([&](support::Channel&) { return become(words); });
}

NatsServers::NatsServers(std::size_t count, const std::vector<std::string>& more)
    : NatsServers(on_loopback(count, more)) {}

NatsServers::NatsServers(std::vector<NatsServer::Settings> nodes) {
    for (NatsServer::Settings& node : nodes) {
        node.folder = folder_ / node.name;
        nodes_.emplace_back(std::move(node));
    }
    for (NatsServer& node : nodes_)
        node.start();
}

std::string NatsServers::url(const std::string& queue) const {
    std::vector<std::string> addresses;
    for (const NatsServer& node : nodes_)
        addresses.push_back(node.address());
    return fmt::format("{}/{}", fmt::join(addresses, ","), queue);
}

jetstream::Options NatsServers::options(const std::string& queue) const {
    jetstream::Options options;
    options.address = value_of(jetstream::parse_address(url(queue)));
    options.silent_worker_loses = kSilence;
    options.again_after = std::chrono::milliseconds{20};
    options.patience = std::chrono::seconds{25};
    return options;
}

NatsServer& NatsServers::leader_of(const jetstream::Options& options, std::string_view stream) {
    const auto connection = connect(options);
    std::string leader;
    if (!eventually([&] {
            const auto info = stream_info(*connection, connection->stream(stream));
            if (info != nullptr && info->Cluster != nullptr && info->Cluster->Leader != nullptr)
                leader = info->Cluster->Leader;
            return !leader.empty();
        }))
        throw std::runtime_error("nobody leads the stream");
    return *std::ranges::find(nodes_, leader, &NatsServer::name);
}

void NatsServers::make_leader(const NatsServer& server, const jetstream::Options& options,
                              std::string_view stream) {
    const auto connection = connect(options);
    const std::string step_down =
        fmt::format("$JS.API.STREAM.LEADER.STEPDOWN.{}", connection->stream(stream));
    if (!eventually([&] {
            if (&leader_of(options, stream) == &server) return true;
            jetstream::MessageHandle answer;
            jetstream::into(answer, [&](auto** out) {
                return natsConnection_RequestString(out, &connection->get(), step_down.c_str(), "",
                                                    1'000);
            });
            return false;
        }))
        throw std::runtime_error("the server was never elected");
}

void NatsServers::make_whole(const jetstream::Options& options) {
    for (NatsServer& node : nodes_) {
        if (!node.is_running()) node.start();
    }
    const auto connection = connect(options);
    const auto is_current = [&](std::string_view stream) {
        const auto info = stream_info(*connection, connection->stream(stream));
        if (info == nullptr || info->Cluster == nullptr || info->Cluster->Leader == nullptr)
            return false;
        const std::span replicas(info->Cluster->Replicas,
                                 static_cast<std::size_t>(info->Cluster->ReplicasLen));
        return std::ranges::all_of(
            replicas, [](const jsPeerInfo* peer) { return peer->Current && !peer->Offline; });
    };
    for (const std::string_view stream : {jetstream::kItems, jetstream::kResults, jetstream::kDead,
                                          jetstream::kGivenUp, jetstream::kModels}) {
        if (!eventually([&] { return is_current(stream); }, std::chrono::seconds{40}))
            throw std::runtime_error("a copy of a stream is not current");
    }
}

std::unique_ptr<jetstream::Desk> desk_on(const jetstream::Options& options) {
    auto desk = jetstream::Desk::open(options, kClock);
    (void)eventually([&] {
        if (!desk) desk = jetstream::Desk::open(options, kClock);
        return desk.has_value();
    });
    return value_of(std::move(desk));
}

ItemCounts item_counts(const jetstream::Options& options) {
    const auto connection = connect(options);
    const std::string stream = connection->stream(jetstream::kItems);
    jetstream::ConsumerInfoHandle reader;
    jetstream::StreamInfoHandle info;
    // While servers elect there is nobody to ask.
    if (!eventually([&] {
            jetstream::into(reader, [&](auto** out) {
                return js_GetConsumerInfo(out, &connection->context(), stream.c_str(),
                                          jetstream::kWorkers, nullptr, nullptr);
            });
            info = stream_info(*connection, stream);
            return reader != nullptr && info != nullptr;
        }))
        throw std::runtime_error("no such queue");
    return {.in_stream = info->State.Msgs,
            .not_handed_out = reader->NumPending,
            .in_hand = reader->NumAckPending};
}

bool all_items_end(const jetstream::Options& options) {
    return eventually(
        [&] {
            const ItemCounts counts = item_counts(options);
            return counts.not_handed_out == 0 && counts.in_hand == 0;
        },
        std::chrono::seconds{90});
}

WorkerProcess::WorkerProcess(const std::string& url, const std::string& name)
    : process_([&](support::Channel&) {
          return become({TIPOFF_PROGRAM, "worker", "--queue", url, "--name", name});
      }) {}

void WorkerProcess::freeze() { ::kill(process_.pid(), SIGSTOP); }
void WorkerProcess::go_on() { ::kill(process_.pid(), SIGCONT); }

support::ChildEnd WorkerProcess::end() {
    ::kill(process_.pid(), SIGTERM);
    return process_.wait();
}

}  // namespace tipoff::coordinate::test
