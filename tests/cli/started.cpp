#include "started.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace tipoff::cli_test {

Started::Started(const Words& words, const Variables& variables) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = start_tipoff(words, variables, ends[1], folder_ / "err");
    ::close(ends[1]);
    output_ = ::fdopen(ends[0], "r");
}

Started::~Started() {
    kill();
    std::fclose(output_);
}

std::string Started::line() {
    std::string text;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_))
        text += static_cast<char>(c);
    return text;
}

void Started::signal(int number) const { ::kill(pid_, number); }

Outcome Started::wait() {
    Outcome outcome;
    for (int c = std::fgetc(output_); c != EOF; c = std::fgetc(output_))
        outcome.out += static_cast<char>(c);
    outcome.code = wait_for(std::exchange(pid_, -1));
    outcome.err = support::read_file(folder_ / "err");
    return outcome;
}

void Started::kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    (void)wait_for(std::exchange(pid_, -1));
}

HeldUpstream::HeldUpstream() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &size) != 0)
        throw std::runtime_error("no socket on loopback");
    port_ = ntohs(address.sin_port);
}

HeldUpstream::~HeldUpstream() {
    if (asked_ >= 0) ::close(asked_);
    ::close(listener_);
}

std::string HeldUpstream::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void HeldUpstream::wait_until_asked() {
    asked_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (asked_ < 0) throw std::runtime_error("nobody asked");
}

void HeldUpstream::answer() {
    // Read, or closing would cut the answer off.
    std::array<char, 4096> request{};
    (void)!::recv(asked_, request.data(), request.size(), 0);
    constexpr std::string_view kAnswer =
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    (void)!::send(asked_, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
    ::close(std::exchange(asked_, -1));
}

}  // namespace tipoff::cli_test
