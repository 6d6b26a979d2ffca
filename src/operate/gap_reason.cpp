#include "operate/gap_reason.h"

#include <string>

namespace tipoff::operate {

std::string_view to_string(GapReason reason) {
    switch (reason) {
        case GapReason::kNoRosterSource: return "NO_ROSTER_SOURCE";
        case GapReason::kNoGameOnRecord: return "NO_GAME_ON_RECORD";
        case GapReason::kContextNotRun: return "CONTEXT_NOT_RUN";
        case GapReason::kFeaturesNotRun: return "FEATURES_NOT_RUN";
        case GapReason::kForecastsNotRun: return "FORECASTS_NOT_RUN";
        case GapReason::kGamePostponed: return "GAME_POSTPONED";
    }
    throw InvariantBroken("a GapReason without a name");
}

std::string_view explanation(GapReason reason) {
    switch (reason) {
        case GapReason::kNoRosterSource:
            return "his last appearance was for another team or there is none: only a roster could place him";
        case GapReason::kNoGameOnRecord: return "no game with minutes is on record from which to forecast";
        case GapReason::kContextNotRun: return "conform has not run for the date: tipoff backfill --dates D";
        case GapReason::kFeaturesNotRun: return "features have not run for the date: tipoff backfill --dates D";
        case GapReason::kForecastsNotRun: return "forecasts have not run for the date: tipoff backfill --dates D";
        case GapReason::kGamePostponed: return "the game is postponed: it is forecast again on its new date";
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
