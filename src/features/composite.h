#pragma once
/// The four composite factors: fatigue, shot-zone mismatch, pace and usage, each one number with a
/// sign and a range.
///
/// They are pure functions of a few features, so that their signs can be proved: more rest never
/// raises fatigue, a weaker zone defence never lowers the mismatch of a player who lives in that
/// zone, a faster game never lowers pace, more vacated usage never lowers usage.

#include <array>

#include "features/families/zones.h"
#include "features/feature.h"

namespace tipoff::features {

struct FatigueInputs {
    double days_rest = kUnknown;  ///< of the team; unknown before the season's first game
    double games_last_4_days = 0;
    double games_last_7_days = 0;
    double player_minutes_last_7_days = 0;
    double travel_miles = kUnknown;
    double time_zone_change = kUnknown;
};

/// 0 (fresh) to 100 (spent). A sum of: rest (30 on the second night of a back-to-back, 12 after one
/// day, 5 after two), 10 a game beyond two in four days, 8 a game beyond two in seven days (at most
/// 24), minutes beyond 90 in seven days (at most 20 at 240), travel (at most 10 at 2,500 miles),
/// time zones (2 each, at most 6). What is not known adds nothing; the season's first game is
/// fresh.
[[nodiscard]] double fatigue_score(const FatigueInputs& inputs);

struct ZoneMismatchInputs {
    std::array<double, kZoneGroups> share{};     ///< of the player's attempts
    std::array<double, kZoneGroups> accuracy{};  ///< of the player
    std::array<double, kZoneGroups>
        accuracy_factor{};  ///< allowed by the opponent over the league's
};

/// Extra points in 100 of the player's attempts against this defence, shot mix unchanged: 100 x sum
/// of share x accuracy x (factor - 1) x value of a make. Between -60 and 60; positive where the
/// defence is weak in the zones he lives in. NaN where any input is.
[[nodiscard]] double shot_zone_mismatch_score(const ZoneMismatchInputs& inputs);

/// Percent by which the game is expected to be faster than the league's, from
/// `expected_pace_factor`. NaN where it is.
[[nodiscard]] double pace_score(double expected_pace_factor);

/// Percent by which the player's usage should rise through absent teammates: the vacated usage is
/// shared out in proportion to usage, so that score = 100 x vacated / (1 - vacated), the vacated
/// share of the team capped at one half. 0 to 100.
[[nodiscard]] double usage_spike_score(double usage_vacated);

/// The factors as features. They are derived from the other families' values.
class Composite {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"fatigue_score", "score", 0, 100,
                    "Load of the last days: 0 fresh, 100 spent. More rest never raises it.",
                    "team_days_rest, team_games_last_4_days, team_games_last_7_days, "
                    "player_minutes_last_7_days, travel_miles, time_zone_change",
                    ""},
        FeatureSpec{"shot_zone_mismatch_score", "points/100 attempts", -60, 60,
                    "Points that this defence adds to 100 of his attempts. A weaker defence never "
                    "lowers it.",
                    "zone_share_*, zone_accuracy_*, opponent_accuracy_factor_*",
                    "zones of the player or the opponent are unknown"},
        FeatureSpec{"pace_score", "percent", -50, 100,
                    "How much faster than the league's the game should be.", "expected_pace_factor",
                    "a team's pace is unknown"},
        FeatureSpec{"usage_spike_score", "percent", 0, 100,
                    "How much absent teammates should raise his usage.", "usage_vacated", ""},
    };

    /// Fills the factors from the whole row (all other families already set).
    static void derive(std::span<const float> features, FamilyRow<Composite>& row);
};

}  // namespace tipoff::features
