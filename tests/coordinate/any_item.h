#pragma once
/// Items and results of any content, for properties.

#include <random>

#include "coordinate/work_item.h"

namespace tipoff::coordinate::test {

[[nodiscard]] WorkItem any_item(std::minstd_rand& random);
[[nodiscard]] WorkResult any_result(std::minstd_rand& random);

}  // namespace tipoff::coordinate::test
