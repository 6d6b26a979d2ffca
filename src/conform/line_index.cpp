#include "conform/line_index.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>

namespace tipoff::conform {
namespace {

template <class Line>
std::vector<const Line*> before_the_game(const std::vector<Line>& lines) {
    std::vector<const Line*> kept;
    kept.reserve(lines.size());
    for (const Line& line : lines) {
        if (!line.in_play) kept.push_back(&line);
    }
    return kept;
}

template <class Line, class Ranges>
void index_games(const std::vector<const Line*>& lines, Ranges& ranges) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto [range, is_new] = ranges.try_emplace(lines[i]->game_id);
        if (is_new) range->second.begin = i;
        range->second.end = i + 1;
    }
}

bool is_undated(const std::string& basis) { return basis == collect::kBasisAssumedClosing; }

Quote quote_of(const collect::GameLine& line) {
    return {line.book,
            line.line_value,
            line.snapshot,
            line.home_or_over_price,
            line.away_or_under_price,
            is_undated(line.known_at_basis)};
}

Quote quote_of(const collect::PropLine& line) {
    return {line.book,       line.line_value,  line.snapshot,
            line.over_price, line.under_price, is_undated(line.known_at_basis)};
}

}  // namespace

LineIndex::LineIndex(const RawFacts& facts, Admissible admissible)
    : admissible_(admissible),
      game_lines_(before_the_game(facts.game_lines)),
      prop_lines_(before_the_game(facts.prop_lines)) {
    std::ranges::sort(game_lines_, {}, [](const auto* line) { return line->game_id; });
    std::ranges::sort(prop_lines_, {},
                      [](const auto* line) { return std::tuple(line->game_id, line->player_id); });
    index_games(game_lines_, game_ranges_);
    index_games(prop_lines_, prop_ranges_);
}

GameLines LineIndex::of_game(GameId game, AsOf as_of) const {
    const auto found = game_ranges_.find(game);
    if (found == game_ranges_.end()) return {};
    std::vector<Quote> totals, spreads;
    for (std::size_t i = found->second.begin; i < found->second.end; ++i) {
        const collect::GameLine& line = *game_lines_[i];
        if (!admissible_(line.known_at, as_of)) continue;
        if (line.market == "total") totals.push_back(quote_of(line));
        if (line.market == "spread") spreads.push_back(quote_of(line));
    }
    return {consensus(totals), consensus(spreads)};
}

std::vector<PlayerLine> LineIndex::of_players(GameId game, AsOf as_of) const {
    std::vector<PlayerLine> players;
    const auto found = prop_ranges_.find(game);
    if (found == prop_ranges_.end()) return players;
    std::vector<Quote> points;
    const auto close = [&] {
        if (!players.empty()) players.back().points = consensus(points);
        points.clear();
    };
    for (std::size_t i = found->second.begin; i < found->second.end; ++i) {
        const collect::PropLine& line = *prop_lines_[i];
        if (!admissible_(line.known_at, as_of)) continue;
        if (players.empty() || players.back().player_id != line.player_id) {
            close();
            players.push_back({line.player_id, std::nullopt});
        }
        if (line.market == "points") points.push_back(quote_of(line));
    }
    close();
    return players;
}

}  // namespace tipoff::conform
