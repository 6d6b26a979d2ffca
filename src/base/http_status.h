#pragma once
/// What HTTP's status codes are called.

#include <string_view>

namespace tipoff {

/// "Not Found" of 404; "Unknown" of one that nobody here answers with.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace tipoff
