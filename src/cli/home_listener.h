#pragma once
/// The ear of a process that has a home open for writing: other processes hand it their commands.
///
/// Every command that opens its home for writing has one by itself, and does what others want to
/// read (`Context::open_home`). A process that stays makes its own, so that others may write as
/// well:
///
///     TIPOFF_TRY(const auto listener, HomeListener::listen(home, HandOver::kReadsAndWrites));
///     ...
///     const auto turn = listener->turn("the schedule");  // around each piece of its own writing
///
/// A command has a thread of its own, which its caller alone can hold up. Whoever leaves breaks off
/// what only reads; what writes goes on to its end, which the listener's end waits for.

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/error.h"
#include "cli/handed_command.h"
#include "cli/shared_home.h"
#include "serve/home_socket.h"
#include "store/home.h"

namespace tipoff::cli {

/// Commands at a time; one more is refused.
inline constexpr std::size_t kMostHandedCommands = 32;

class HomeListener {
public:
    /// The home holds its lock and outlives the listener. `kIo` where the file system has no
    /// sockets.
    static Expected<std::unique_ptr<HomeListener>> listen(store::Home& home, HandOver does);

    HomeListener(const HomeListener&) = delete;
    HomeListener& operator=(const HomeListener&) = delete;

    /// Breaks off what only reads, whose callers then read by themselves, and waits for the rest.
    ~HomeListener();

    /// This process's own turn to write; waits for a command that is writing. `who` is told to
    /// those who wait meanwhile.
    [[nodiscard]] WriteTurns::Turn turn(std::string who) {
        return owner_.turns.take(std::move(who));
    }

private:
    struct Call {
        Call(serve::HomeConnection connection, HomeOwner& owner)
            : command(std::move(connection), owner) {}
        HandedCommand command;
        std::atomic<bool> is_done{false};
        bool has_left = false;
        std::thread thread;
    };

    HomeListener(store::Home& home, HandOver does, serve::HomeSocket socket,
                 serve::Descriptor wake);

    void run();
    void wait_for_something();
    void take_calls();
    void end_calls();
    void wake() const;

    HomeOwner owner_;
    std::optional<serve::HomeSocket> socket_;
    serve::Descriptor wake_;
    std::atomic<bool> is_ending_{false};
    std::list<Call> calls_;  ///< of the thread alone
    std::thread thread_;
};

}  // namespace tipoff::cli
