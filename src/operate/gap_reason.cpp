#include "operate/gap_reason.h"

#include <string>

namespace tipoff::operate {

std::string_view to_string(GapReason reason) {
    switch (reason) {
        case GapReason::kNoRosterSource: return "NO_ROSTER_SOURCE";
        case GapReason::kContextNotRun: return "CONTEXT_NOT_RUN";
        case GapReason::kFeaturesNotRun: return "FEATURES_NOT_RUN";
        case GapReason::kForecastsNotRun: return "FORECASTS_NOT_RUN";
    }
    throw InvariantBroken("a GapReason without a name");
}

std::string_view explanation(GapReason reason) {
    switch (reason) {
        case GapReason::kNoRosterSource:
            return "his last appearance was for another team or there is none: only a roster could "
                   "place him";
        case GapReason::kContextNotRun:
            return "conform has not run for the date: tipoff backfill --dates D";
        case GapReason::kFeaturesNotRun:
            return "features have not run for the date: tipoff backfill --dates D";
        case GapReason::kForecastsNotRun:
            return "forecasts have not run for the date: tipoff backfill --dates D";
    }
    throw InvariantBroken("a GapReason without an explanation");
}

Expected<GapReason> parse_gap_reason(std::string_view text) {
    for (const GapReason reason : kGapReasons) {
        if (to_string(reason) == text) return reason;
    }
    return fail(ErrorCode::kInvalidInput, "'" + std::string(text) + "' is not a reason for a gap");
}

}  // namespace tipoff::operate
