#pragma once
/// The built program while it runs, and an upstream that keeps it waiting.

#include <sys/types.h>

#include <cstdio>
#include <string>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {

/// `tipoff words...` with its standard output on a pipe; killed when the object goes.
class Started {
public:
    explicit Started(const Words& words, const Variables& variables = {});
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;
    ~Started();

    [[nodiscard]] pid_t pid() const { return pid_; }

    /// The next line of its standard output; empty when there is no more.
    [[nodiscard]] std::string line();

    /// Where a service listens, as its next line says.
    [[nodiscard]] std::string url();

    void signal(int number) const;

    /// What became of it, without the lines that were taken.
    [[nodiscard]] Outcome wait();

    /// SIGKILL, and waits until it is gone.
    void kill();

private:
    support::TempFolder folder_;
    pid_t pid_ = -1;
    std::FILE* output_ = nullptr;
};

/// How a collection ends whose document is not there: it is incomplete.
inline constexpr int kNotFoundUpstream = 3;

/// An address for `TIPOFF_UPSTREAMS` at which nothing is answered until `answer`: whoever asks
/// there stands in the middle of its work.
class HeldUpstream {
public:
    HeldUpstream();
    HeldUpstream(const HeldUpstream&) = delete;
    HeldUpstream& operator=(const HeldUpstream&) = delete;
    ~HeldUpstream();

    [[nodiscard]] std::string url() const;

    /// Waits for the first who asks.
    void wait_until_asked();

    /// "404 Not Found" to the one who asked, whose command then ends with `kNotFoundUpstream`.
    void answer();

private:
    int listener_ = -1;
    int asked_ = -1;
    int port_ = 0;
};

}  // namespace tipoff::cli_test
