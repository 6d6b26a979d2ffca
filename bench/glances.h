#pragma once
/// What a look at a date costs: its status, and its coverage.

#include <cstddef>
#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// `count` dates with games in the middle of the newest season, one after the other, in a process
/// that has the home open; each is looked at once before. The home is not changed.
Expected<Json> measure_glances(const std::filesystem::path& home, std::size_t count);

}  // namespace tipoff::bench
