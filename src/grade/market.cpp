#include "grade/market.h"

#include <algorithm>
#include <string>

namespace tipoff::grade {

std::string_view to_string(Market market) {
    switch (market) {
        case Market::kPoints: return "points";
        case Market::kRebounds: return "rebounds";
        case Market::kAssists: return "assists";
        case Market::kThrees: return "threes";
        case Market::kPra: return "pra";
    }
    throw InvariantBroken("a market without a name");
}

std::optional<Market> find_market(std::string_view text) {
    const auto* found = std::ranges::find(kMarkets, text, [](Market m) { return to_string(m); });
    if (found == kMarkets.end()) return std::nullopt;
    return *found;
}

Expected<Market> parse_market(std::string_view text) {
    if (const auto market = find_market(text)) return *market;
    return fail(ErrorCode::kUsage, "no market '" + std::string(text) + "'",
                "markets: points, rebounds, assists, threes, pra");
}

std::optional<std::int32_t> outcome_of(const conform::PlayerGame& row, Market market) {
    switch (market) {
        case Market::kPoints: return row.points;
        case Market::kRebounds: return row.rebounds;
        case Market::kAssists: return row.assists;
        case Market::kThrees: return row.three_pointers_made;
        case Market::kPra: return row.points + row.rebounds + row.assists;
    }
    throw InvariantBroken("a market without an outcome");
}

}  // namespace tipoff::grade
