#pragma once
/// What training costs, and what it is worth.

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// Writes the player games of points that trees are trained on (the `seasons` seasons before the
/// newest) and those that they then forecast (the newest season's) as a file for `measure_training`
/// and bench/python_trees.py. Little-endian: three 64-bit counts (rows, columns, rows trained on),
/// then floats: features row by row, outcomes, what the formula expected. The newest season is
/// the last home's; those of the other homes stand in the place of earlier ones. `kNotFound` when
/// there are fewer seasons in all.
Expected<Json> write_training_rows(const std::vector<std::filesystem::path>& homes,
                                   std::size_t seasons, const std::filesystem::path& rows_file);

/// Trains the trees of points on such a file, as walking forward does for the first time: the
/// number of rounds by early stopping on the latest rows, bins of all rows, all trees. Writes the
/// factors of the newest season's rows as floats.
Expected<Json> measure_training(const std::filesystem::path& rows_file,
                                const std::filesystem::path& factors_file);

/// `tipoff train` of every count, with its trial, on an imported home, through the middle of its
/// newest season. What it registers is what `measure_night` forecasts with.
Expected<Json> measure_models(const std::filesystem::path& home);

}  // namespace tipoff::bench
