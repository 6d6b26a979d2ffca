#pragma once
/// What must not be guessed. Everything else that is random is drawn from a seed.

#include <string>
#include <string_view>

#include "base/secret.h"

namespace tipoff {

/// 256 bits of the operating system's entropy, as 43 characters of URL-safe base64.
[[nodiscard]] Secret random_secret();

/// 48 bits of it, as 12 hexadecimal characters: a name that two do not draw alike, and no secret.
[[nodiscard]] std::string random_name();

/// Compares in a time that depends on the lengths alone.
[[nodiscard]] bool equal_in_constant_time(std::string_view one, std::string_view other);

}  // namespace tipoff
