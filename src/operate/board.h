#pragma once
/// The board of a date: every forecast, beside the lines that it was held against.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "conform/market.h"
#include "store/database.h"

namespace tipoff::operate {

struct BoardRequest {
    GameDate date;
    std::string market = "points";
    std::optional<std::string> system_id;
    std::optional<std::string> player;  ///< part of a name; accents and case do not matter
    std::optional<std::string> book;
    std::optional<double> min_edge;  ///< in probability: 0.05 is five points in a hundred
    bool best_price = false;    ///< of each player, system and line, only the book that pays the
                                ///< recommended side best
    bool alternates = false;    ///< lines beside each book's main one as well
    std::optional<AsOf> as_of;  ///< the board as it was at this instant; the newest otherwise
    bool is_wide = false;       ///< rows with `quantiles` and `contributions`, which take a tenth
                                ///< of the time again
};

/// What the newest earlier forecast said that said something else: of the distribution, of the
/// chance to play, or of the book's main line.
struct SaidBefore {
    AsOf as_of{};
    double mean = 0;
    double p_plays = 0;
    double line = 0;             ///< the book's main line then; NaN where it had none
    std::string recommendation;  ///< on it; empty where it had none
};

struct BoardRow {
    GameId game_id;
    Instant tip_off{};
    PlayerId player_id;
    std::string player;
    std::string team;      ///< tricode
    std::string opponent;  ///< tricode
    std::string status;    ///< "available" or "out", as known at the forecast
    double p_plays = 0;
    double minutes = 0;
    std::string market;
    std::optional<std::string>
        book;  ///< none: no line stood, and everything about a line is unknown
    double line = 0;
    std::optional<std::int32_t> over_price;
    std::optional<std::int32_t> under_price;
    double p_no_vig = 0;
    std::string system_id;
    double mean = 0;
    std::int32_t median = 0;
    double sd = 0;
    double p_over = 0;
    double p_push = 0;
    double edge = 0;
    double ev = 0;
    double fair_line = 0;
    std::string grade;
    std::string recommendation;  ///< "OVER", "UNDER", "PASS"; empty without a line
    std::string reason;
    std::optional<SaidBefore> before;  ///< nothing where no earlier forecast said otherwise
    bool is_home = false;
    std::array<std::int32_t, 7> quantiles{};  ///< 2.5, 10, 25, 50, 75, 90 and 97.5 in a hundred;
                                              ///< zeros unless they were asked for
    std::string contributions;  ///< what the mean is made of, as stored; empty likewise
};

struct Board {
    GameDate date;
    std::optional<AsOf> as_of;  ///< the newest instant from which a row looks
    bool is_simulated = false;
    std::vector<BoardRow> rows;  ///< by tip-off, game, team; then by player, who is expected most
                                 ///< of first; then system, book, line
};

/// A date without forecasts is an empty board.
Expected<Board> board(store::Database& database, const BoardRequest& request);

/// The boards of several markets as one, a player's rows by market in the order given; of all that
/// the date has forecasts of where none is given.
Expected<Board> board_of_markets(store::Database& database, const BoardRequest& request,
                                 std::span<const Market> markets);

}  // namespace tipoff::operate
