#pragma once
/// Rows of the run history as commands show them.

#include <string_view>
#include <vector>

#include "cli/output.h"
#include "ledger/ops_tables.h"

namespace tipoff::cli {

/// Good, bad, or on its way.
[[nodiscard]] Tone tone_of_state(std::string_view state);

/// Every field of the ledger that is of use outside of it: for scripts.
[[nodiscard]] Listing run_fields(const std::vector<ledger::RunRow>& runs);

/// The narrower table for people: what it was, how it ended, how long it took.
[[nodiscard]] Listing run_table(const std::vector<ledger::RunRow>& runs);

}  // namespace tipoff::cli
