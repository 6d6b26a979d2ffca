#pragma once
/// Names that a person has linked to players: documents of the source "manual", so that a rebuilt
/// database has them again.

#include <filesystem>
#include <vector>

#include "collect/raw_tables.h"

namespace tipoff::collect {

/// Archives a link; its alias has the basis "manual". `kIo` where the archive fails.
Status archive_link(const std::filesystem::path& home, const PlayerAlias& alias, Instant at);

/// Every link that was made, the oldest first; a later one of the same name goes before an earlier.
Expected<std::vector<PlayerAlias>> archived_links(const std::filesystem::path& home);

}  // namespace tipoff::collect
