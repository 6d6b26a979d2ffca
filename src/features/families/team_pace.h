#pragma once
/// How fast both teams play and how many points the game should hold.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class TeamPace {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"team_pace_last_10", "possessions/48min", 50, 160,
                    "The team's pace, last 10 games.", "team games", "no team game on record"},
        FeatureSpec{"opponent_pace_last_10", "possessions/48min", 50, 160,
                    "The opponent's pace, last 10 games.", "team games", "no team game on record"},
        FeatureSpec{"expected_pace_factor", "ratio", 0.5, 2,
                    "Both teams' paces over the league's, multiplied: above 1 is a fast game.",
                    "team games", "either team has no game on record"},
        FeatureSpec{"team_offensive_rating_last_10", "points/100 possessions", 50, 180,
                    "The team's offensive rating, last 10 games.", "team games",
                    "no team game on record"},
        FeatureSpec{"team_points_mean_last_10", "points", 40, 200,
                    "The team's points a game, last 10.", "team games", "no team game on record"},
    };

    void emit(const Matchup& matchup, FamilyRow<TeamPace>& row) const;
    void observe(const Result& result);

private:
    struct Game {
        double pace;
        double offensive_rating;
        double points;
    };
    struct Team {
        RecentGames<Game, 10> games;
        DecayedSum pace;
    };
    ByIndex<Team> teams_;
    DecayedSum league_pace_;
};

}  // namespace tipoff::features
