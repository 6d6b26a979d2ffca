#pragma once
/// Why an expected player has no forecast. The list is closed, and "unknown" is not on it: a new
/// way out of the pipeline is a new reason.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace tipoff::operate {

enum class GapReason : std::uint8_t {
    kNoRosterSource,   ///< he played, or a book quotes him, and only a roster could have placed him
                       ///< with this team
    kContextNotRun,    ///< the date has games, and the conform step has not run for it
    kFeaturesNotRun,   ///< the features step has not run for the date
    kForecastsNotRun,  ///< the forecasts step has not run for the date
};

inline constexpr std::array kGapReasons{GapReason::kNoRosterSource, GapReason::kContextNotRun,
                                        GapReason::kFeaturesNotRun, GapReason::kForecastsNotRun};

/// "NO_ROSTER_SOURCE", ...
[[nodiscard]] std::string_view to_string(GapReason reason);

/// What a person reads, and what to do about it.
[[nodiscard]] std::string_view explanation(GapReason reason);

[[nodiscard]] Expected<GapReason> parse_gap_reason(std::string_view text);

}  // namespace tipoff::operate
