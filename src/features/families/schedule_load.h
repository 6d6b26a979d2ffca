#pragma once
/// Where the game lies in the schedule: home or away, rest, density, travel. Nothing here needs a
/// past result but the player's own minutes.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"

namespace tipoff::features {

class ScheduleLoad {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"is_home", "flag", 0, 1, "1 at home, 0 away.", "schedule", ""},
        FeatureSpec{"team_days_rest", "days", 0, 400,
                    "Days between the team's last game and this one, less one; 0 on the second "
                    "night of a back-to-back.",
                    "schedule", "the team's first game of the season"},
        FeatureSpec{"opponent_days_rest", "days", 0, 400, "The opponent's, the same.", "schedule",
                    "the opponent's first game of the season"},
        FeatureSpec{"rest_advantage", "days", -4, 4,
                    "Team less opponent days of rest, each capped at 4.", "schedule",
                    "either's first game of the season"},
        FeatureSpec{"is_back_to_back", "flag", 0, 1, "1 when the team played the day before.",
                    "schedule", ""},
        FeatureSpec{"team_games_last_4_days", "games", 0, 4, "Team games in the 4 days before.",
                    "schedule", ""},
        FeatureSpec{"team_games_last_6_days", "games", 0, 6, "Team games in the 6 days before.",
                    "schedule", ""},
        FeatureSpec{"team_games_last_7_days", "games", 0, 7, "Team games in the 7 days before.",
                    "schedule", ""},
        FeatureSpec{"team_games_last_14_days", "games", 0, 14, "Team games in the 14 days before.",
                    "schedule", ""},
        FeatureSpec{"player_days_rest", "days", 0, 4000,
                    "Days since the player's own last appearance, less one.", "player games",
                    "no appearance yet"},
        FeatureSpec{"player_games_last_7_days", "games", 0, 7,
                    "The player's appearances in the 7 days before.", "player games", ""},
        FeatureSpec{"player_games_last_14_days", "games", 0, 14,
                    "The player's appearances in the 14 days before.", "player games", ""},
        FeatureSpec{"player_minutes_last_7_days", "minutes", 0, 500,
                    "The player's minutes in the 7 days before.", "player games", ""},
        FeatureSpec{"travel_miles", "miles", 0, 13000,
                    "Great circle from the arena of the team's last game this season.",
                    "schedule, arenas", "the season's first game, or an arena that is not known"},
        FeatureSpec{
            "time_zone_change", "hours", -24, 24,
            "Hours that the clock goes forward (travelling east) since the last game's arena.",
            "schedule, arenas", "the season's first game, or an arena that is not known"},
    };

    void emit(const Matchup& matchup, FamilyRow<ScheduleLoad>& row) const;
    void observe(const Result&) {}
};

}  // namespace tipoff::features
