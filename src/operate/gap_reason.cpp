#include "operate/gap_reason.h"

#include <string>

namespace tipoff::operate {

std::string_view to_string(GapReason reason) {
    switch (reason) {
        case GapReason::kGamePostponed: return "GAME_POSTPONED";
        case GapReason::kRuledOut: return "RULED_OUT";
        case GapReason::kDoubtful: return "DOUBTFUL";
        case GapReason::kNameUnresolved: return "NAME_UNRESOLVED";
        case GapReason::kSourceLate: return "SOURCE_LATE";
        case GapReason::kNewPlayerNoHistory: return "NEW_PLAYER_NO_HISTORY";
        case GapReason::kLongAbsent: return "LONG_ABSENT";
        case GapReason::kNotOnRoster: return "NOT_ON_ROSTER";
        case GapReason::kNoRosterSource: return "NO_ROSTER_SOURCE";
        case GapReason::kStepFailed: return "STEP_FAILED";
        case GapReason::kContextNotRun: return "CONTEXT_NOT_RUN";
        case GapReason::kFeaturesNotRun: return "FEATURES_NOT_RUN";
        case GapReason::kForecastsNotRun: return "FORECASTS_NOT_RUN";
        case GapReason::kBelowMinMinutes: return "BELOW_MIN_MINUTES";
        case GapReason::kNoWorkerAnswered: return "NO_WORKER_ANSWERED";
        case GapReason::kModelNotInService: return "MODEL_NOT_IN_SERVICE";
    }
    throw InvariantBroken("a GapReason without a name");
}

std::string_view explanation(GapReason reason) {
    switch (reason) {
        case GapReason::kGamePostponed:
            return "the game is put off; it is expected again once it has a date";
        case GapReason::kRuledOut: return "the newest report before tip-off has him out";
        case GapReason::kDoubtful: return "the newest report before tip-off has him doubtful";
        case GapReason::kNameUnresolved:
            return "nobody knows who is meant: tipoff names unresolved, then tipoff names link";
        case GapReason::kSourceLate:
            return "what would tell of him has not come: tipoff collect SOURCE --again";
        case GapReason::kNewPlayerNoHistory:
            return "he has never appeared in a game; he is forecast after his first";
        case GapReason::kLongAbsent:
            return "he last appeared before last season; he is forecast after his next game";
        case GapReason::kNotOnRoster:
            return "no list of players had him with either team before tip-off";
        case GapReason::kNoRosterSource:
            return "his last appearance was for another team: only a roster could place him "
                   "(tipoff collect --workflow rosters)";
        case GapReason::kStepFailed: return "the step's newest run failed: tipoff runs show ID";
        case GapReason::kContextNotRun:
            return "conform has not run for the date: tipoff backfill --dates D";
        case GapReason::kFeaturesNotRun:
            return "features have not run for the date: tipoff backfill --dates D";
        case GapReason::kForecastsNotRun:
            return "forecasts have not run for the date: tipoff backfill --dates D";
        case GapReason::kBelowMinMinutes:
            return "he is expected for fewer minutes than the batch asked for";
        case GapReason::kNoWorkerAnswered:
            return "no worker forecast him before his batch was finished: start another";
        case GapReason::kModelNotInService:
            return "the system had no model in service: tipoff train --through D --promote";
    }
    throw InvariantBroken("a GapReason without an explanation");
}

Expected<GapReason> parse_gap_reason(std::string_view text) {
    for (const GapReason reason : kGapReasons) {
        if (to_string(reason) == text) return reason;
    }
    return fail(ErrorCode::kInvalidInput, "'" + std::string(text) + "' is not a reason for a gap");
}

std::string_view to_string(VoidReason reason) {
    switch (reason) {
        case VoidReason::kDidNotPlay: return "VOID_DID_NOT_PLAY";
        case VoidReason::kPostponed: return "VOID_POSTPONED";
    }
    throw InvariantBroken("a VoidReason without a name");
}

}  // namespace tipoff::operate
