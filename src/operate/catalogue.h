#pragma once
/// Every table of the database, gathered from the rooms that declare them.

#include <string_view>
#include <vector>

#include "store/table.h"

namespace tipoff::operate {

/// All tables, by schema and name.
[[nodiscard]] const std::vector<const store::TableSpec*>& catalogue();

/// The names of the tables that hold what was stated: `raw` and `ref`.
[[nodiscard]] std::vector<std::string_view> stated_table_names();

/// The tables whose contents are derived from facts: what a digest of a backfill is over.
[[nodiscard]] std::vector<const store::TableSpec*> derived_tables();

}  // namespace tipoff::operate
