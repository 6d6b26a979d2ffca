#pragma once
/// A command of another process, done here over the home that this process has open.

#include "base/error.h"
#include "cli/exit_code.h"
#include "cli/handed_caller.h"
#include "cli/shared_home.h"
#include "serve/home_socket.h"

namespace tipoff::cli {

class HandedCommand {
public:
    /// `owner` outlives it.
    HandedCommand(serve::HomeConnection connection, HomeOwner& owner)
        : connection_(std::move(connection)), owner_(owner), home_(owner) {}

    /// Reads what is asked, does it and answers. Never throws.
    void run() noexcept;

    /// From any thread: nobody waits for it any more, because its caller has left or we end. Called
    /// again while it is not done, a reading that began meanwhile is broken off as well.
    void stop();

    [[nodiscard]] int descriptor() const { return connection_.descriptor(); }

private:
    Status answer();
    Expected<ExitCode> act(const HandedRequest& request, HandedCaller& caller);

    serve::HomeConnection connection_;
    HomeOwner& owner_;
    SharedHome home_;
};

}  // namespace tipoff::cli
