#pragma once
/// Green, yellow, red, and what one of them says.

#include <cstdint>
#include <string>
#include <string_view>

namespace tipoff::operate {

enum class Light : std::uint8_t { kGreen, kYellow, kRed };

/// "green", "yellow", "red".
[[nodiscard]] std::string_view to_string(Light light);

struct LightReading {
    Light light = Light::kRed;
    std::string says;  ///< "succeeded", "2 h", "412 of 412", ...
};

}  // namespace tipoff::operate
