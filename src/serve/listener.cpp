#include "serve/listener.h"

#include <fmt/core.h>
#include <httplib.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/http.h"
#include "base/parse.h"
#include "serve/connection.h"
#include "serve/connection_threads.h"
#include "serve/problem.h"
#include "serve/wire.h"

namespace tipoff::serve {
namespace {

/// Threads beyond the connections, that tell those who are too many.
constexpr std::size_t kSpareThreads = 32;
constexpr int kBacklog = 1'024;

/// Between two tries to listen again after the system would not let us accept.
constexpr std::chrono::milliseconds kAcceptPause{100};

/// A connection as the library reads one. What the library writes is dropped: answers are ours.
class StreamOf final : public httplib::Stream {
public:
    explicit StreamOf(Connection& connection) : connection_(connection) {}

    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool is_writable() const override { return true; }
    ssize_t read(char* target, size_t size) override { return connection_.read(target, size); }
    ssize_t write(const char* /*bytes*/, size_t size) override {
        return static_cast<ssize_t>(size);
    }
    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        ip = connection_.peer();
        port = 0;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        ip.clear();
        port = 0;
    }
    /// The library would refuse descriptors above a thousand.
    [[nodiscard]] socket_t socket() const override { return 0; }

private:
    Connection& connection_;
};

RawRequest raw_request(const httplib::Request& request, const Connection& connection) {
    RawRequest raw{.method = request.method,
                   .target = request.target,
                   .headers = {},
                   .body = {},
                   .peer = connection.peer(),
                   .is_old = request.version == "HTTP/1.0"};
    raw.headers.reserve(request.headers.size());
    for (const auto& [name, value] : request.headers) {
        // The library's own notes.
        if (name.starts_with("REMOTE_") || name.starts_with("LOCAL_")) continue;
        raw.headers.push_back({name, value});
    }
    return raw;
}

/// The length of the body, or why there can be none of it.
struct BodyLength {
    std::size_t bytes = 0;
    int refusal = 0;  ///< a status
};

BodyLength body_length(const RawRequest& request, const Limits& limits) {
    std::set<std::string_view> lengths;
    for (const HttpHeader& header : request.headers) {
        // A body in chunks has no length that could be held against the limit.
        if (header.is_called("Transfer-Encoding")) return {.refusal = 411};
        if (header.is_called("Content-Length")) lengths.insert(trimmed(header.value));
    }
    if (lengths.empty()) return {};
    // Two lengths are two readings of where the next request begins.
    if (lengths.size() > 1 || !is_digits(*lengths.begin())) return {.refusal = 400};
    const auto bytes = parse_integer(*lengths.begin());
    if (!bytes || static_cast<std::size_t>(*bytes) > limits.body_bytes) return {.refusal = 413};
    return {.bytes = static_cast<std::size_t>(*bytes)};
}

Response refusal_of(int status, const Limits& limits) {
    switch (status) {
        case 408: return problem(status, "the request did not come in time");
        case 411: return problem(status, "a body needs a Content-Length");
        case 413:
            return problem(status, fmt::format("a body has {} bytes at most", limits.body_bytes));
        case 414:
        case 431:
            return problem(status, fmt::format("request line and headers have {} bytes at most",
                                               limits.head_bytes));
        default: return problem(status, "this is no HTTP request");
    }
}

/// Sends an answer; false where the connection is of no more use.
bool send_answer(Connection& connection, const WireAnswer& answer) {
    if (!answer.stream) return connection.send(answer.head, answer.body);
    // Who no longer reads an endless answer would keep the service from ending.
    if (answer.is_endless) connection.end_with_service();
    if (!connection.send(answer.head)) return false;
    const auto write = [&](std::string_view piece) -> Status {
        const bool is_sent = piece.empty() ? !answer.is_endless || !connection.has_gone()
                             : answer.is_chunked
                                 ? connection.send(fmt::format("{:x}\r\n", piece.size()), piece) &&
                                       connection.send("\r\n")
                                 : connection.send(piece);
        if (is_sent) return {};
        return fail(ErrorCode::kIo, "nobody takes the answer any more");
    };
    const Status streamed = answer.stream(write);
    if (!streamed) {
        if (answer.is_endless) return false;
        // Without its end, whoever reads knows that something is missing.
        spdlog::warn("a long answer was cut short: {}", streamed.error().message());
        return false;
    }
    return !answer.is_chunked || connection.send("0\r\n\r\n");
}

/// The library's threads, which are ours.
class Tasks final : public httplib::TaskQueue {
public:
    explicit Tasks(std::size_t most) : threads_(most) {}
    void enqueue(std::function<void()> job) override { threads_.run(std::move(job)); }
    void shutdown() override { threads_.finish(); }

private:
    ConnectionThreads threads_;
};

}  // namespace

