#pragma once
/// Real and simulated data do not mix: a home holds the one or the other.

#include <vector>

#include "collect/import/staged.h"
#include "store/database.h"

namespace tipoff::collect {

enum class LeagueSort : std::uint8_t { kNeither, kReal, kSimulated, kBoth };

/// What the ids of a file's records say; `kNeither` when it has no ids (names only).
[[nodiscard]] LeagueSort sort_of(const StagedRecords& records);

/// Drops the files of the other sort than the home's. An empty home takes the sort of its first
/// import: real, when that brings both.
Status drop_other_sort(store::Database& database, std::vector<StagedFile>& files);

}  // namespace tipoff::collect
