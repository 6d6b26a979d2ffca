#pragma once
/// Where a player shoots from and how well: share and accuracy by zone, both shrunk to the league
/// by sample size.
///
/// Counts fade with a half-life of 30 games with shots. Unknown unless at least half of the
/// player's last 20 games of this season and season type have shots on record: a season without
/// shots has no zone features.

#include <array>

#include "features/families/zones.h"
#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class ShotZones {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"zone_share_restricted_area", "share", 0, 1,
                    "Share of attempts in the restricted area, shrunk to the league's.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_share_paint", "share", 0, 1,
                    "Share of attempts in the paint outside the restricted area, shrunk.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_share_mid_range", "share", 0, 1, "Share of mid-range attempts, shrunk.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"zone_share_corner_3", "share", 0, 1, "Share of corner threes, shrunk.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"zone_share_above_break_3", "share", 0, 1,
                    "Share of threes above the break, shrunk.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_accuracy_restricted_area", "share", 0, 1,
                    "Makes over attempts in the restricted area, shrunk to the league's.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_accuracy_paint", "share", 0, 1,
                    "Makes over attempts in the paint, shrunk.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_accuracy_mid_range", "share", 0, 1,
                    "Makes over mid-range attempts, shrunk.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_accuracy_corner_3", "share", 0, 1, "Makes over corner threes, shrunk.",
                    "shots", "too few games with shots on record"},
        FeatureSpec{"zone_accuracy_above_break_3", "share", 0, 1,
                    "Makes over threes above the break, shrunk.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{"zone_attempts_weighted", "attempts", 0, 2000,
                    "Attempts behind the profile, older games fading.", "shots",
                    "too few games with shots on record"},
        FeatureSpec{
            "zone_completeness", "share", 0, 1,
            "Share of the last 20 games, of this season and season type, with shots on record.",
            "shots, player games", "no game of this season and season type yet"},
    };

    void emit(const Matchup& matchup, FamilyRow<ShotZones>& row) const;
    void observe(const Result& result);

private:
    struct Game {
        Season season;
        SeasonType season_type;
        bool has_shots;
    };
    struct Player {
        RecentGames<Game, 20> games;
        ZoneCounts counts;
    };
    ByIndex<Player> players_;
    ZoneCounts league_;
};

}  // namespace tipoff::features
