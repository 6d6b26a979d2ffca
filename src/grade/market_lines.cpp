#include "grade/market_lines.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "collect/raw_tables.h"
#include "forecast/line.h"
#include "grade/grade_tables.h"

namespace tipoff::grade {
namespace {

/// A last snapshot further from tip-off than this is no closing line.
constexpr std::chrono::minutes kClosingWindow{30};

auto place(const MarketQuote& quote) {
    return std::tie(quote.game_id, quote.player_id, quote.book, quote.snapshot, quote.line_value,
                    quote.is_undated);
}

conform::Quote as_quote(const MarketQuote& quote) {
    return {.book = quote.book,
            .line_value = quote.line_value,
            .snapshot = quote.snapshot,
            .first_price = quote.over_price,
            .second_price = quote.under_price,
            .is_undated = quote.is_undated};
}

/// The main line among one book's quotes of one moment.
std::optional<BookLine> main_line(std::span<const MarketQuote> moment) {
    std::vector<conform::Quote> quotes;
    std::ranges::transform(moment, std::back_inserter(quotes), as_quote);
    const conform::Quote* main = conform::main_line(quotes);
    if (main == nullptr) return std::nullopt;
    const bool is_two_sided = main->first_price && main->second_price;
    return BookLine{
        .line_value = main->line_value,
        .snapshot = main->snapshot,
        .p_over = is_two_sided ? forecast::without_vig(*main->first_price, *main->second_price).over
                               : kNone};
}

/// The quotes of the last snapshot among one book's that `is_seen`, which are in order of time.
template <class IsSeen>
std::span<const MarketQuote> last_moment(std::span<const MarketQuote> quotes, IsSeen is_seen) {
    std::size_t end = quotes.size();
    while (end > 0 && !is_seen(quotes[end - 1]))
        --end;
    std::size_t begin = end;
    while (begin > 0 && quotes[begin - 1].snapshot == quotes[end - 1].snapshot)
        --begin;
    return quotes.subspan(begin, end - begin);
}

}  // namespace

MarketLines::MarketLines(std::vector<MarketQuote> quotes) : quotes_(std::move(quotes)) {
    std::erase_if(quotes_, [](const MarketQuote& quote) {
        return !is_admissible(quote.known_at, AsOf{quote.tip_off});
    });
    std::ranges::sort(quotes_, [](const auto& a, const auto& b) { return place(a) < place(b); });
}

Expected<MarketLines> MarketLines::read(store::Database& database, const store::DateScope& dates,
                                        Market market) {
    TIPOFF_TRY(
        const store::Columns rows,
        database.read("SELECT l.game_id, l.player_id, l.book, l.line_value, l.snapshot, "
                      "l.over_price, l.under_price, l.known_at, l.known_at_basis, g.tip_off "
                      "FROM raw.prop_line l JOIN analytics.game g USING (game_id) "
                      "WHERE g.game_date BETWEEN $1 AND $2 AND l.market = $3 AND NOT l.in_play",
                      {dates.from, dates.to, std::string(to_string(market))}));
    enum : std::size_t {
        kGame,
        kPlayer,
        kBook,
        kLine,
        kSnapshot,
        kOver,
        kUnder,
        kKnown,
        kBasis,
        kTip
    };
    const auto& data = rows.data;
    using Price = store::ColumnCodec<std::optional<std::int32_t>>;
    std::vector<MarketQuote> quotes;
    quotes.reserve(rows.rows());
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        quotes.push_back({.game_id = store::ColumnCodec<GameId>::get(data[kGame], i),
                          .player_id = store::ColumnCodec<PlayerId>::get(data[kPlayer], i),
                          .book = std::string(data[kBook].text(i)),
                          .line_value = data[kLine].number(i),
                          .snapshot = store::ColumnCodec<Instant>::get(data[kSnapshot], i),
                          .over_price = Price::get(data[kOver], i),
                          .under_price = Price::get(data[kUnder], i),
                          .known_at = store::ColumnCodec<KnownAt>::get(data[kKnown], i),
                          .is_undated = data[kBasis].text(i) == collect::kBasisAssumedClosing,
                          .tip_off = store::ColumnCodec<Instant>::get(data[kTip], i)});
    }
    return MarketLines(std::move(quotes));
}

std::span<const MarketQuote> MarketLines::of_player(GameId game, PlayerId player) const {
    const auto found = std::ranges::equal_range(
        quotes_, std::tuple(game, player), {},
        [](const auto& quote) { return std::tuple(quote.game_id, quote.player_id); });
    return {found.begin(), found.end()};
}

std::span<const MarketQuote> MarketLines::of_book(GameId game, PlayerId player,
                                                  std::string_view book) const {
    const auto found =
        std::ranges::equal_range(of_player(game, player), book, {},
                                 [](const auto& quote) -> std::string_view { return quote.book; });
    return {found.begin(), found.end()};
}

std::optional<conform::Consensus> MarketLines::consensus(GameId game, PlayerId player) const {
    std::vector<conform::Quote> quotes;
    std::ranges::transform(of_player(game, player), std::back_inserter(quotes), as_quote);
    return conform::consensus(quotes);
}

std::optional<BookLine> MarketLines::line_at(GameId game, PlayerId player, std::string_view book,
                                             AsOf as_of) const {
    return main_line(last_moment(of_book(game, player, book), [&](const MarketQuote& quote) {
        return is_admissible(quote.known_at, as_of);
    }));
}

std::optional<BookLine> MarketLines::closing_line(GameId game, PlayerId player,
                                                  std::string_view book) const {
    const auto last = last_moment(of_book(game, player, book), [](const auto&) { return true; });
    if (last.empty() || last.front().is_undated) return std::nullopt;
    if (last.front().snapshot < last.front().tip_off - kClosingWindow) return std::nullopt;
    return main_line(last);
}

}  // namespace tipoff::grade
