#pragma once
/// How BettingPros is asked.

#include <chrono>

#include "collect/asking.h"

namespace tipoff::collect {

/// A partner's key; without one the source is off.
inline constexpr KeyRule kBettingprosKey{
    .place = KeyRule::Place::kHeader, .variable = "BETTINGPROS_API_KEY", .name = "x-api-key"};
inline constexpr std::chrono::milliseconds kBettingprosSpacing{2'500};

}  // namespace tipoff::collect
