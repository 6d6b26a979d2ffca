#pragma once
/// What `tipoff evaluate` costs.

#include <cstddef>
#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// Walks points forward through the newest `seasons` seasons of an imported home, with the systems
/// fitted again every 30 days, and grades: from the first date with as many earlier player games as
/// training asks for to the last of the regular season. `kNotFound` when the home has fewer
/// seasons.
Expected<Json> measure_walk_forward(const std::filesystem::path& home, std::size_t seasons);

}  // namespace tipoff::bench
