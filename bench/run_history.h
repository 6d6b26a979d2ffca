#pragma once
/// What the ledger costs: transitions of runs, and the upkeep of a long history.

#include <cstddef>
#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// Durable transitions of runs a second in a home of its own in `folder`, beside a history of 5,000
/// runs and of `thousands` thousand failed ones more: in groups (planned, made ready and skipped,
/// each group of rows one transaction) and one by one (started and finished, a new run and a
/// planned one; a single row moved).
Expected<Json> measure_ledger(const std::filesystem::path& folder, std::size_t thousands);

/// `tipoff runs upkeep` of `thousands` thousand failed runs in a home of its own: seconds, peak
/// memory, rows before and after.
Expected<Json> measure_upkeep(const std::filesystem::path& folder, std::size_t thousands);

}  // namespace tipoff::bench
