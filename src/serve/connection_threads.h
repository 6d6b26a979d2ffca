#pragma once
/// A thread a connection, made when it is needed and gone when it was not for a while.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace tipoff::serve {

class ConnectionThreads {
public:
    /// At most so many at once; what comes beyond waits for one of them.
    explicit ConnectionThreads(std::size_t most) : most_(most) {}
    ConnectionThreads(const ConnectionThreads&) = delete;
    ConnectionThreads& operator=(const ConnectionThreads&) = delete;
    ~ConnectionThreads() { finish(); }

    /// `job` does not throw.
    void run(std::function<void()> job);

    /// Waits for everything that was given to it. Nothing more may be.
    void finish();

private:
    void work();

    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable has_job_;
    std::condition_variable has_ended_;
    std::deque<std::function<void()>> jobs_;
    std::size_t threads_ = 0;
    std::size_t idle_ = 0;
    bool is_ending_ = false;
};

}  // namespace tipoff::serve
