#include "conform/market.h"

#include <algorithm>

namespace tipoff {

std::span<const Market> counts_in(Market market) {
    static constexpr std::array kPraCounts{Market::kPoints, Market::kRebounds, Market::kAssists};
    static constexpr std::array kPrCounts{Market::kPoints, Market::kRebounds};
    static constexpr std::array kPaCounts{Market::kPoints, Market::kAssists};
    static constexpr std::array kRaCounts{Market::kRebounds, Market::kAssists};
    switch (market) {
        case Market::kPoints:
        case Market::kRebounds:
        case Market::kAssists:
        case Market::kThrees: return std::span(&kCountMarkets[index_of(market)], 1);
        case Market::kPra: return kPraCounts;
        case Market::kPr: return kPrCounts;
        case Market::kPa: return kPaCounts;
        case Market::kRa: return kRaCounts;
    }
    throw InvariantBroken("a market without counts");
}

std::vector<Market> counts_behind(std::span<const Market> markets) {
    std::vector<Market> counts;
    for (const Market count : kCountMarkets) {
        const bool wanted = std::ranges::any_of(markets, [count](Market market) {
            return std::ranges::find(counts_in(market), count) != counts_in(market).end();
        });
        if (wanted) counts.push_back(count);
    }
    return counts;
}

std::string_view to_string(Market market) {
    switch (market) {
        case Market::kPoints: return "points";
        case Market::kRebounds: return "rebounds";
        case Market::kAssists: return "assists";
        case Market::kThrees: return "threes";
        case Market::kPra: return "pra";
        case Market::kPr: return "pr";
        case Market::kPa: return "pa";
        case Market::kRa: return "ra";
    }
    throw InvariantBroken("a market without a name");
}

std::string market_names() {
    std::string names;
    for (const Market market : kMarkets) {
        if (!names.empty()) names += ", ";
        names += to_string(market);
    }
    return names;
}

std::optional<Market> find_market(std::string_view text) {
    const auto* found = std::ranges::find(kMarkets, text, [](Market m) { return to_string(m); });
    if (found == kMarkets.end()) return std::nullopt;
    return *found;
}

Expected<Market> parse_market(std::string_view text) {
    if (const auto market = find_market(text)) return *market;
    return fail(ErrorCode::kUsage, "no market '" + std::string(text) + "'",
                "markets: " + market_names());
}

std::optional<std::int32_t> outcome_of(const conform::PlayerGame& row, Market market) {
    switch (market) {
        case Market::kPoints: return row.points;
        case Market::kRebounds: return row.rebounds;
        case Market::kAssists: return row.assists;
        case Market::kThrees: return row.three_pointers_made;
        case Market::kPra: return row.points + row.rebounds + row.assists;
        case Market::kPr: return row.points + row.rebounds;
        case Market::kPa: return row.points + row.assists;
        case Market::kRa: return row.rebounds + row.assists;
    }
    throw InvariantBroken("a market without an outcome");
}

}  // namespace tipoff
