#pragma once
/// How far the season is, and what kind of game this is.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"

namespace tipoff::features {

class SeasonPhase {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"team_games_played_season", "games", 0, 130,
                    "Games that the team has played this season.", "schedule", ""},
        FeatureSpec{"is_playoffs", "flag", 0, 1, "1 in the playoffs and the play-in.", "schedule",
                    ""},
        FeatureSpec{"days_into_season", "days", 0, 400,
                    "Days since the first result of this season on record.", "team games",
                    "no result of this season yet"},
    };

    void emit(const Matchup& matchup, FamilyRow<SeasonPhase>& row) const;
    void observe(const Result& result);

private:
    Season season_;
    GameDate first_date_{};
};

}  // namespace tipoff::features
