#pragma once
/// Models for the queue to carry.

#include <memory>

#include "forecast/trained_count.h"

namespace tipoff::coordinate::test {

/// One that was fitted to noise of this seed, with so many trees: what it says is of no use, its
/// size is.
[[nodiscard]] std::shared_ptr<const forecast::TrainedCount> trained_model(unsigned seed, int trees);

}  // namespace tipoff::coordinate::test
