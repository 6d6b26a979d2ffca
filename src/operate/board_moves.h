#pragma once
/// What moved on a date's board since the last one that was told of: for the bettor, whoever it was
/// that forecast it again.

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

/// The instant of the newest of a date's boards that an alert told of; nothing where none has.
Expected<std::optional<AsOf>> last_board_told(store::Database& database, GameDate date);

/// The newest forecasts of a date against those that stood at `last_told`, for a player without a line
/// until then against the first that he had. Only players who had a line at both move; forecasts
/// made again for the same lines do not.
Expected<BoardMoves> board_moves(store::Database& database, GameDate date,
                                 std::optional<AsOf> last_told);

/// One alert a game date and board; nothing where nothing moved.
[[nodiscard]] std::optional<Alert> board_alert(const BoardMoves& moves);

/// Raises that alert against the last board that was told of: what was told is not told again, and
/// what was published by whom and when does not matter.
Status tell_of_moves(store::Database& database, const Alerts& alerts, GameDate date);

}  // namespace tipoff::operate
