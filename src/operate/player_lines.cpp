#include "operate/player_lines.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "conform/lines.h"
#include "forecast/line.h"

namespace tipoff::operate {

using collect::PropLine;

PlayerLines::PlayerLines(std::span<const PropLine> lines, features::Admissible admissible)
    : admissible_(admissible) {
    for (const PropLine& line : lines) {
        const auto market = find_market(line.market);
        if (market && !line.in_play) by_market_[index_of(*market)].push_back(&line);
    }
    for (auto& of_market : by_market_) {
        std::ranges::sort(of_market, {}, [](const PropLine* line) {
            return std::tie(line->game_id, line->player_id, line->book, line->snapshot,
                            line->line_value);
        });
    }
}

std::span<const PropLine* const> PlayerLines::of_game(Market market, GameId game) const {
    const auto found = std::ranges::equal_range(by_market_[index_of(market)], game, {},
                                                [](const PropLine* line) { return line->game_id; });
    return {found.begin(), found.end()};
}

std::vector<const PropLine*> PlayerLines::last_snapshots(Market market, GameId game,
                                                         PlayerId player, AsOf as_of) const {
    const auto of_player = std::ranges::equal_range(
        by_market_[index_of(market)], std::pair(game, player), {},
        [](const PropLine* line) { return std::pair(line->game_id, line->player_id); });
    std::vector<const PropLine*> last;
    for (const PropLine* line : of_player) {
        if (!admissible_(line->known_at, as_of)) continue;
        const bool same_book = !last.empty() && last.back()->book == line->book;
        if (same_book && last.back()->snapshot != line->snapshot) {
            std::erase_if(last, [line](const auto* older) { return older->book == line->book; });
        }
        last.push_back(line);
    }
    return last;
}

std::optional<forecast::KnownLine> PlayerLines::known_line(Market market, GameId game,
                                                           PlayerId player, AsOf as_of) const {
    const auto last = last_snapshots(market, game, player, as_of);
    std::vector<const PropLine*> mains;
    for (std::size_t i = 0; i < last.size(); ++i) {
        if (i > 0 && last[i]->book == last[i - 1]->book) continue;
        if (const PropLine* main = main_line_of(last, last[i]->book)) mains.push_back(main);
    }
    if (mains.empty()) return std::nullopt;
    std::ranges::sort(mains, {}, &PropLine::line_value);
    forecast::KnownLine known{.line_value = mains[(mains.size() - 1) / 2]->line_value};
    double sum = 0;
    int priced = 0;
    for (const PropLine* main : mains) {
        if (main->line_value != known.line_value || !main->over_price || !main->under_price)
            continue;
        sum += forecast::without_vig(*main->over_price, *main->under_price).over;
        ++priced;
    }
    if (priced > 0) known.p_over = sum / priced;
    return known;
}

int PlayerLines::players_with_lines(Market market, GameId game, AsOf as_of) const {
    int players = 0;
    PlayerId last{};
    for (const PropLine* line : of_game(market, game)) {
        if (!admissible_(line->known_at, as_of)) continue;
        if (players > 0 && line->player_id == last) continue;
        last = line->player_id;
        ++players;
    }
    return players;
}

forecast::OffersOfMarkets PlayerLines::offers(std::span<const features::FeatureStoreRow> rows,
                                              std::span<const Market> markets) const {
    forecast::OffersOfMarkets offers;
    for (const Market market : markets) {
        if (by_market_[index_of(market)].empty()) continue;
        auto& of_market = offers[index_of(market)];
        of_market.reserve(rows.size());
        bool others_have_lines = false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const features::FeatureStoreRow& row = rows[i];
            if (i == 0 || row.game_id != rows[i - 1].game_id || row.as_of != rows[i - 1].as_of) {
                others_have_lines =
                    players_with_lines(market, row.game_id, row.as_of) >= forecast::kOfferedPlayers;
            }
            of_market.push_back({.line = known_line(market, row.game_id, row.player_id, row.as_of),
                                 .others_have_lines = others_have_lines});
        }
    }
    return offers;
}

const PropLine* main_line_of(std::span<const PropLine* const> last_snapshots,
                             std::string_view book) {
    std::vector<conform::Quote> quotes;
    std::vector<const PropLine*> sources;
    for (const PropLine* line : last_snapshots) {
        if (line->book != book) continue;
        quotes.push_back({.book = line->book,
                          .line_value = line->line_value,
                          .snapshot = line->snapshot,
                          .first_price = line->over_price,
                          .second_price = line->under_price,
                          .is_undated = line->known_at_basis == collect::kBasisAssumedClosing});
        sources.push_back(line);
    }
    const conform::Quote* main = conform::main_line(quotes);
    return main == nullptr ? nullptr : sources[static_cast<std::size_t>(main - quotes.data())];
}

}  // namespace tipoff::operate
