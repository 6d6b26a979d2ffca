#pragma once
/// The stages of the pipeline, timed. Each function runs what a command of the program runs, in
/// this process, and says what it took.
///
/// Seconds are of the machine's steady clock. Peak memory is of the process so far, so a stage
/// whose memory counts has a process of its own.

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// `tipoff import PATHS` into a home that need not exist: seconds of opening, reading, resolving
/// and writing, and counts.
Expected<Json> measure_import(const std::filesystem::path& home,
                              const std::vector<std::filesystem::path>& paths);

/// The seasons that a home has games of, oldest first: {"seasons": ["2015-16", ...]}.
Expected<Json> list_seasons(const std::filesystem::path& home);

/// `tipoff backfill` of the newest `seasons` seasons of an imported home that nothing was derived
/// in yet, then single dates of the newest season by the same engine. The state of earlier seasons
/// is brought up before the backfill and timed apart, as `history`. `kNotFound` when the home has
/// fewer seasons.
Expected<Json> measure_backfill(const std::filesystem::path& home, std::size_t seasons,
                                std::size_t single_dates);

}  // namespace tipoff::bench
