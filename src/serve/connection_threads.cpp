#include "serve/connection_threads.h"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace tipoff::serve {
namespace {

constexpr std::chrono::seconds kIdleThreadEnds{10};

}  // namespace

void ConnectionThreads::run(std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    if (jobs_.size() <= idle_ || threads_ == most_) {
        has_job_.notify_one();
        return;
    }
    try {
        std::thread([this] { work(); }).detach();
        ++threads_;
    } catch (const std::system_error&) {
        // The machine has no more threads: one of those that are there takes it.
        has_job_.notify_one();
    }
}

void ConnectionThreads::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        if (jobs_.empty()) {
            if (is_ending_) break;
            ++idle_;
            const auto came = has_job_.wait_for(lock, kIdleThreadEnds);
            --idle_;
            if (jobs_.empty() && came == std::cv_status::timeout) break;
            continue;
        }
        const auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        lock.lock();
    }
    --threads_;
    // Notified under the lock: whoever waits may destroy this once he has it.
    has_ended_.notify_all();
}

void ConnectionThreads::finish() {
    std::unique_lock lock(mutex_);
    is_ending_ = true;
    has_job_.notify_all();
    has_ended_.wait(lock, [this] { return threads_ == 0; });
}

}  // namespace tipoff::serve
