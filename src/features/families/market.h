#pragma once
/// What the sportsbooks say before tip-off: the game's lines and the player's own.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"

namespace tipoff::features {

class Market {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"game_total", "points", 100, 350, "Consensus total of both teams.",
                    "game lines", "no line known before tip-off"},
        FeatureSpec{"team_spread", "points", -60, 60, "The team's handicap: -7 = favoured by 7.",
                    "game lines", "no line known before tip-off"},
        FeatureSpec{"implied_team_total", "points", 40, 200, "(total - handicap) / 2.",
                    "game lines", "no line known before tip-off"},
        FeatureSpec{"points_line", "points", 0, 80,
                    "Consensus of the books' main points lines for the player.", "prop lines",
                    "no line known before tip-off"},
        FeatureSpec{"points_line_books", "books", 0, 100, "Books behind it.", "prop lines", ""},
    };

    void emit(const Matchup& matchup, FamilyRow<Market>& row) const;
    void observe(const Result&) {}
};

}  // namespace tipoff::features
