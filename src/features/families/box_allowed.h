#pragma once
/// What the opponent allows of rebounds, assists and threes, over the league's, and how many shots
/// the game should leave to be rebounded.
///
/// Games fade with a half-life of 20 and are mixed with 10 games at the league's level. A game
/// whose source has no such count is left out.

#include <array>
#include <string_view>

#include "features/families/position_groups.h"
#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class BoxAllowed {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"opponent_rebounds_factor", "ratio", 0.2, 20,
                    "Rebounds a game of teams that met the opponent, over the league's, shrunk.",
                    "team games", "no team game with rebounds on record"},
        FeatureSpec{"opponent_assists_factor", "ratio", 0.2, 20,
                    "Assists a game of teams that met the opponent, over the league's, shrunk.",
                    "team games", "no team game with assists on record"},
        FeatureSpec{"opponent_threes_factor", "ratio", 0.2, 20,
                    "Threes made a game by teams that met the opponent, over the league's, shrunk.",
                    "team games", "no team game with threes on record"},
        FeatureSpec{"opponent_position_rebounds_factor", "ratio", 0.1, 20,
                    "Rebounds a minute that the opponent allows to the player's position (G, F, C) "
                    "over the league's, shrunk.",
                    "player games, positions", "the position is unknown"},
        FeatureSpec{"opponent_position_assists_factor", "ratio", 0.1, 20,
                    "Assists a minute, the same.", "player games, positions",
                    "the position is unknown"},
        FeatureSpec{"opponent_position_threes_factor", "ratio", 0.1, 20,
                    "Threes made a minute, the same.", "player games, positions",
                    "the position is unknown, or no threes on record"},
        FeatureSpec{"missed_shots_factor", "ratio", 0.05, 20,
                    "Field goals that both teams should miss over the league's: the misses of each "
                    "times those that the other forces.",
                    "team games", "either team has no game with attempts on record"},
    };

    void emit(const Matchup& matchup, FamilyRow<BoxAllowed>& row) const;
    void observe(const Result& result);

    /// Positions are a snapshot by season; the fold tells the family of them as they become known.
    void set_position(PlayerIndex player, std::string_view position);

private:
    static constexpr std::size_t kCounts = 3;  ///< rebounds, assists, threes

    struct Team {
        std::array<DecayedSum, kCounts> allowed;
        DecayedSum misses;
        DecayedSum misses_forced;
    };
    ByIndex<Team> teams_;
    std::array<DecayedSum, kCounts> league_;  ///< a team game
    DecayedSum league_misses_;
    PositionGroups position_groups_;
    std::array<PositionAllowance, kCounts> by_position_;
};

}  // namespace tipoff::features
