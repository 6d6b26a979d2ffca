#pragma once
/// Alerts as they are given out.

#include <vector>

#include "operate/alert_tables.h"
#include "serve/documents/listing.h"

namespace tipoff::serve {

/// `tipoff alerts list` and `/v1/alerts`.
[[nodiscard]] Listing alert_listing(const std::vector<operate::AlertRow>& alerts);

}  // namespace tipoff::serve
