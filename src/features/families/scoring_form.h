#pragma once
/// How a player has been scoring: means over recent games, the season and all time weighted to the
/// newest, rates by minute, spread.
///
/// Games in which he played a few seconds (minutes 0) are left out. A game whose source has no
/// attempts counts for points and minutes only.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class ScoringForm {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"points_mean_last_3", "points", 0, 100, "Points a game, last 3 games played.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_mean_last_5", "points", 0, 100, "Points a game, last 5.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_mean_last_10", "points", 0, 100, "Points a game, last 10.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_mean_last_20", "points", 0, 100, "Points a game, last 20.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_mean_season", "points", 0, 100, "Points a game this season.",
                    "player games", "no game this season"},
        FeatureSpec{"points_mean_ewm", "points", 0, 100,
                    "Points a game, each game weighing half of the one 10 games later.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_sd_last_10", "points", 0, 60,
                    "Sample standard deviation of points, last 10.", "player games",
                    "fewer than two games"},
        FeatureSpec{"points_sd_last_20", "points", 0, 60,
                    "Sample standard deviation of points, last 20.", "player games",
                    "fewer than two games"},
        FeatureSpec{"points_per_minute_last_10", "points/minute", 0, 6,
                    "Points over minutes, last 10.", "player games", "no game played yet"},
        FeatureSpec{"points_per_minute_season", "points/minute", 0, 6,
                    "Points over minutes this season.", "player games", "no game this season"},
        FeatureSpec{"points_per_minute_ewm", "points/minute", 0, 6,
                    "Points over minutes, both weighted with a half-life of 10 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"points_per_minute_ewm_long", "points/minute", 0, 6,
                    "Points over minutes, both weighted with a half-life of 30 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"field_goals_attempted_mean_last_10", "attempts", 0, 60,
                    "Field-goal attempts a game, last 10.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"field_goals_attempted_mean_ewm", "attempts", 0, 60,
                    "Field-goal attempts a game, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"free_throws_attempted_mean_last_10", "attempts", 0, 50,
                    "Free-throw attempts a game, last 10.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"free_throws_attempted_mean_ewm", "attempts", 0, 50,
                    "Free-throw attempts a game, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"three_pointers_attempted_mean_last_10", "attempts", 0, 40,
                    "Three-point attempts a game, last 10.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"three_pointers_attempted_mean_ewm", "attempts", 0, 40,
                    "Three-point attempts a game, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"field_goals_attempted_per_minute_ewm", "attempts/minute", 0, 6,
                    "Field-goal attempts over minutes, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"free_throws_attempted_per_minute_ewm", "attempts/minute", 0, 8,
                    "Free-throw attempts over minutes, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"free_throw_pct_long", "share", 0, 1,
                    "Free throws made over attempted, half-life 30 games.", "player games",
                    "no free throw on record"},
        FeatureSpec{"true_shooting_last_20", "ratio", 0, 1.5,
                    "Points over 2 (FGA + 0.44 FTA), last 20.", "player games",
                    "no attempt in the last 20 games"},
        FeatureSpec{"effective_field_goal_last_20", "ratio", 0, 1.5,
                    "(FGM + 0.5 3PM) over FGA, last 20.", "player games",
                    "no attempt in the last 20 games"},
    };

    void emit(const Matchup& matchup, FamilyRow<ScoringForm>& row) const;
    void observe(const Result& result);

private:
    struct Game {
        float points, minutes;
        float field_goals_made, field_goals_attempted, threes_made, threes_attempted,
            free_throws_attempted;
    };
    struct Player {
        RecentGames<Game, 20> games;
        Season season;
        Moments season_points;
        double season_minutes = 0;
        DecayedSum points, minutes;
        DecayedSum points_long, minutes_long;
        DecayedSum field_goals_attempted, threes_attempted, free_throws_attempted,
            minutes_with_attempts;
        DecayedSum free_throws_made_long, free_throws_attempted_long;
    };
    ByIndex<Player> players_;
};

}  // namespace tipoff::features
