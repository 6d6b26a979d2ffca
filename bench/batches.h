#pragma once
/// Batches of the coordinator: from being asked for to being durable and visible.

#include <cstddef>
#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// Of `count` nights, each at noon of its day and by an engine that has forecast it before: five
/// markets, workers in the process, the day's rows new to the tables. Every model of the home is
/// put into service first, whatever its gates said.
Expected<Json> measure_batches(const std::filesystem::path& home, std::size_t count);

}  // namespace tipoff::bench
