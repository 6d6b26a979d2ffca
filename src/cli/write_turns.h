#pragma once
/// Who writes in a home next, among the threads of the process that has it open.
///
/// What commands write is guarded by the ledger against other runs of the same step and scope; two
/// of them may still meet in one player or document. So commands that write take turns, in the
/// order in which they come, and the process's own work takes its turn among them.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace tipoff::cli {

class WriteTurns {
public:
    /// A turn, which is over with the object. The turns outlive it.
    class Turn {
    public:
        explicit Turn(WriteTurns& turns) : turns_(&turns) {}
        Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        WriteTurns* turns_;
    };

    /// Waits until it is this one's turn. `who` is told to those who wait.
    [[nodiscard]] Turn take(std::string who);

    /// Waits no longer than `patience`, and not when `is_over` says that nobody cares any more;
    /// then nothing.
    [[nodiscard]] std::optional<Turn> take_within(std::string who,
                                                  std::chrono::milliseconds patience,
                                                  const std::function<bool()>& is_over);

    /// Whose turn it is; empty when it is nobody's.
    [[nodiscard]] std::string holder() const;

private:
    struct Waiting {
        std::string who;
    };
    void end();

    mutable std::mutex mutex_;
    std::condition_variable moved_;
    std::list<Waiting> queue_;  ///< the first has its turn
};

}  // namespace tipoff::cli
