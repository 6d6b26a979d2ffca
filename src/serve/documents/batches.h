#pragma once
/// Batches as they are given out.

#include <vector>

#include "coordinate/batch_tables.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

[[nodiscard]] Json batch_json(const coordinate::BatchRow& batch);

/// With those of its players who have no forecast, and why: `/status?batch_id=`.
[[nodiscard]] Json batch_status_json(const coordinate::BatchRow& batch,
                                     const std::vector<coordinate::WorkItemRow>& items);

}  // namespace tipoff::serve
