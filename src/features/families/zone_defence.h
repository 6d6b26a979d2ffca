#pragma once
/// What the opponent allows by zone, against what the league allows: above 1 is a weak defence.
///
/// Counts fade with a half-life of 20 games and are shrunk to the league. Unknown unless at least
/// half of the team's last 20 games of this season and season type have shots on record.

#include <array>

#include "features/families/zones.h"
#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class ZoneDefence {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"opponent_accuracy_factor_restricted_area", "ratio", 0, 3,
                    "Accuracy that the opponent allows in the restricted area over the league's.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_accuracy_factor_paint", "ratio", 0, 3,
                    "The same in the paint outside the restricted area.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"opponent_accuracy_factor_mid_range", "ratio", 0, 3, "The same from mid-range.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_accuracy_factor_corner_3", "ratio", 0, 3,
                    "The same for corner threes.", "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_accuracy_factor_above_break_3", "ratio", 0, 3,
                    "The same for threes above the break.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{
            "opponent_volume_factor_restricted_area", "ratio", 0, 5,
            "Attempts a game that the opponent allows in the restricted area over the league's.",
            "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_volume_factor_paint", "ratio", 0, 5,
                    "The same in the paint outside the restricted area.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"opponent_volume_factor_mid_range", "ratio", 0, 5, "The same from mid-range.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_volume_factor_corner_3", "ratio", 0, 5, "The same for corner threes.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"opponent_volume_factor_above_break_3", "ratio", 0, 5,
                    "The same for threes above the break.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"opponent_zone_completeness", "share", 0, 1,
                    "Share of the opponent's last 20 games, of this season and season type, with "
                    "shots on record.",
                    "shots, team games", "no game of this season and season type yet"},
    };

    void emit(const Matchup& matchup, FamilyRow<ZoneDefence>& row) const;
    void observe(const Result& result);

private:
    struct Game {
        Season season;
        SeasonType season_type;
        bool has_shots;
    };
    struct Team {
        RecentGames<Game, 20> games;
        ZoneCounts allowed;
        double weight = 0;  ///< games behind `allowed`, older ones fading
    };
    ByIndex<Team> teams_;
    ZoneCounts league_;
    double league_weight_ = 0;
};

}  // namespace tipoff::features
