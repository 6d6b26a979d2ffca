#pragma once
/// A grade report as a document.

#include "grade/report.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// `tipoff grade --format json` and `/v1/accuracy`.
[[nodiscard]] Json grade_json(const grade::GradeReport& report);

}  // namespace tipoff::serve
