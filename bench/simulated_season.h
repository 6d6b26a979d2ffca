#pragma once
/// Which season of the simulated league is collected and operated when it is timed.

#include <cstdint>

#include "base/calendar.h"

namespace tipoff::bench {

inline constexpr Season kSeason = Season::starting_in(2025);
inline constexpr std::uint64_t kSeed = 7;

}  // namespace tipoff::bench
