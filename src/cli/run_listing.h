#pragma once
/// Rows of the run history as commands show them to people.

#include <vector>

#include "cli/output.h"
#include "ledger/ops_tables.h"

namespace tipoff::cli {

/// The narrower table for people: what it was, how it ended, how long it took.
[[nodiscard]] Listing run_table(const std::vector<ledger::RunRow>& runs);

}  // namespace tipoff::cli
