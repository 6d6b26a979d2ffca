#include "serve/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

namespace tipoff::serve {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{8} << 10;

/// What a caller may go on sending after his answer, and for how long.
constexpr std::size_t kMostDrained = std::size_t{4} << 20;
constexpr std::chrono::milliseconds kDrainTime{1'000};

std::string address_of(int socket) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (storage.ss_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &storage, sizeof four);
        ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
    } else if (storage.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &storage, sizeof six);
        ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

}  // namespace

Connection::Connection(int socket, int ending, const Limits& limits, const Clock& clock)
    : socket_(socket),
      ending_(ending),
      limits_(limits),
      clock_(clock),
      peer_(address_of(socket)),
      buffer_(kBufferBytes) {
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() {
    if (has_unread_ && fault_ != Fault::kGone) drain();
    ::close(socket_);
}

/// Closing while bytes are unread makes a reset of it, which may overtake the answer.
void Connection::drain() const {
    if (::shutdown(socket_, SHUT_WR) != 0) return;
    std::array<char, 4'096> unwanted{};
    const auto until = clock_.elapsed() + kDrainTime;
    for (std::size_t drained = 0; drained < kMostDrained;) {
        if (wait(POLLIN, until, true) != Ready::kYes) return;
        const ssize_t got = ::recv(socket_, unwanted.data(), unwanted.size(), MSG_DONTWAIT);
        if (got <= 0) return;
        drained += static_cast<std::size_t>(got);
    }
}

Connection::Ready Connection::wait(short events, std::chrono::microseconds until,
                                   bool watch_ending) const {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock_.elapsed());
        if (left.count() <= 0) return Ready::kTooLate;
        std::array<pollfd, 2> watched{{{socket_, events, 0}, {ending_, POLLIN, 0}}};
        const auto most = std::min<std::int64_t>(left.count(), std::numeric_limits<int>::max());
        const int ready = ::poll(watched.data(), watch_ending ? 2 : 1, static_cast<int>(most));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return Ready::kGone;
        if (ready == 0) continue;
        if (watched[0].revents != 0) return Ready::kYes;
        return Ready::kEnding;
    }
}

bool Connection::wait_for_request() {
    fault_ = Fault::kNone;
    is_head_ = true;
    head_bytes_ = 0;
    if (read_at_ == filled_to_) {
        const Ready ready = wait(POLLIN, clock_.elapsed() + limits_.idle_time, true);
        if (ready != Ready::kYes) return false;
    }
    deadline_ = clock_.elapsed() + limits_.request_time;
    return true;
}

bool Connection::fill() {
    while (true) {
        const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (got > 0) {
            read_at_ = 0;
            filled_to_ = static_cast<std::size_t>(got);
            return true;
        }
        if (got < 0 && errno == EINTR) continue;
        if (got == 0 || errno != EAGAIN) {
            fault_ = Fault::kGone;
            return false;
        }
        const Ready ready = wait(POLLIN, deadline_, false);
        if (ready == Ready::kYes) continue;
        fault_ = ready == Ready::kTooLate ? Fault::kTooSlow : Fault::kGone;
        return false;
    }
}

bool Connection::has_gone() const {
    char next = 0;
    const ssize_t got = ::recv(socket_, &next, sizeof next, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

ssize_t Connection::read(char* target, std::size_t most) {
    if (fault_ != Fault::kNone) return -1;
    if (is_head_ && head_bytes_ >= limits_.head_bytes) {
        fault_ = Fault::kHeadTooLarge;
        return -1;
    }
    if (read_at_ == filled_to_ && !fill()) return fault_ == Fault::kGone ? 0 : -1;
    const std::size_t size = std::min(most, filled_to_ - read_at_);
    std::memcpy(target, buffer_.data() + read_at_, size);
    read_at_ += size;
    if (is_head_) head_bytes_ += size;
    return static_cast<ssize_t>(size);
}

bool Connection::read_body(std::size_t size, std::string& body) {
    body.resize(size);
    for (std::size_t at = 0; at < size;) {
        const ssize_t got = read(body.data() + at, size - at);
        if (got <= 0) return false;
        at += static_cast<std::size_t>(got);
    }
    return true;
}

bool Connection::send(std::string_view first, std::string_view second) {
    const auto until = clock_.elapsed() + limits_.answer_time;
    while (!first.empty() || !second.empty()) {
        std::array<iovec, 2> parts{{{const_cast<char*>(first.data()), first.size()},
                                    {const_cast<char*>(second.data()), second.size()}}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            const auto of_first = std::min(static_cast<std::size_t>(sent), first.size());
            first.remove_prefix(of_first);
            second.remove_prefix(static_cast<std::size_t>(sent) - of_first);
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN) {
            fault_ = Fault::kGone;
            return false;
        }
        const Ready ready = wait(POLLOUT, until, ends_with_service_);
        if (ready == Ready::kYes) continue;
        fault_ = ready == Ready::kTooLate ? Fault::kTooSlow : Fault::kGone;
        return false;
    }
    return true;
}

}  // namespace tipoff::serve
