#pragma once
/// What the answers of ESPN have in common.

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/json_document.h"
#include "collect/stated.h"

namespace tipoff::collect {

/// "scheduled", "in_progress", "final", "postponed" or "canceled", of a status' state ("pre", "in",
/// "post") and its words ("Final", "Postponed"). Words that nobody knows are a problem of `status`.
[[nodiscard]] std::string espn_status(const JsonValue& status, std::string_view state,
                                      std::string_view words);

/// The season type of the source's number; one that nobody knows is a problem of `holder`.
[[nodiscard]] SeasonType espn_season_type(const JsonValue& holder, std::int64_t number);

/// The instant of "2024-01-16T00:30Z", which is UTC; any other text is a problem of `holder`.
[[nodiscard]] Instant espn_instant(const JsonValue& holder, std::string_view text);

/// A score, which is written as text.
[[nodiscard]] std::int32_t espn_score(const JsonValue& holder, std::string_view key);

}  // namespace tipoff::collect
