#pragma once
/// How a live forecast is told: what moved, and how long it took.

#include "cli/json_output.h"
#include "cli/output.h"
#include "operate/live.h"

namespace tipoff::cli {

[[nodiscard]] Json live_json(const operate::LiveReport& live);

/// One row a forecast that moved, beside what was said before.
[[nodiscard]] Listing moved_listing(const operate::LiveReport& live);

void print_live_table(const operate::LiveReport& live);

}  // namespace tipoff::cli
