#include "league/upstreams/upstream_server.h"

#include <fmt/core.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "base/http_status.h"
#include "base/parse.h"
#include "league/upstreams/documents.h"

namespace tipoff::league {
namespace {

constexpr std::size_t kMostHeadBytes = std::size_t{64} << 10;
constexpr int kBacklog = 64;
constexpr std::size_t kMostLogged = 1'000'000;
constexpr int kMonthlyCredits = 100'000;
constexpr std::size_t kWrongBytes = 50;  ///< by which a Content-Length lies, at most

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return;  // the other side is gone
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

/// Whoever closes with this sends a reset, not an end.
void make_close_a_reset(int socket) {
    const linger abrupt{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
}

/// Until the other side gives up.
void wait_for_the_end(int socket) {
    std::array<char, 256> bytes{};
    while (::recv(socket, bytes.data(), bytes.size(), 0) > 0) {
    }
}

struct ReadHead {
    std::string method;
    std::string target;
    std::vector<HttpHeader> headers;
};

ReadHead read_head(std::string_view head) {
    ReadHead read;
    const std::string_view first = head.substr(0, head.find("\r\n"));
    const std::size_t space = std::min(first.find(' '), first.size());
    read.method = first.substr(0, space);
    const std::string_view rest = first.substr(std::min(space + 1, first.size()));
    read.target = rest.substr(0, rest.find(' '));
    head.remove_prefix(std::min(first.size() + 2, head.size()));
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(line.size() + 2, head.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        read.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
    }
    return read;
}

/// The request that is meant: of the host that it names, or of the one whose path it is.
UpstreamRequest request_of(ReadHead head) {
    UpstreamRequest request = request_of_target("", head.target);
    request.headers = std::move(head.headers);
    std::string host(request.header("Host").value_or(""));
    host = host.substr(0, host.find(':'));
    request.host = is_upstream(host) ? host : std::string(host_of_path(request.path));
    return request;
}

std::string head_of(const UpstreamAnswer& answer, std::size_t length) {
    std::string head =
        fmt::format("HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status));
    for (const auto& [name, value] : answer.headers)
        head += fmt::format("{}: {}\r\n", name, value);
    if (answer.status != 304) head += fmt::format("Content-Length: {}\r\n", length);
    return head + "\r\n";
}

/// Sends the answer, and it goes wrong as the fault says; whether the connection is still of use.
bool send_answer(int socket, const UpstreamAnswer& answer, std::optional<FaultKind> fault) {
    const std::string_view body = answer.body;
    const std::size_t half = body.size() / 2;
    const std::size_t wrong = std::min(kWrongBytes, half);
    if (fault == FaultKind::kNoAnswer || fault == FaultKind::kHang) return false;
    if (fault == FaultKind::kReset || fault == FaultKind::kCutShort) {
        send_all(socket, head_of(answer, body.size()) + std::string(body.substr(0, half)));
        if (fault == FaultKind::kReset) make_close_a_reset(socket);
        return false;
    }
    if (fault == FaultKind::kTooLong) {
        send_all(socket, head_of(answer, body.size() + kWrongBytes) + answer.body);
        return false;
    }
    if (fault == FaultKind::kTooShort) {
        send_all(socket, head_of(answer, body.size() - wrong) + answer.body);
        return false;
    }
    send_all(socket, head_of(answer, body.size()) + answer.body);
    return true;
}

/// A listening socket and the port that it has.
Expected<std::pair<int, int>> listen_on(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const int yes = 1;
    if (listener >= 0) ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (listener < 0 || ::bind(listener, generic, size) != 0 || ::listen(listener, kBacklog) != 0 ||
        ::getsockname(listener, generic, &size) != 0) {
        const std::string why = std::generic_category().message(errno);
        if (listener >= 0) ::close(listener);
        return fail(ErrorCode::kIo, fmt::format("cannot listen on 127.0.0.1:{}: {}", port, why));
    }
    return std::pair(listener, static_cast<int>(ntohs(address.sin_port)));
}

}  // namespace

Expected<std::unique_ptr<UpstreamServer>> UpstreamServer::listen(
    const SimulatedUpstreams& upstreams, const Clock& clock, const ServerOptions& options) {
    TIPOFF_TRY(const auto listening, listen_on(options.port));
    return std::unique_ptr<UpstreamServer>(
        new UpstreamServer(upstreams, clock, options.faults, listening.first, listening.second));
}

UpstreamServer::UpstreamServer(const SimulatedUpstreams& upstreams, const Clock& clock,
                               FaultPlan* faults, int listener, int port)
    : upstreams_(upstreams),
      clock_(clock),
      faults_(faults),
      listener_(listener),
      port_(port),
      thread_([this] { accept_all(); }) {}

UpstreamServer::~UpstreamServer() {
    is_ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    {
        const std::scoped_lock lock(mutex_);
        for (const Connection& connection : connections_) {
            if (!connection.is_done) ::shutdown(connection.socket, SHUT_RDWR);
        }
    }
    connections_.clear();
    ::close(listener_);
}

std::string UpstreamServer::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

std::vector<ServedRequest> UpstreamServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

void UpstreamServer::accept_all() {
    int number = 0;
    while (!is_ending_) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            return;  // the listener is closed
        }
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        remove_finished();
        const std::scoped_lock lock(mutex_);
        Connection& connection = connections_.emplace_back();
        connection.socket = socket;
        connection.number = ++number;
        connection.thread = std::jthread([this, &connection] { talk(connection); });
    }
}

void UpstreamServer::remove_finished() {
    const std::scoped_lock lock(mutex_);
    connections_.remove_if([](const Connection& connection) { return connection.is_done.load(); });
}

void UpstreamServer::talk(Connection& connection) {
    std::string arrived;
    std::array<char, 4096> bytes{};
    bool stays_open = true;
    while (stays_open) {
        const std::size_t end = arrived.find("\r\n\r\n");
        if (end != std::string::npos) {
            stays_open = answer(connection, arrived.substr(0, end + 2));
            arrived.erase(0, end + 4);
            continue;
        }
        const auto count = ::recv(connection.socket, bytes.data(), bytes.size(), 0);
        if (count <= 0 || arrived.size() > kMostHeadBytes) break;
        arrived.append(bytes.data(), static_cast<std::size_t>(count));
    }
    // Under the lock: whoever ends the server must not meet a socket of somebody else's.
    const std::scoped_lock lock(mutex_);
    ::close(connection.socket);
    connection.is_done = true;
}

bool UpstreamServer::answer(Connection& connection, const std::string& head) {
    const Instant now = clock_.league_now();
    ReadHead read = read_head(head);
    const bool is_get = read.method == "GET";
    const std::string target = read.target;
    const UpstreamRequest request = request_of(std::move(read));
    const bool is_wanted_closed = request.header("Connection") == "close";
    std::optional<FaultKind> fault;
    if (is_get && faults_ != nullptr && !request.host.empty())
        fault = faults_->strike(request, now);
    UpstreamAnswer answer = !is_get ? UpstreamAnswer{.status = 405, .headers = {}, .body = {}}
                            : fault ? with_fault(*fault, upstreams_, request, now)
                                    : upstreams_.answer(request, now);
    count_cost(request, answer);
    const bool is_silent = fault == FaultKind::kNoAnswer || fault == FaultKind::kHang;
    ServedRequest served{.host = request.host,
                         .path = target,
                         .began = now,
                         .ended = {},
                         .connection = connection.number,
                         .status = is_silent ? 0 : answer.status,
                         .fault = fault};
    // Told of before the answer is out: whoever has it may look for the request here, or move the
    // clock.
    if (fault == FaultKind::kHang) wait_for_the_end(connection.socket);
    {
        const std::scoped_lock lock(mutex_);
        served.ended = clock_.league_now();
        if (requests_.size() < kMostLogged) requests_.push_back(std::move(served));
    }
    const bool is_of_use = send_answer(connection.socket, answer, fault);
    return is_of_use && !is_wanted_closed;
}

void UpstreamServer::count_cost(const UpstreamRequest& request, UpstreamAnswer& answer) {
    const auto cost = std::ranges::find_if(answer.headers, [](const HttpHeader& header) {
        return header.is_called("x-requests-last");
    });
    if (cost == answer.headers.end()) return;
    const auto credits = static_cast<int>(parse_integer(cost->value).value_or(0));
    const std::scoped_lock lock(mutex_);
    int& spent = spent_[std::string(request.parameter("apiKey").value_or(""))];
    spent += credits;
    answer.headers.push_back({"x-requests-used", std::to_string(spent)});
    answer.headers.push_back(
        {"x-requests-remaining", std::to_string(std::max(0, kMonthlyCredits - spent))});
}

}  // namespace tipoff::league
