#include "started.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

#include "support/loopback_listener.h"

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

std::string Started::url() {
    constexpr std::string_view kListening = "listening on ";
    const std::string said = line();
    EXPECT_TRUE(said.starts_with(kListening)) << said;
    return said.substr(std::min(said.size(), kListening.size()));
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
    const auto listener = support::listen_on_loopback();
    listener_ = listener.socket;
    port_ = listener.port;
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
