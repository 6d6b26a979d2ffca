#pragma once
/// How a grade report is shown, by `tipoff grade` and by the demonstration.

#include <string_view>

#include "cli/output.h"
#include "grade/report.h"

namespace tipoff::cli {

/// Systems and references, one row each: the table and the CSV.
[[nodiscard]] Listing grade_listing(const grade::GradeReport& report);

/// The table with its heading, with slices, calibration and edges when `detailed`, and the leak
/// alarms last. `remark` goes into the heading.
void print_grade_table(const grade::GradeReport& report, bool detailed,
                       std::string_view remark = {});

}  // namespace tipoff::cli
