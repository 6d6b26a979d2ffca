#pragma once
/// Coverage as a document.

#include "operate/coverage.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// What a document of coverage has beyond its sums and gaps.
struct CoverageParts {
    bool voids = false;
    bool trend = false;  ///< the sums of each date
};

/// `tipoff coverage --format json` and `/v1/coverage`.
[[nodiscard]] Json coverage_json(const operate::CoverageReport& report, CoverageParts parts);

[[nodiscard]] Listing gap_listing(const operate::CoverageReport& report);
[[nodiscard]] Listing void_listing(const operate::CoverageReport& report);
[[nodiscard]] Listing trend_listing(const operate::CoverageReport& report);

}  // namespace tipoff::serve
