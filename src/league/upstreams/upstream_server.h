#pragma once
/// The simulated upstreams over HTTP on loopback: all hosts at one port.
///
/// The upstream that is meant is the request's `Host`; where that is the listener's own address it
/// is found by the path. Connections are kept open. With a plan of faults it does what no proper
/// server does, which is why it is no library's: one would not close a connection before a status
/// line, or lie about a length.

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "league/upstreams/faults.h"

namespace tipoff::league {

/// A request and what became of it, in virtual time.
struct ServedRequest {
    std::string host;  ///< of the upstream
    std::string path;  ///< with its query, as it came
    Instant began{};
    Instant ended{};     ///< when the answer was ready, or the client gave up waiting for one
    int connection = 0;  ///< the first one is 1
    int status = 0;      ///< 0 where none was sent
    std::optional<FaultKind> fault;
};

struct ServerOptions {
    std::uint16_t port = 0;  ///< any free one
    /// Null: everything is answered well. Outlives the server.
    FaultPlan* faults = nullptr;
};

class UpstreamServer {
public:
    /// Listens on 127.0.0.1. `upstreams` and `clock`, which says the virtual time, outlive it.
    /// `kIo` where the port is taken.
    [[nodiscard]] static Expected<std::unique_ptr<UpstreamServer>> listen(
        const SimulatedUpstreams& upstreams, const Clock& clock, const ServerOptions& options = {});

    UpstreamServer(const UpstreamServer&) = delete;
    UpstreamServer& operator=(const UpstreamServer&) = delete;
    /// Ends every connection, whatever is under way.
    ~UpstreamServer();

    /// "http://127.0.0.1:8099".
    [[nodiscard]] std::string url() const;
    /// In the order in which they were answered; of more than a million the first.
    [[nodiscard]] std::vector<ServedRequest> requests() const;

private:
    struct Connection {
        int socket = -1;
        int number = 0;
        std::atomic<bool> is_done = false;
        std::jthread thread;
    };

    UpstreamServer(const SimulatedUpstreams& upstreams, const Clock& clock, FaultPlan* faults,
                   int listener, int port);
    void accept_all();
    void remove_finished();
    void talk(Connection& connection);
    /// Answers one request; whether the connection stays open.
    bool answer(Connection& connection, const std::string& head);
    void count_cost(const UpstreamRequest& request, UpstreamAnswer& answer);

    const SimulatedUpstreams& upstreams_;
    const Clock& clock_;
    FaultPlan* faults_;
    int listener_;
    int port_;
    std::atomic<bool> is_ending_ = false;
    mutable std::mutex mutex_;
    std::vector<ServedRequest> requests_;
    std::map<std::string, int> spent_;  ///< by key
    std::list<Connection> connections_;
    std::jthread thread_;
};

}  // namespace tipoff::league
