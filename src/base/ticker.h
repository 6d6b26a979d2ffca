#pragma once
/// Something done every so often, in a thread of its own, for as long as this lives.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tipoff {

class Ticker {
public:
    /// Calls `tick` after each `interval` of real time; the first time after one.
    Ticker(std::chrono::milliseconds interval, std::function<void()> tick);
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// Waits for a call that is under way.
    ~Ticker();

private:
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool stopped_ = false;
    std::thread thread_;
};

}  // namespace tipoff
