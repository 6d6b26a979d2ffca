#pragma once
/// Why something that was sent did not arrive.

#include <chrono>
#include <string>

namespace tipoff {

struct SendFailure {
    /// Trying again cannot help: somebody has to change something first.
    bool is_permanent = false;
    /// For a person; never with a password or a webhook's URL in it.
    std::string detail;
    /// What the other side asked for; zero where it did not.
    std::chrono::milliseconds retry_after{};
};

}  // namespace tipoff
