#pragma once
/// `tipoff evaluate`: walk-forward forecasts of a range, graded and reported without being stored.

#include <functional>

#include "base/error.h"
#include "grade/report.h"
#include "operate/facts.h"
#include "operate/walk_forward.h"

namespace tipoff::operate {

struct EvaluateRequest {
    grade::GradeRequest grade;
    WalkForwardRequest walk;  ///< its dates and market are those of `grade`
};

struct EvaluateReport {
    grade::GradeReport grade;
    int retrain_days = 0;
    int trainings = 0;
};

/// Told after each game day.
using EvaluateProgress = std::function<void(GameDate)>;

/// Every forecast is made by systems fitted on earlier games alone, and of facts that were known
/// before its game: `admissible` is the guard, which a test takes out to see the report raise its
/// alarms. Errors are those of training.
Expected<EvaluateReport> evaluate(const Facts& facts, const EvaluateRequest& request,
                                  const EvaluateProgress& progress = {},
                                  features::Admissible admissible = is_admissible);

}  // namespace tipoff::operate
