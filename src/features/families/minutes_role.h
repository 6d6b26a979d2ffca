#pragma once
/// How much a player plays and in which role: minutes, their trend and spread, starts, and how
/// often he appeared when his team played.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class MinutesRole {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"minutes_last_game", "minutes", 0, 70, "Minutes in the last game played.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_last_3", "minutes", 0, 70, "Minutes a game, last 3 games played.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_last_5", "minutes", 0, 70, "Minutes a game, last 5.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_last_10", "minutes", 0, 70, "Minutes a game, last 10.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_last_20", "minutes", 0, 70, "Minutes a game, last 20.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_season", "minutes", 0, 70, "Minutes a game this season.",
                    "player games", "no game this season"},
        FeatureSpec{"minutes_mean_ewm", "minutes", 0, 70, "Minutes a game, half-life 5 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_ewm_short", "minutes", 0, 70,
                    "Minutes a game, half-life 2 games.", "player games", "no game played yet"},
        FeatureSpec{"minutes_mean_ewm_long", "minutes", 0, 70,
                    "Minutes a game, half-life 20 games.", "player games", "no game played yet"},
        FeatureSpec{"minutes_sd_last_10", "minutes", 0, 40,
                    "Sample standard deviation of minutes, last 10.", "player games",
                    "fewer than two games"},
        FeatureSpec{"minutes_trend", "minutes", -70, 70,
                    "Mean of the last 3 less the mean of the last 10: positive when he plays more.",
                    "player games", "no game played yet"},
        FeatureSpec{"start_share_last_10", "share", 0, 1,
                    "Share of the last 10 games that he started; games without starters on record "
                    "are left out.",
                    "player games", "no starters on record"},
        FeatureSpec{
            "listed_out", "flag", 0, 1,
            "1 when the newest transaction known says that he is out, and he has not played since.",
            "injuries", ""},
        FeatureSpec{"appearance_share_last_10", "share", 0, 1,
                    "Share of his team's last 10 games in which he played for it.",
                    "player games, team games", "the team has no game on record"},
    };

    void emit(const Matchup& matchup, FamilyRow<MinutesRole>& row) const;
    void observe(const Result& result);

private:
    struct Game {
        GameDate date;
        TeamIndex team;
        float minutes;
        float started;  ///< 1, 0, or NaN where starters are not on record
    };
    struct Player {
        RecentGames<Game, 20> games;
        Season season;
        Moments season_minutes;
        DecayedSum minutes, minutes_short, minutes_long;
    };
    ByIndex<Player> players_;
    ByIndex<RecentGames<GameDate, 10>> team_games_;
};

}  // namespace tipoff::features