Expected<ListenAddress> ListenAddress::parse(std::string_view text) {
    const auto colon = text.rfind(':');
    std::string_view host = text.substr(0, colon == std::string_view::npos ? 0 : colon);
    const auto port =
        colon == std::string_view::npos ? std::nullopt : parse_integer(text.substr(colon + 1));
    constexpr std::int64_t kHighestPort = 65'535;
    const bool has_brackets = host.starts_with('[') && host.ends_with(']');
    if (has_brackets) host = host.substr(1, host.size() - 2);
    const bool is_wrong = host.empty() || (!has_brackets && host.contains(':')) || !port ||
                          *port < 0 || *port > kHighestPort;
    if (is_wrong)
        return fail(ErrorCode::kUsage, fmt::format("'{}' is nowhere to listen", text),
                    "as 127.0.0.1:8080 or [::1]:8080; port 0 is any that is free");
    return ListenAddress{.host = std::string(host), .port = static_cast<std::uint16_t>(*port)};
}

bool ListenAddress::is_loopback() const {
    return host.starts_with("127.") || host == "::1" || host == "localhost";
}

bool ListenAddress::is_reached_by(std::string_view url) const {
    const auto asked = parse(host_of(url));
    if (!asked || asked->port != port || port == 0) return false;
    if (asked->host == host) return true;
    const bool is_any = host == "0.0.0.0" || host == "::";
    return asked->is_loopback() && (is_any || is_loopback());
}

/// The library's server with connections of ours.
class Listener::Server final : public httplib::Server {
public:
    Server(ListenAddress address, const Limits& limits, const Clock& clock, Answer answer)
        : address_(std::move(address)),
          limits_(limits),
          clock_(clock),
          answer_(std::move(answer)),
          ending_(::eventfd(0, EFD_CLOEXEC)) {
        require(ending_ >= 0, "no eventfd");
        new_task_queue = [this] { return new Tasks(limits_.connections + kSpareThreads); };
        // Two services on one port are a mistake: the library's SO_REUSEPORT would let them be.
        set_socket_options([](socket_t socket) {
            const int on = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        });
        set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
            current()->answer(request);
            response.status = 204;
            return HandlerResponse::Handled;
        });
        set_error_handler(
            Handler([](const httplib::Request& /*request*/, httplib::Response& response) {
                current()->refuse(response.status);
            }));
        set_expect_100_continue_handler(
            [](const httplib::Request& request, httplib::Response& response) {
                response.status = current()->status_of_expectation(request);
                return response.status;
            });
    }
    ~Server() override { ::close(ending_); }

    Status listen_there() {
        const bool is_bound = address_.port == 0
                                  ? (address_.port = static_cast<std::uint16_t>(
                                         std::max(bind_to_any_port(address_.host), 0))) != 0
                                  : bind_to_port(address_.host, address_.port);
        if (!is_bound)
            return fail(errno == EADDRINUSE ? ErrorCode::kBusy : ErrorCode::kIo,
                        fmt::format("cannot listen at {}", url()),
                        "another process may have the port: pass --listen HOST:PORT");
        // The library keeps five callers waiting.
        ::listen(svr_sock_, kBacklog);
        return {};
    }

    void accept_in_a_thread() {
        accepting_ = std::thread([this] {
            while (!is_ending_) {
                listen_after_bind();
                if (is_ending_) break;
                // The library gives up where the system will not let it accept; we do not.
                spdlog::error("listening at {} ended; beginning again", url());
                waiter_.wait(kAcceptPause);
                if (is_ending_) break;
                if (const Status again = listen_there(); !again)
                    spdlog::error("{}", again.error().message());
            }
            has_ended_ = true;
        });
    }

    void end() {
        if (is_ending_.exchange(true)) return;
        const std::uint64_t one = 1;
        require(::write(ending_, &one, sizeof one) == sizeof one, "an eventfd refuses");
        // Before the thread has come to accepting, the library takes no notice of a stop.
        for (; !has_ended_; waiter_.wait(std::chrono::milliseconds{1}))
            stop();
        accepting_.join();
    }

    [[nodiscard]] std::string url() const {
        const bool is_six = address_.host.contains(':');
        return fmt::format("http://{}{}{}:{}", is_six ? "[" : "", address_.host, is_six ? "]" : "",
                           address_.port);
    }

    [[nodiscard]] std::size_t connections() const { return connections_; }

