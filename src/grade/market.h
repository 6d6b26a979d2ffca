#pragma once
/// The markets that can be graded: a whole number of a player's box row each.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "conform/analytics_tables.h"

namespace tipoff::grade {

enum class Market : std::uint8_t { kPoints, kRebounds, kAssists, kThrees, kPra };

inline constexpr std::array kMarkets{Market::kPoints, Market::kRebounds, Market::kAssists,
                                     Market::kThrees, Market::kPra};

/// "points", "rebounds", "assists", "threes" (three-pointers made), "pra" (points, rebounds and
/// assists together).
[[nodiscard]] std::string_view to_string(Market market);

/// Nothing where the text names none of them.
[[nodiscard]] std::optional<Market> find_market(std::string_view text);

/// As `find_market`; `kUsage` with the list of markets where the text names none.
[[nodiscard]] Expected<Market> parse_market(std::string_view text);

/// What the player did; nothing where the source does not say (threes of the short playoff boxes).
[[nodiscard]] std::optional<std::int32_t> outcome_of(const conform::PlayerGame& row, Market market);

}  // namespace tipoff::grade
