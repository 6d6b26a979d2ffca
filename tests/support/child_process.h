#pragma once
/// A forked child of the test process: for what only another process can do, such as hold a lock or
/// be killed.
///
/// Parent and child talk in lines over two pipes, so that a test waits for an event and never for a
/// time. A child that hangs is ended after a minute. Fork before the parent has threads of its own
/// that hold locks: no database of the test should be open.

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tipoff::support {

/// One end of the talk.
class Channel {
public:
    Channel(int read_from, int write_to) : read_from_(read_from), write_to_(write_to) {}
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    ~Channel() { close(); }

    /// Sends one line; `line` has no line break.
    void tell(std::string_view line);

    /// The next line of the other side; nothing when it is gone.
    [[nodiscard]] std::optional<std::string> hear();

    /// For a child that is to become another program: the talk is its standard input and output.
    void become_standard_streams();

    void close();

private:
    int read_from_;
    int write_to_;
};

/// How a child ended: by itself with `code`, or by `signal`.
struct ChildEnd {
    int code = 0;
    int signal = 0;
};

class ChildProcess {
public:
    /// Forks. The child runs `body` and ends with what it returns; an exception is told as a line
    /// and ends it with `kChildThrew`.
    explicit ChildProcess(const std::function<int(Channel&)>& body);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Kills a child that nobody waited for.
    ~ChildProcess();

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] Channel& channel() { return *channel_; }

    /// SIGKILL, and waits until it is gone.
    ChildEnd kill();

    /// Waits for its end.
    ChildEnd wait();

private:
    pid_t pid_ = -1;
    std::optional<Channel> channel_;
};

inline constexpr int kChildThrew = 99;

}  // namespace tipoff::support
