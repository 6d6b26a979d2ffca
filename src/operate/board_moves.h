#pragma once
/// What moved on a date's board since an earlier one: for the bettor.

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "operate/alerts.h"
#include "store/database.h"

namespace tipoff::operate {

/// A consensus line that moved by so much is told of.
inline constexpr double kLineMove = 1.0;

struct BoardMove {
    GameId game_id;
    PlayerId player_id;
    std::string player;
    std::string market;
    double old_line = 0;  ///< consensus: the median of the books' main lines, the lower on a tie
    double new_line = 0;
    std::string old_pick;  ///< "OVER", "UNDER" or "PASS", of the ensemble or the best system there
                           ///< is; what the books' main lines give alike, else PASS
    std::string new_pick;

    [[nodiscard]] bool is_line_move() const;
    [[nodiscard]] bool is_flip() const;  ///< between OVER and UNDER
};

struct BoardMoves {
    GameDate date;
    std::optional<AsOf> as_of;     ///< of the newest forecast that moved
    std::vector<BoardMove> moves;  ///< by player's name, then market
};

/// The newest forecasts of a date against those that stood at `since`. Only players who had a line
/// at both move; forecasts made again for the same lines do not.
Expected<BoardMoves> board_moves(store::Database& database, GameDate date, AsOf since);

/// One alert a game date and board; nothing where nothing moved.
[[nodiscard]] std::optional<Alert> board_alert(const BoardMoves& moves);

}  // namespace tipoff::operate
