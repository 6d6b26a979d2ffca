#pragma once
/// Simulated seasons that several tests look at; each is played once a process.

#include <optional>

#include "league/season.h"

namespace tipoff::league::test {

/// The whole of 2025-26, seed 7.
[[nodiscard]] const SimulatedSeason& whole_season();

/// A season or a part of it, or a failed test.
[[nodiscard]] SimulatedSeason played(int start_year, std::uint64_t seed,
                                     std::optional<GameDate> through = {});

}  // namespace tipoff::league::test
