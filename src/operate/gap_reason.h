#pragma once
/// Why an expected player has no forecast, and why a bet is void. The lists are closed, and
/// "unknown" is not on them: a new way out of the pipeline is a new reason (docs/coverage.md).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tipoff::operate {

enum class GapReason : std::uint8_t {
    kGamePostponed,   ///< the game is put off, and nobody had forecast it
    kRuledOut,        ///< the newest report before tip-off has him out, and nothing else places him
    kDoubtful,        ///< the same, as doubtful
    kNameUnresolved,  ///< a source names him, and nobody knows who that is
    kSourceLate,      ///< what would tell of him has not come: the source is down or behind
    kNewPlayerNoHistory,  ///< he has never appeared in a game: there is nothing to forecast from
    kLongAbsent,          ///< he appeared for the team, but neither this season nor last
    kNotOnRoster,         ///< no list of players had him with either team before tip-off
    kNoRosterSource,      ///< only a roster could have placed him, and none is collected
    kStepFailed,          ///< the step's newest run for the date failed or was abandoned
    kContextNotRun,    ///< the conform step has not run for the date, or not since a list moved him
    kFeaturesNotRun,   ///< the features step has not run for the date
    kForecastsNotRun,  ///< the forecasts step has not run for the date in this market
    kBelowMinMinutes,  ///< who asked for the batch left out players of so few minutes
    kNoWorkerAnswered,   ///< his batch was finished before any worker had forecast him
    kModelNotInService,  ///< others forecast him; this system had no model in service
};

inline constexpr std::array kGapReasons{
    GapReason::kGamePostponed,    GapReason::kRuledOut,        GapReason::kDoubtful,
    GapReason::kNameUnresolved,   GapReason::kSourceLate,      GapReason::kNewPlayerNoHistory,
    GapReason::kLongAbsent,       GapReason::kNotOnRoster,     GapReason::kNoRosterSource,
    GapReason::kStepFailed,       GapReason::kContextNotRun,   GapReason::kFeaturesNotRun,
    GapReason::kForecastsNotRun,  GapReason::kBelowMinMinutes, GapReason::kNoWorkerAnswered,
    GapReason::kModelNotInService};

struct ReasonAndDetail {
    GapReason reason{};
    std::string detail;
};

/// "NO_ROSTER_SOURCE", ...
[[nodiscard]] std::string_view to_string(GapReason reason);

/// What a person reads, and what to do about it.
[[nodiscard]] std::string_view explanation(GapReason reason);

[[nodiscard]] Expected<GapReason> parse_gap_reason(std::string_view text);

/// What became of a bet that does not stand: an outcome, not a gap.
enum class VoidReason : std::uint8_t {
    kDidNotPlay,  ///< the game is over, and he has no box row
    kPostponed,   ///< the game is put off after he was forecast
};
inline constexpr std::array kVoidReasons{VoidReason::kDidNotPlay, VoidReason::kPostponed};

/// "VOID_DID_NOT_PLAY", "VOID_POSTPONED".
[[nodiscard]] std::string_view to_string(VoidReason reason);

}  // namespace tipoff::operate
