#include "support/child_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>
#include <utility>

namespace tipoff::support {
namespace {

constexpr unsigned kChildSecondsMax = 60;

struct Pipe {
    int read_end = -1;
    int write_end = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    return {ends[0], ends[1]};
}

/// Ends the process at once: objects of the parent, copied by the fork, are not taken down here.
[[noreturn]] void run_child(const std::function<int(Channel&)>& body, Channel& channel) {
    ::alarm(kChildSecondsMax);
    int code = kChildThrew;
    try {
        code = body(channel);
    } catch (const std::exception& thrown) {
        std::string what = thrown.what();
        std::ranges::replace(what, '\n', ' ');
        channel.tell(what);
    }
    ::_exit(code);
}

}  // namespace

void Channel::tell(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    for (std::size_t sent = 0; sent < text.size();) {
        const auto size = ::write(write_to_, text.data() + sent, text.size() - sent);
        if (size <= 0) return;  // the other side is gone: its end says why
        sent += static_cast<std::size_t>(size);
    }
}

std::optional<std::string> Channel::hear() {
    std::string line;
    for (char c = 0; ::read(read_from_, &c, 1) == 1;) {
        if (c == '\n') return line;
        line.push_back(c);
    }
    return std::nullopt;
}

void Channel::become_standard_streams() {
    if (::dup2(read_from_, STDIN_FILENO) < 0 || ::dup2(write_to_, STDOUT_FILENO) < 0)
        throw std::runtime_error("no standard streams");
}

void Channel::close() {
    if (read_from_ >= 0) ::close(std::exchange(read_from_, -1));
    if (write_to_ >= 0) ::close(std::exchange(write_to_, -1));
}

ChildProcess::ChildProcess(const std::function<int(Channel&)>& body) {
    // A line told to a child that is gone must not end the test process.
    ::signal(SIGPIPE, SIG_IGN);
    const Pipe to_child = make_pipe();
    const Pipe to_parent = make_pipe();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no fork");
    if (pid_ == 0) {
        ::close(to_child.write_end);
        ::close(to_parent.read_end);
        Channel channel(to_child.read_end, to_parent.write_end);
        run_child(body, channel);
    }
    ::close(to_child.read_end);
    ::close(to_parent.write_end);
    channel_.emplace(to_parent.read_end, to_child.write_end);
}

ChildProcess::~ChildProcess() {
    if (pid_ > 0) kill();
}

ChildEnd ChildProcess::kill() {
    ::kill(pid_, SIGKILL);
    return wait();
}

ChildEnd ChildProcess::wait() {
    channel_->close();
    int status = 0;
    if (::waitpid(std::exchange(pid_, -1), &status, 0) < 0)
        throw std::runtime_error("no such child");
    if (WIFSIGNALED(status)) return {.code = 0, .signal = WTERMSIG(status)};
    return {.code = WEXITSTATUS(status), .signal = 0};
}

}  // namespace tipoff::support
