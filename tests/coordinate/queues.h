#pragma once
/// Both queues behind the seam, for tests that hold of each.

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <vector>

#include "coordinate/gathering.h"
#include "coordinate/in_process_queue.h"
#include "coordinate/jetstream/jetstream_queue.h"
#include "coordinate/worker.h"
#include "nats_servers.h"

namespace tipoff::coordinate::test {

/// Items of one batch, for points, of players 1 to `count`; nothing is trained.
[[nodiscard]] std::vector<WorkItem> batch_of(std::size_t count,
                                             const std::string& batch_id = "2026-01-20-1");

[[nodiscard]] std::vector<Message> messages_of(std::span<const WorkItem> items);

/// Whether each player of the batch is forecast, told as failures.
void expect_all_forecast(const Outcomes& outcomes, std::span<const WorkItem> items);

/// Nothing waits in a queue of this process.
class InProcess {
public:
    static constexpr bool kIsFarAway = false;
    [[nodiscard]] static std::string why_not() { return {}; }

    WorkDesk& desk() { return queue_; }
    WorkSource& source() { return queue_; }
    void start_workers(std::size_t count) { workers_.emplace_back(queue_, count, "test"); }

private:
    InProcessQueue queue_;
    std::vector<WorkerThreads> workers_;
};

/// A queue of its own on one server, which the tests of a program share.
class OverJetStream {
public:
    static constexpr bool kIsFarAway = true;
    /// Why it cannot be tested here; empty where it can.
    [[nodiscard]] static std::string why_not();

    OverJetStream();

    WorkDesk& desk() { return *desk_; }
    WorkSource& source() { return *source_; }
    /// Threads, each with a connection of its own.
    void start_workers(std::size_t count);
    [[nodiscard]] const jetstream::Options& options() const { return options_; }

private:
    jetstream::Options options_;
    std::unique_ptr<jetstream::Desk> desk_;
    std::unique_ptr<jetstream::Source> source_;
    std::vector<std::jthread> workers_;
};

using QueueKinds = testing::Types<InProcess, OverJetStream>;

/// What suites of them are called.
struct QueueNames {
    template <class Kind>
    static std::string GetName(int) {  // NOLINT(readability-identifier-naming): GoogleTest's word
        return Kind::kIsFarAway ? "JetStream" : "InProcess";
    }
};

/// A test that is run on each queue; skipped where what that one needs is not installed.
template <class Kind>
class OnEachQueue : public testing::Test {
protected:
    void SetUp() override {
        if (const std::string why = Kind::why_not(); !why.empty()) GTEST_SKIP() << why;
        queue_ = std::make_unique<Kind>();
    }

    WorkDesk& desk() { return queue_->desk(); }
    WorkSource& source() { return queue_->source(); }

    std::unique_ptr<Kind> queue_;
};

/// A queue's name that no other test has.
[[nodiscard]] std::string next_queue_name();

/// One try of `take`, or of `results`, as long as one takes that is far away.
inline constexpr std::chrono::milliseconds kSoon{200};

}  // namespace tipoff::coordinate::test
