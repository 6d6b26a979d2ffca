#pragma once
/// The markets: a whole number of a player's box row each, or a sum of such numbers.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "conform/analytics_tables.h"

namespace tipoff {

enum class Market : std::uint8_t {
    kPoints,
    kRebounds,
    kAssists,
    kThrees,
    kPra,  ///< points, rebounds and assists together
    kPr,
    kPa,
    kRa,
};

inline constexpr std::array kMarkets{Market::kPoints, Market::kRebounds, Market::kAssists,
                                     Market::kThrees, Market::kPra,      Market::kPr,
                                     Market::kPa,     Market::kRa};

/// The markets that are a count of their own; the others add some of them up.
inline constexpr std::array kCountMarkets{Market::kPoints, Market::kRebounds, Market::kAssists,
                                          Market::kThrees};
inline constexpr std::size_t kCounts = kCountMarkets.size();

/// The place of a market in a list of all; of a count in a list of the counts as well.
[[nodiscard]] constexpr std::size_t index_of(Market market) {
    return static_cast<std::size_t>(market);
}

/// What a market adds up; itself where it is a count.
[[nodiscard]] std::span<const Market> counts_in(Market market);

/// What the markets add up, each once, in the order of the counts.
[[nodiscard]] std::vector<Market> counts_behind(std::span<const Market> markets);

/// "points", "rebounds", "assists", "threes" (three-pointers made), "pra" (points, rebounds and
/// assists together), "pr", "pa", "ra".
[[nodiscard]] std::string_view to_string(Market market);

/// "points, rebounds, assists, ...": what may be asked for.
[[nodiscard]] std::string market_names();

/// Nothing where the text names none of them.
[[nodiscard]] std::optional<Market> find_market(std::string_view text);

/// As `find_market`; `kUsage` with the list of markets where the text names none.
[[nodiscard]] Expected<Market> parse_market(std::string_view text);

/// What the player did; nothing where the source does not say (threes of the short playoff boxes).
[[nodiscard]] std::optional<std::int32_t> outcome_of(const conform::PlayerGame& row, Market market);

}  // namespace tipoff
