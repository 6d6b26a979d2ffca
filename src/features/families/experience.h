#pragma once
/// How much of a player is on record: the less, the wider a forecast.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class Experience {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{
            "games_on_record", "games", 0, 3000,
            "Earlier games with minutes above 0, any season on record; the play-in is left out.",
            "player games", ""},
        FeatureSpec{"games_this_season", "games", 0, 150, "The same, this season.", "player games",
                    ""},
        FeatureSpec{"games_with_team", "games", 0, 3000,
                    "Consecutive games played for his present team.", "player games", ""},
        FeatureSpec{"seasons_on_record", "seasons", 0, 40,
                    "Seasons in which he has played, this one included once he has.",
                    "player games", ""},
    };

    void emit(const Matchup& matchup, FamilyRow<Experience>& row) const;
    void observe(const Result& result);

private:
    struct Player {
        double games = 0;
        double season_games = 0;
        double team_games = 0;
        double seasons = 0;
        Season season;
        TeamIndex team = 0;
    };
    ByIndex<Player> players_;
};

}  // namespace tipoff::features
