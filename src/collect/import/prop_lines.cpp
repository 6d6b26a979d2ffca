/// A sportsbook's lines on players, one row a player, market and line; alternate ladders included.

#include <array>

#include "collect/import/line_reading.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 14> kColumns{
    "source",          "game_date",  "away",       "home",        "player",      "market",
    "bookmaker",       "line",       "over_price", "under_price", "nba_game_id", "nba_player_id",
    "suspect_in_play", "captured_at"};
enum Column : std::size_t {
    kSource,
    kGameDate,
    kAway,
    kHome,
    kPlayer,
    kMarket,
    kBook,
    kLine,
    kOverPrice,
    kUnderPrice,
    kGameId,
    kPlayerId,
    kInPlay,
    kCapturedAt,
};
constexpr std::size_t kRequired = kGameId;

constexpr double kHighestLine = 150;

void read(RowFields& row, RowOutput output) {
    StagedPropLine staged;
    staged.line = output.line;
    PropLine& line = staged.row;
    line.source = read_word(row, kSource);
    staged.game.game_id = row.optional_game_id(kGameId).value_or(GameId{});
    staged.game.date = row.date(kGameDate);
    staged.game.home = row.team(kHome);
    staged.game.away = row.team(kAway);
    staged.player = row.required_text(kPlayer);
    staged.has_player = !row.raw(kPlayerId).empty();
    if (staged.has_player) line.player_id = row.player_id(kPlayerId);
    line.market = read_word(row, kMarket);
    line.book = read_word(row, kBook);
    line.line_value = read_half_points(row, kLine, 0, kHighestLine);
    line.over_price = row.price(kOverPrice);
    line.under_price = row.price(kUnderPrice);
    row.check(line.over_price || line.under_price, kOverPrice, "no price at all");
    check_prices(row, kOverPrice, line.over_price, line.under_price);
    line.in_play = row.optional_whole(kInPlay, 0, 1).value_or(0) == 1;
    const auto captured = read_clock_time(row, kCapturedAt);
    staged.has_clock = captured.has_value();
    line.snapshot = captured.value_or(Instant{});
    if (!row.refused()) output.file.records.prop_lines.push_back(std::move(staged));
}

}  // namespace

const Kind kPropLinesKind{
    .name = "prop_lines", .columns = kColumns, .required = kRequired, .absent = {}, .read = read};

}  // namespace tipoff::collect
