#pragma once
/// What a forecast is made of, in words for a person.

#include <string>

#include "forecast/forecast.h"
#include "forecast/matchup_features.h"

namespace tipoff::forecast {

/// "form 31 min +18.9, minutes 27 of late and 32 this season -1.2, opponent allows 3% less -0.6":
/// what the forecast begins at and the four greatest contributions beside it, each with what the
/// features say of it. Contributions that round to nothing are left out.
[[nodiscard]] std::string reasons(const MatchupFeatures& features, const Forecast& forecast);

}  // namespace tipoff::forecast
