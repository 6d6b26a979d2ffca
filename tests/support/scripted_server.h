#pragma once
/// An HTTP server on loopback that answers as it is told, also in ways in which no proper server
/// would.

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tipoff::support {

class ScriptedServer {
public:
    struct Reply {
        int status = 200;
        std::vector<std::pair<std::string, std::string>> headers;
        std::string body;
        std::optional<std::size_t> cut_to;  ///< bytes of the body sent before the connection is cut
        bool is_silent = false;             ///< the connection is closed in place of an answer
    };

    /// Listens on a free port of 127.0.0.1.
    ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    /// "http://127.0.0.1:PORT".
    [[nodiscard]] std::string url() const;

    /// What to say at a path, one reply a request; the last is said for ever. Elsewhere 404.
    void reply(const std::string& path, std::vector<Reply> replies);

    [[nodiscard]] int requests() const { return requests_; }
    [[nodiscard]] int connections() const { return connections_; }
    [[nodiscard]] std::string last_target() const;
    [[nodiscard]] std::string last_method() const;
    /// Of the last request; empty where it had none.
    [[nodiscard]] std::string last_header(const std::string& name) const;
    /// Of the last request; empty where it had none.
    [[nodiscard]] std::string last_body() const;

private:
    void serve();
    /// Until the other side or a cut reply closes the connection.
    void talk(int connection);
    [[nodiscard]] Reply next_reply(const std::string& head, const std::string& body);

    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> current_ = -1;  ///< the connection that is open
    std::atomic<bool> is_ending_ = false;
    std::atomic<int> requests_ = 0;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<Reply>> replies_;
    std::string last_head_;
    std::string last_body_;
    std::jthread thread_;
};

}  // namespace tipoff::support
