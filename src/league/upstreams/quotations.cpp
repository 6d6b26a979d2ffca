#include "league/upstreams/quotations.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace tipoff::league {

std::vector<Quotation> prop_quotations(const Almanac& almanac, std::size_t game, Instant now) {
    std::map<std::pair<std::uint8_t, Market>, Instant> last_look;
    for (const PropLine& line : almanac.prop_lines_of(game)) {
        if (line.captured_at > now) continue;
        Instant& last = last_look[{line.book, line.market}];
        last = std::max(last, line.captured_at);
    }
    std::vector<Quotation> quotations;
    std::set<std::tuple<std::uint8_t, Market, PlayerIndex>> seen;
    for (const PropLine& line : almanac.prop_lines_of(game)) {
        const auto last = last_look.find({line.book, line.market});
        if (last == last_look.end() || last->second != line.captured_at) continue;
        // The main line comes first, then its ladder.
        const bool is_main = seen.emplace(line.book, line.market, line.player).second;
        quotations.push_back({.line = &line, .is_main = is_main});
    }
    return quotations;
}

std::optional<Instant> first_look(const Almanac& almanac, std::size_t game, std::size_t book,
                                  Instant now) {
    std::optional<Instant> first;
    for (const PropLine& line : almanac.prop_lines_of(game)) {
        if (line.book != book || line.captured_at > now) continue;
        first = std::min(first.value_or(line.captured_at), line.captured_at);
    }
    return first;
}

}  // namespace tipoff::league
