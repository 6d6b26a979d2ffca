#pragma once
/// How many rebounds, assists and threes a player has been getting: means a game and rates a
/// minute.
///
/// Games in which he played a few seconds (minutes 0) are left out. A game whose source has no
/// threes (or offensive rebounds) leaves theirs out, its minutes with it. A player takes his
/// numbers along to another team.

#include <array>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class BoxForm {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"rebounds_mean_season", "rebounds", 0, 40, "Rebounds a game this season.",
                    "player games", "no game this season"},
        FeatureSpec{"rebounds_mean_ewm", "rebounds", 0, 40, "Rebounds a game, half-life 10 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"rebounds_mean_last_10", "rebounds", 0, 40, "Rebounds a game, last 10.",
                    "player games", "no game played yet"},
        FeatureSpec{"rebounds_mean_last_20", "rebounds", 0, 40, "Rebounds a game, last 20.",
                    "player games", "no game played yet"},
        FeatureSpec{"rebounds_per_minute_ewm", "rebounds/minute", 0, 6,
                    "Rebounds over minutes, half-life 10 games.", "player games",
                    "no game played yet"},
        FeatureSpec{"rebounds_per_minute_ewm_long", "rebounds/minute", 0, 6,
                    "Rebounds over minutes, half-life 40 games.", "player games",
                    "no game played yet"},
        FeatureSpec{"assists_mean_season", "assists", 0, 35, "Assists a game this season.",
                    "player games", "no game this season"},
        FeatureSpec{"assists_mean_ewm", "assists", 0, 35, "Assists a game, half-life 10 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"assists_mean_last_10", "assists", 0, 35, "Assists a game, last 10.",
                    "player games", "no game played yet"},
        FeatureSpec{"assists_mean_last_20", "assists", 0, 35, "Assists a game, last 20.",
                    "player games", "no game played yet"},
        FeatureSpec{"assists_per_minute_ewm", "assists/minute", 0, 6,
                    "Assists over minutes, half-life 10 games.", "player games",
                    "no game played yet"},
        FeatureSpec{"assists_per_minute_ewm_long", "assists/minute", 0, 6,
                    "Assists over minutes, half-life 40 games.", "player games",
                    "no game played yet"},
        FeatureSpec{"threes_mean_season", "threes", 0, 20,
                    "Three-pointers made a game this season.", "player games",
                    "no game with threes on record this season"},
        FeatureSpec{"threes_mean_ewm", "threes", 0, 20,
                    "Three-pointers made a game, half-life 10 games.", "player games",
                    "no game with threes on record"},
        FeatureSpec{"threes_mean_last_10", "threes", 0, 20, "Three-pointers made a game, last 10.",
                    "player games", "no threes on record in the last 10 games"},
        FeatureSpec{"threes_mean_last_20", "threes", 0, 20, "Three-pointers made a game, last 20.",
                    "player games", "no threes on record in the last 20 games"},
        FeatureSpec{"threes_per_minute_ewm", "threes/minute", 0, 6,
                    "Three-pointers made over minutes, half-life 10 games.", "player games",
                    "no game with threes on record"},
        FeatureSpec{"threes_per_minute_ewm_long", "threes/minute", 0, 6,
                    "Three-pointers made over minutes, half-life 40 games.", "player games",
                    "no game with threes on record"},
        FeatureSpec{"offensive_rebounds_per_minute_ewm_long", "rebounds/minute", 0, 6,
                    "Offensive rebounds over minutes, half-life 40 games.", "player games",
                    "no game with them on record"},
        FeatureSpec{"three_pointers_attempted_per_minute_ewm", "attempts/minute", 0, 6,
                    "Three-point attempts over minutes, half-life 10 games.", "player games",
                    "no game with attempts on record"},
        FeatureSpec{"three_point_pct_long", "share", 0, 1,
                    "Threes made over attempted, half-life 60 games, not shrunk.", "player games",
                    "no three-point attempt on record"},
    };

    void emit(const Matchup& matchup, FamilyRow<BoxForm>& row) const;
    void observe(const Result& result);

private:
    static constexpr std::size_t kCounts = 3;  ///< rebounds, assists, threes

    /// A count and the minutes in which it came together, both fading.
    struct Rate {
        DecayedSum count;
        DecayedSum minutes;

        void add(double value, double played, double decay) {
            count.add(value, decay);
            minutes.add(played, decay);
        }
        [[nodiscard]] double a_minute() const { return ratio(count.sum, minutes.sum); }
    };
    struct Player {
        RecentGames<std::array<float, kCounts>, 20> games;
        Season season;
        std::array<Moments, kCounts> this_season;
        std::array<Rate, kCounts> short_rates;
        std::array<Rate, kCounts> long_rates;
        Rate offensive_rebounds, threes_attempted;
        DecayedSum threes_made_long, threes_attempted_long;
    };
    ByIndex<Player> players_;
};

}  // namespace tipoff::features
