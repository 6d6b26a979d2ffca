#pragma once
/// Waiting for what another process does, in real time and never for ever.

#include <chrono>
#include <functional>

namespace tipoff::support {

/// Asks again and again until `condition` holds, `within` at the most; whether it came to hold.
[[nodiscard]] bool eventually(const std::function<bool()>& condition,
                              std::chrono::milliseconds within = std::chrono::seconds{20});

}  // namespace tipoff::support
