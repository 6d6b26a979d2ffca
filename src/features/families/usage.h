#pragma once
/// The share of his team's possessions that a player ends, and what absent teammates leave behind.
///
/// Who usually plays: weight is a player's minutes times his share of the team's last 10 games, so
/// that one who has been away for weeks leaves nothing more behind. Who is out tonight: as known
/// before tip-off.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class Usage {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"usage_mean_last_10", "share", 0, 3,
                    "Mean usage rate, last 10 games with attempts on record.",
                    "player games, team games", "no usage on record"},
        FeatureSpec{"usage_mean_season", "share", 0, 3, "Mean usage rate this season.",
                    "player games, team games", "no usage this season"},
        FeatureSpec{"usage_mean_ewm", "share", 0, 3,
                    "Usage rate weighted by minutes, half-life 10 games.",
                    "player games, team games", "no usage on record"},
        FeatureSpec{"teammates_out", "players", 0, 30,
                    "Teammates of the rotation (10 minutes or more) who are out tonight.",
                    "injuries, player games", ""},
        FeatureSpec{"minutes_vacated", "minutes", 0, 240,
                    "Minutes a game that absent teammates usually play.", "injuries, player games",
                    ""},
        FeatureSpec{"usage_vacated", "share", 0, 5,
                    "Usage that absent teammates usually take: sum of usage x minutes / 48.",
                    "injuries, player games", ""},
    };

    void emit(const Matchup& matchup, FamilyRow<Usage>& row) const;
    void observe(const Result& result);

private:
    struct Player {
        RecentGames<double, 10> usage;
        Season season;
        Moments season_usage;
        DecayedSum usage_minutes;  ///< usage x minutes
        DecayedSum minutes;        ///< of the games with a usage rate
        DecayedSum all_minutes;
        RecentGames<GameDate, 10> dates;
        TeamIndex team = 0;
    };

    /// Minutes a game of a player times the share of the team's last 10 games that he played in.
    [[nodiscard]] double usual_minutes(const Player& player, TeamIndex team) const;

    ByIndex<Player> players_;
    ByIndex<RecentGames<GameDate, 10>> team_games_;
};

}  // namespace tipoff::features
