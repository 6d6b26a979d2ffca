/// A sportsbook's lines of games, one row a market.
///
/// The line of a spread is the away side's handicap; prices are away, home for spread and moneyline
/// and over, under for the total.

#include <array>

#include "collect/import/line_reading.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 11> kColumns{
    "source", "game_date", "away",    "home",        "bookmaker",  "market",
    "line",   "price_1",   "price_2", "nba_game_id", "captured_at"};
enum Column : std::size_t {
    kSource,
    kGameDate,
    kAway,
    kHome,
    kBook,
    kMarket,
    kLine,
    kFirstPrice,
    kSecondPrice,
    kGameId,
    kCapturedAt,
};
constexpr std::size_t kRequired = kGameId;

constexpr std::array<std::string_view, 1> kAbsent{"player"};

/// The line as this house states it: the home side's handicap, the total, 0 for a moneyline.
double read_line(RowFields& row, std::string_view market) {
    if (market == "spread") return 0 - read_half_points(row, kLine, -kWidestSpread, kWidestSpread);
    if (market == "total") return read_half_points(row, kLine, kLowestTotal, kHighestTotal);
    row.check(market == "moneyline", kMarket, "not spread, total or moneyline");
    return row.number(kLine, 0, 0);
}

void read(RowFields& row, RowOutput output) {
    StagedGameLine staged;
    staged.line = output.line;
    GameLine& line = staged.row;
    line.source = read_word(row, kSource);
    staged.game.game_id = row.optional_game_id(kGameId).value_or(GameId{});
    staged.game.date = row.date(kGameDate);
    staged.game.home = row.team(kHome);
    staged.game.away = row.team(kAway);
    line.book = read_word(row, kBook);
    line.market = row.required_text(kMarket);
    line.line_value = read_line(row, line.market);
    const auto first = row.price(kFirstPrice);
    const auto second = row.price(kSecondPrice);
    row.check(first || second, kFirstPrice, "no price at all");
    check_prices(row, kFirstPrice, first, second);
    const bool over_first = line.market == "total";
    line.home_or_over_price = over_first ? first : second;
    line.away_or_under_price = over_first ? second : first;
    const auto captured = read_clock_time(row, kCapturedAt);
    staged.has_clock = captured.has_value();
    line.snapshot = captured.value_or(Instant{});
    if (!row.refused()) output.file.records.game_lines.push_back(std::move(staged));
}

}  // namespace

const Kind kGameLinesByMarketKind{.name = "game_lines_by_market",
                                  .columns = kColumns,
                                  .required = kRequired,
                                  .absent = kAbsent,
                                  .read = read};

}  // namespace tipoff::collect
