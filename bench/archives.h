#pragma once
/// How fast a season of documents becomes facts.

#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// Makes the archive of a whole simulated season in `folder`, which must not exist (schedule, list
/// of players, box scores of players and games, plays, lines and injury reports, as its upstreams
/// answer when it is over), then times the way from the archive to facts in memory in a home of its
/// own: reading every document, settling each source with one merge a table, and conforming.
Expected<Json> measure_archive(const std::filesystem::path& folder);

}  // namespace tipoff::bench
