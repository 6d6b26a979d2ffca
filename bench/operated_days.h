#pragma once
/// What operating costs where there is nothing to do, and what looking costs.

#include <cstddef>
#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// The graph of a day of which everything is done already (`tipoff run --date D`), without opening
/// the home: of the newest season's dates in an imported home, nothing collected.
Expected<Json> measure_day_graph(const std::filesystem::path& home, std::size_t dates);

/// The same with everything that is collected, of a simulated league whose upstreams were asked a
/// moment before, in a home of its own in `folder`.
Expected<Json> measure_collected_day_graph(const std::filesystem::path& folder, std::size_t times);

/// `tipoff status` of dates of the newest season, which is derived first; without opening the home.
Expected<Json> measure_status(const std::filesystem::path& home, std::size_t dates);

}  // namespace tipoff::bench
