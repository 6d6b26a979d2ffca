/// Closing lines of a game in one row: total, spread, moneylines, and the result they were matched
/// with. No clock.
///
/// Up to and including 2021-22 the spread is the size of the favourite's (the favourite has the
/// lower moneyline, and where the two are even nobody can tell whose spread it is); from 2022-23 on
/// it is signed, positive when the home side is favoured.

#include <array>
#include <cmath>
#include <utility>

#include "base/parse.h"
#include "collect/import/line_reading.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 12> kColumns{
    "season",  "game_date", "home",   "away",       "OU",          "Spread",
    "ML_Home", "ML_Away",   "Points", "Win_Margin", "nba_game_id", "home_away_swapped"};
enum Column : std::size_t {
    kSeason,
    kGameDate,
    kHome,
    kAway,
    kTotal,
    kSpread,
    kHomePrice,
    kAwayPrice,
    kPoints,
    kMargin,
    kGameId,
    kSwapped,
};
constexpr std::size_t kRequired = kGameId;

constexpr Season kFirstSignedSeason = Season::starting_in(2022);
/// No book offers more before a game; such a row was taken while it was being decided.
constexpr std::int32_t kLongestPregamePrice = 20'000;

constexpr std::string_view kBook = "consensus";

struct Sides {
    std::optional<std::int32_t> home_price;
    std::optional<std::int32_t> away_price;
    std::optional<double> home_handicap;  ///< nothing when the row does not tell
};

Season read_season(RowFields& row) {
    if (row.refused()) return {};
    const auto season = Season::parse(row.raw(kSeason));
    row.check(season.has_value(), kSeason, "not a season such as 2022-23");
    return season.value_or(Season{});
}

/// The home side's handicap, or nothing (and a note of what was left out) when it cannot be told.
std::optional<double> home_handicap(RowFields& row, RowOutput output, Season season,
                                    const Sides& sides) {
    if (row.refused()) return std::nullopt;
    const std::string_view text = row.raw(kSpread);
    const auto spread = text == "PK" ? std::optional<double>(0) : parse_number(text);
    if (!spread || std::abs(*spread) > kWidestSpread || std::fmod(*spread, 0.5) != 0) {
        output.leave_out(kColumns[kSpread], "the spread is not a believable number of half points",
                         text);
        return std::nullopt;
    }
    if (*spread == 0) return 0.0;
    if (season >= kFirstSignedSeason) return -*spread;
    if (!sides.home_price || !sides.away_price || *sides.home_price == *sides.away_price) {
        output.leave_out(
            kColumns[kSpread],
            "the spread has no sign and the moneylines are even: whose it is cannot be told", text);
        return std::nullopt;
    }
    const double size = std::abs(*spread);
    return *sides.home_price < *sides.away_price ? -size : size;
}

bool is_beyond_pregame(std::optional<std::int32_t> price) {
    return price && std::abs(*price) > kLongestPregamePrice;
}

void swap_sides(GameReference& game, Sides& sides) {
    std::swap(game.home, game.away);
    std::swap(sides.home_price, sides.away_price);
    if (sides.home_handicap) *sides.home_handicap = 0 - *sides.home_handicap;
    if (game.home_margin) *game.home_margin = -*game.home_margin;
}

void add_lines(const Sides& sides, double total, const GameReference& game, RowOutput output) {
    StagedGameLine line;
    line.line = output.line;
    line.game = game;
    line.row.source = kGameLinesKind.name;
    line.row.book = kBook;
    line.row.in_play = is_beyond_pregame(sides.home_price) || is_beyond_pregame(sides.away_price);
    auto& lines = output.file.records.game_lines;

    line.row.market = "total";
    line.row.line_value = total;
    lines.push_back(line);
    if (sides.home_handicap) {
        line.row.market = "spread";
        line.row.line_value = *sides.home_handicap;
        lines.push_back(line);
    }
    if (sides.home_price && sides.away_price) {
        line.row.market = "moneyline";
        line.row.line_value = 0;
        line.row.home_or_over_price = sides.home_price;
        line.row.away_or_under_price = sides.away_price;
        lines.push_back(std::move(line));
    }
}

void read(RowFields& row, RowOutput output) {
    GameReference game;
    game.game_id = row.optional_game_id(kGameId).value_or(GameId{});
    game.date = row.date(kGameDate);
    game.home = row.team(kHome);
    game.away = row.team(kAway);
    game.total_points = row.optional_whole(kPoints, 0, 500);
    game.home_margin = row.optional_whole(kMargin, -150, 150);
    const Season season = read_season(row);
    const double total = read_half_points(row, kTotal, kLowestTotal, kHighestTotal);
    Sides sides{.home_price = row.price(kHomePrice),
                .away_price = row.price(kAwayPrice),
                .home_handicap = std::nullopt};
    check_prices(row, kHomePrice, sides.home_price, sides.away_price);
    const bool swapped = row.optional_whole(kSwapped, 0, 1).value_or(0) == 1;
    sides.home_handicap = home_handicap(row, output, season, sides);
    if (row.refused()) return;
    if (swapped) swap_sides(game, sides);
    add_lines(sides, total, game, output);
}

}  // namespace

const Kind kGameLinesKind{
    .name = "game_lines", .columns = kColumns, .required = kRequired, .absent = {}, .read = read};

}  // namespace tipoff::collect
