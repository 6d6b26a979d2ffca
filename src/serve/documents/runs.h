#pragma once
/// Rows of the run history as they are given out.

#include <string_view>
#include <vector>

#include "ledger/ops_tables.h"
#include "operate/run_documents.h"
#include "operate/run_summary.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// A run's state, toned: good, bad, or on its way.
[[nodiscard]] Cell state_cell(std::string_view state);

/// Every field of the ledger that is of use outside of it: for scripts.
[[nodiscard]] Listing run_fields(const std::vector<ledger::RunRow>& runs);

/// What upstreams answered to a run: `documents` of `/v1/runs/{run_id}`.
[[nodiscard]] Listing document_fields(const std::vector<operate::RunDocument>& documents);

/// `tipoff runs summary --format json` and `/v1/runs/summary`.
[[nodiscard]] Json summary_json(const operate::RunSummary& summary);

[[nodiscard]] Listing step_listing(const operate::RunSummary& summary);
[[nodiscard]] Listing slowest_listing(const operate::RunSummary& summary);
[[nodiscard]] Listing never_listing(const operate::RunSummary& summary);

}  // namespace tipoff::serve
