#pragma once
/// `tipoff evaluate`: walk-forward forecasts of a range, graded and reported without being stored.
///
/// One walk serves every market and population. A day is graded, added to the reports and let go,
/// so that memory does not grow with the days.

#include <functional>
#include <vector>

#include "base/error.h"
#include "grade/report.h"
#include "operate/facts.h"
#include "operate/walk_forward.h"

namespace tipoff::operate {

struct EvaluateRequest {
    WalkForwardRequest walk;  ///< dates and markets as well
    std::vector<grade::Population> populations{grade::Population::kTenPriorGames};
    SeasonType season_type = SeasonType::kRegular;
};

struct EvaluateReport {
    /// One a market and population, in the order in which they were asked for.
    std::vector<grade::GradeReport> reports;
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
