#pragma once
/// Every table of the database, gathered from the rooms that declare them.

#include <vector>

#include "store/table.h"

namespace tipoff::operate {

/// All tables, by schema and name.
[[nodiscard]] const std::vector<const store::TableSpec*>& catalogue();

/// The tables whose contents are derived from facts: what a digest of a backfill is over.
[[nodiscard]] std::vector<const store::TableSpec*> derived_tables();

}  // namespace tipoff::operate
