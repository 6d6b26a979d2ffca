#pragma once
/// One simulated game, possession by possession.
///
/// Everything in a box score is counted from the same events, so the parts add up: points from
/// shots and free throws, team from players, plus-minus from who was on the floor, minutes from the
/// clock. A tie goes to overtime.

#include <array>
#include <cstdint>
#include <vector>

#include "league/box.h"
#include "league/player.h"
#include "league/random.h"
#include "league/roster.h"
#include "league/rotation.h"

namespace tipoff::league {

/// A player who is available tonight.
struct GamePlayer {
    PlayerIndex index = 0;
    const Player* player = nullptr;
    double target_minutes = 0.0;   ///< 0: comes in only in need, or when the game is decided
    double usage = 1.0;            ///< tonight's usage relative to his own
    double accuracy = 0.0;         ///< added to the accuracy of his shots tonight
    int leaves_after = 1'000'000;  ///< tenths of game time after which he is hurt
};

struct GameSide {
    std::vector<GamePlayer> players;
    const TeamStyle* style = nullptr;
    double accuracy = 0.0;  ///< added to all its shots: home court, rest, coaching, tonight
};

struct GameInput {
    std::array<GameSide, 2> sides;   ///< home, away
    double possession_length = 1.0;  ///< tonight's, relative; above the two teams' own styles
};

struct GamePlayerLine {
    PlayerIndex index = 0;
    int tenths = 0;  ///< tenths of a second on the floor
    BoxCounts counts;
    bool started = false;

    /// Who only came in for a free throw has played, too.
    [[nodiscard]] bool played() const { return tenths > 0 || counts != BoxCounts{}; }
};

struct GameResult {
    std::array<std::vector<GamePlayerLine>, 2> lines;  ///< every available player, played or not
    std::array<BoxCounts, 2> totals;                   ///< `plus_minus` is five times the margin
    std::vector<ShotEvent> shots;                      ///< in the order of time
    std::vector<FreeThrowEvent> free_throws;           ///< likewise
    int periods = 4;
};

/// The league's feed rounds a player's minutes to whole ones.
[[nodiscard]] constexpr int whole_minutes(int tenths) {
    return (tenths + kTenthsPerMinute / 2) / kTenthsPerMinute;
}

/// Plays the game. Each side has at least five players.
[[nodiscard]] GameResult play(const GameInput& input, Random& random);

}  // namespace tipoff::league
