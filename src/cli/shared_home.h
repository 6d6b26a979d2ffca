#pragma once
/// A home that is open for writing, as commands of other processes get at it.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cli/home_source.h"
#include "cli/write_turns.h"
#include "store/home.h"

namespace tipoff::cli {

/// What a process that has a home open for writing does for others.
enum class HandOver : std::uint8_t {
    kReads,           ///< its own writing is one command, and others wait for its end
    kReadsAndWrites,  ///< it stays, so commands that write are done here as well, in turns
};

/// The home's owner, shared by all the commands that it does for others.
struct HomeOwner {
    store::Home& home;
    std::string name;  ///< "process 12 (tipoff serve)"
    HandOver does = HandOver::kReads;
    WriteTurns turns{};
};

/// The home for one such command: the same database, over a reader of its own for one that reads.
class SharedHome final : public HomeSource {
public:
    /// The owner outlives it.
    explicit SharedHome(HomeOwner& owner) : owner_(owner) {}

    /// What others read who wait for its turn to end.
    void set_command(std::string command) { command_ = std::move(command); }

    Expected<std::unique_ptr<store::Home>> open(store::Access access,
                                                std::chrono::milliseconds wait) override;

    /// From any thread, and as often as one likes: nobody waits for the command any more. Its
    /// readings fail; what it writes goes on.
    void stop();

    /// Whether it may be broken off: it was told to stop, and does not write.
    [[nodiscard]] bool is_stopped() const { return is_stopped_ && !writes_; }

    /// Whether the command wanted to write where it may not.
    [[nodiscard]] bool was_refused() const { return was_refused_; }

private:
    Expected<std::unique_ptr<store::Home>> open_to_read();
    Expected<std::unique_ptr<store::Home>> open_to_write(std::chrono::milliseconds wait);

    HomeOwner& owner_;
    std::string command_;
    std::atomic<bool> is_stopped_{false};
    std::atomic<bool> writes_{false};
    std::atomic<bool> was_refused_{false};
    std::mutex mutex_;
    std::vector<std::weak_ptr<store::Reader>> readers_;
};

}  // namespace tipoff::cli
