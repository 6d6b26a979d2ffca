#pragma once
/// What a game should bring, worked out from latent skills without playing it: the knowledge that a
/// bookmaker approximates. Averages of the same model as in game.cpp, with lineups taken in
/// proportion to minutes.

#include <array>
#include <vector>

#include "league/player.h"
#include "league/roster.h"

namespace tipoff::league {

/// A player's outlook for tonight.
struct PlayerOutlook {
    const Player* player = nullptr;
    double plan = 0.0;      ///< minutes that the coach has in mind; 0 for who is not meant to play
    double minutes = 0.0;   ///< that come of it on average
    double usage = 1.0;     ///< relative to his own
    double accuracy = 0.0;  ///< added to his shots
};

struct SideOutlook {
    std::vector<PlayerOutlook> players;
    const TeamStyle* style = nullptr;
    double accuracy = 0.0;  ///< added to all shots of the side
};

struct ExpectedBox {
    double points = 0.0;
    double rebounds = 0.0;
    double assists = 0.0;
    double threes = 0.0;
};

/// Expected counts of every player, side by side in the order given (home, away). Minutes of a side
/// add up to 240.
[[nodiscard]] std::array<std::vector<ExpectedBox>, 2> expected_boxes(
    const std::array<SideOutlook, 2>& sides);

}  // namespace tipoff::league
