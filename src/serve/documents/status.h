#pragma once
/// The state of a date as a document.

#include "operate/status.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// `tipoff status --format json` and `/v1/status`.
[[nodiscard]] Json status_json(const operate::StatusReport& report);

/// The four lights of each table.
[[nodiscard]] Listing light_listing(const operate::StatusReport& report);

/// Every column that is not as usual.
[[nodiscard]] Listing finding_listing(const operate::StatusReport& report);

}  // namespace tipoff::serve