private:
    /// One request of a connection.
    class Exchange {
    public:
        Exchange(Server& server, Connection& connection)
            : server_(server), connection_(connection) {
            current() = this;
        }
        Exchange(const Exchange&) = delete;
        Exchange& operator=(const Exchange&) = delete;
        ~Exchange() { current() = nullptr; }

        void answer(const httplib::Request& head) {
            connection_.end_head();
            RawRequest request = raw_request(head, connection_);
            const BodyLength length = body_length(request, server_.limits_);
            if (length.refusal != 0) return refuse(length.refusal);
            if (!connection_.read_body(length.bytes, request.body)) return refuse(400);
            send(request, server_.answer_(request));
        }

        /// By this status, or for what the connection says is at fault.
        void refuse(int status) {
            if (is_answered_) return;
            switch (connection_.fault()) {
                case Connection::Fault::kHeadTooLarge: status = 431; break;
                case Connection::Fault::kTooSlow: status = 408; break;
                case Connection::Fault::kGone: is_last_ = true; return;
                case Connection::Fault::kNone: break;
            }
            is_last_ = true;
            connection_.leave_unread();
            send({}, refusal_of(status, server_.limits_));
        }

        /// 100 where the body may come.
        int status_of_expectation(const httplib::Request& head) {
            const int refusal =
                body_length(raw_request(head, connection_), server_.limits_).refusal;
            if (refusal != 0) return refusal;
            connection_.send("HTTP/1.1 100 Continue\r\n\r\n");
            return 100;
        }

        [[nodiscard]] bool is_last() const { return is_last_; }

    private:
        void send(const RawRequest& request, Response response) {
            is_answered_ = true;
            if (request.header("Connection").contains("close") || server_.is_ending_)
                is_last_ = true;
            const WireAnswer answer =
                to_wire(request, std::move(response), is_last_, server_.clock_.wall_now());
            is_last_ = true;  // whatever the making of a long answer throws
            try {
                is_last_ = !send_answer(connection_, answer) || answer.closes;
            } catch (const std::exception& error) {
                spdlog::error("a long answer was cut short: {}", error.what());
            }
        }

        Server& server_;
        Connection& connection_;
        bool is_answered_ = false;
        bool is_last_ = false;
    };

    bool process_and_close_socket(socket_t socket) override {
        const std::size_t before = connections_.fetch_add(1);
        serve_connection(socket, before >= limits_.connections);
        --connections_;
        return true;
    }

    void serve_connection(socket_t socket, bool is_too_many) {
        Connection connection(socket, ending_, limits_, clock_);
        if (is_too_many) {
            connection.leave_unread();
            Response response =
                problem(503, "too many connections are open").with("Retry-After", "1");
            send_answer(connection, to_wire({}, std::move(response), true, clock_.wall_now()));
            return;
        }
        while (connection.wait_for_request()) {
            Exchange exchange(*this, connection);
            StreamOf stream(connection);
            bool is_closed = false;
            const bool went_well =
                process_request(stream, false, is_closed, [](httplib::Request& request) {
                    request.ranges.clear();  // answers are given whole
                });
            // The library says nothing to a request line that does not come to its end.
            if (!went_well) exchange.refuse(400);
            if (!went_well || is_closed || exchange.is_last()) return;
        }
    }

    /// Of the request that this thread is at: the library hands its handlers nothing of ours.
    static Exchange*& current() {
        thread_local Exchange* exchange = nullptr;
        return exchange;
    }

    ListenAddress address_;
    Limits limits_;
    const Clock& clock_;
    Answer answer_;
    SleepingWaiter waiter_;
    int ending_;
    std::atomic<bool> is_ending_ = false;
    std::atomic<bool> has_ended_ = false;
    std::atomic<std::size_t> connections_ = 0;
    std::thread accepting_;
};

Listener::Listener(std::unique_ptr<Server> server) : server_(std::move(server)) {}

Listener::~Listener() { stop(); }

Expected<std::unique_ptr<Listener>> Listener::open(const ListenAddress& address,
                                                   const Limits& limits, const Clock& clock,
                                                   Answer answer) {
    auto server = std::make_unique<Server>(address, limits, clock, std::move(answer));
    TIPOFF_CHECK(server->listen_there());
    server->accept_in_a_thread();
    return std::unique_ptr<Listener>(new Listener(std::move(server)));
}

void Listener::stop() { server_->end(); }

std::string Listener::url() const { return server_->url(); }

std::size_t Listener::connections() const { return server_->connections(); }

}  // namespace tipoff::serve
