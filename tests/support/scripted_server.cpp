#include "support/scripted_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "support/loopback_listener.h"

namespace tipoff::support {
namespace {

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;  // the other side is gone
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

/// The head of the next request; nothing when the connection ends.
std::optional<std::string> read_head(int socket) {
    std::string head;
    std::array<char, 1> byte{};
    while (!head.ends_with("\r\n\r\n")) {
        if (::recv(socket, byte.data(), 1, 0) != 1) return std::nullopt;
        head += byte[0];
    }
    return head;
}

/// A header's value; empty where there is none.
std::string header_of(const std::string& head, const std::string& name) {
    const std::string start = "\r\n" + name + ": ";
    const auto found = head.find(start);
    if (found == std::string::npos) return {};
    const auto from = found + start.size();
    return head.substr(from, head.find("\r\n", from) - from);
}

/// As many bytes as the head says; fewer where the connection ends.
std::string read_body(int socket, const std::string& head) {
    const std::string size = header_of(head, "Content-Length");
    std::string body(size.empty() ? 0 : std::stoul(size), '\0');
    std::size_t got = 0;
    while (got < body.size()) {
        const auto more = ::recv(socket, body.data() + got, body.size() - got, 0);
        if (more <= 0) break;
        got += static_cast<std::size_t>(more);
    }
    body.resize(got);
    return body;
}

std::string target_of(const std::string& head) {
    const auto from = head.find(' ') + 1;
    return head.substr(from, head.find(' ', from) - from);
}

}  // namespace

ScriptedServer::ScriptedServer() {
    const auto listener = listen_on_loopback();
    listener_ = listener.socket;
    port_ = listener.port;
    thread_ = std::jthread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
    is_ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    if (const int open = current_; open >= 0) ::shutdown(open, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
}

std::string ScriptedServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void ScriptedServer::reply(const std::string& path, std::vector<Reply> replies) {
    const std::scoped_lock lock(mutex_);
    std::ranges::reverse(replies);
    replies_[path] = std::move(replies);
}

std::string ScriptedServer::last_target() const {
    const std::scoped_lock lock(mutex_);
    return target_of(last_head_);
}

std::string ScriptedServer::last_method() const {
    const std::scoped_lock lock(mutex_);
    return last_head_.substr(0, last_head_.find(' '));
}

std::string ScriptedServer::last_header(const std::string& name) const {
    const std::scoped_lock lock(mutex_);
    return header_of(last_head_, name);
}

std::string ScriptedServer::last_body() const {
    const std::scoped_lock lock(mutex_);
    return last_body_;
}

void ScriptedServer::serve() {
    while (!is_ending_) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        current_ = connection;
        ++connections_;
        if (!is_ending_) talk(connection);
        current_ = -1;
        ::close(connection);
    }
}

void ScriptedServer::talk(int connection) {
    while (const auto head = read_head(connection)) {
        const Reply reply = next_reply(*head, read_body(connection, *head));
        ++requests_;
        if (reply.is_silent) return;
        std::string answer = "HTTP/1.1 " + std::to_string(reply.status) + " Scripted\r\n";
        for (const auto& [name, value] : reply.headers)
            answer += name + ": " + value + "\r\n";
        if (reply.status != 304)
            answer += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
        answer += "\r\n";
        if (reply.status != 304)
            answer += reply.body.substr(0, reply.cut_to.value_or(std::string::npos));
        send_all(connection, answer);
        if (reply.cut_to) return;
    }
}

ScriptedServer::Reply ScriptedServer::next_reply(const std::string& head, const std::string& body) {
    const std::scoped_lock lock(mutex_);
    last_head_ = head;
    last_body_ = body;
    const std::string target = target_of(head);
    const auto found = replies_.find(target.substr(0, target.find('?')));
    if (found == replies_.end() || found->second.empty()) return {.status = 404};
    Reply reply = found->second.back();
    if (found->second.size() > 1) found->second.pop_back();
    return reply;
}

}  // namespace tipoff::support
