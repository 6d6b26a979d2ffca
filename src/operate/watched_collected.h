#pragma once
/// The part of `watched_tables` that is collected.

#include <vector>

#include "operate/watched_tables.h"

namespace tipoff::operate {

[[nodiscard]] std::vector<WatchedTable> watched_collected();

}  // namespace tipoff::operate
