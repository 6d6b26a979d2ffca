#include "serve/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <stdexcept>

namespace tipoff::serve::test {
namespace {

std::string lower(std::string_view text) {
    std::string result;
    for (const unsigned char c : text)
        result += static_cast<char>(std::tolower(c));
    return result;
}

}  // namespace

std::string RawAnswer::header(std::string_view name) const {
    const std::string head_in_lower = lower(head);
    const auto at = head_in_lower.find("\r\n" + lower(name) + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

RawClient::RawClient(const std::string& url) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("nobody listens at " + url);
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::fill(std::size_t size) {
    std::array<char, 16'384> bytes{};
    while (buffer_.size() < size) {
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (got <= 0) return false;
        buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return true;
}

bool RawClient::fill_to(std::string_view mark) {
    while (buffer_.find(mark) == std::string::npos) {
        if (!fill(buffer_.size() + 1)) return false;
    }
    return true;
}

RawAnswer RawClient::read(bool has_body) {
    RawAnswer answer;
    if (!fill_to("\r\n\r\n")) return answer;
    const auto end = buffer_.find("\r\n\r\n") + 4;
    answer.head = buffer_.substr(0, end);
    buffer_.erase(0, end);
    answer.status = std::stoi(answer.head.substr(answer.head.find(' ') + 1, 3));
    if (!has_body || answer.status == 304 || answer.status == 204 || answer.status == 100)
        return answer;
    if (answer.header("Transfer-Encoding") == "chunked") {
        while (const auto chunk = read_chunk()) {
            if (chunk->empty()) return answer;
            answer.body += *chunk;
        }
        throw std::runtime_error("a body in chunks ends before its end");
    }
    const std::string length = answer.header("Content-Length");
    const std::size_t size = length.empty() ? std::string::npos : std::stoul(length);
    fill(size);
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return answer;
}

std::optional<std::string> RawClient::read_chunk() {
    if (!fill_to("\r\n")) return std::nullopt;
    const std::size_t size = std::stoul(buffer_, nullptr, 16);
    buffer_.erase(0, buffer_.find("\r\n") + 2);
    if (!fill(size + 2)) return std::nullopt;
    std::string chunk = buffer_.substr(0, size);
    buffer_.erase(0, size + 2);
    return chunk;
}

bool RawClient::is_closed() { return buffer_.empty() && !fill(1); }

RawAnswer ask(const std::string& url, std::string_view method, std::string_view target,
              const Headers& headers, std::string_view body) {
    RawClient client(url);
    std::string request =
        std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : headers)
        request += name + ": " + value + "\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(request + "Connection: close\r\n\r\n" + std::string(body));
    return client.read(method != "HEAD");
}

}  // namespace tipoff::serve::test
