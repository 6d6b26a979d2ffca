#pragma once
/// How good the opponent is: overall and against the player's position.

#include <array>

#include "features/families/position_groups.h"
#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class OpponentStrength {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"opponent_defensive_rating_last_10", "points/100 possessions", 50, 180,
                    "Points that the opponent allowed in 100 possessions, last 10 games.",
                    "team games", "no team game on record"},
        FeatureSpec{
            "opponent_defence_factor", "ratio", 0.5, 2,
            "The opponent's defensive rating over the league's, shrunk: above 1 is a weak defence.",
            "team games", "no team game on record"},
        FeatureSpec{"opponent_points_allowed_mean_last_10", "points", 40, 200,
                    "Points that the opponent allowed a game, last 10.", "team games",
                    "no team game on record"},
        FeatureSpec{"opponent_position_factor", "ratio", 0.2, 4,
                    "Points a minute that the opponent allows to the player's position (G, F, C) "
                    "over the league's, shrunk.",
                    "player games, positions", "the position is unknown"},
        FeatureSpec{"opponent_net_rating_season", "points/100 possessions", -150, 150,
                    "The opponent's offensive less defensive rating, mean of this season.",
                    "team games", "no game this season"},
        FeatureSpec{"team_net_rating_season", "points/100 possessions", -150, 150,
                    "The team's own, the same.", "team games", "no game this season"},
    };

    void emit(const Matchup& matchup, FamilyRow<OpponentStrength>& row) const;
    void observe(const Result& result);

    /// Positions are a snapshot by season; the fold tells the family of them as they become known.
    void set_position(PlayerIndex player, std::string_view position);

private:
    struct Game {
        double defensive_rating;
        double points_allowed;
    };
    struct Team {
        RecentGames<Game, 10> games;
        DecayedSum defensive_rating;
        Season season;
        Moments net_rating;
    };
    ByIndex<Team> teams_;
    DecayedSum league_rating_;
    PositionGroups position_groups_;
    PositionAllowance points_;
};

}  // namespace tipoff::features
