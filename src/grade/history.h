#pragma once
/// What stood before a player's game: counts and plain means of his earlier games.
///
/// It serves populations, tiers and references, not forecasts, and is therefore kept apart from the
/// features. Games of one date never see each other. An earlier game counts when it has minutes
/// above 0 and is of the regular season or the playoffs; play-in games and the Cup final, which the
/// league's own statistics leave out too, do not.

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "conform/analytics_tables.h"
#include "conform/market.h"
#include "grade/grade_tables.h"

namespace tipoff::grade {

/// Values of the markets, by `Market`.
using MarketValues = std::array<double, kMarkets.size()>;

[[nodiscard]] constexpr MarketValues unknown_values() {
    MarketValues values{};
    values.fill(kNone);
    return values;
}

struct Before {
    std::int32_t prior_games = 0;   ///< in any season on record
    std::int32_t season_games = 0;  ///< those of the season of the game
    double last_10_minutes = kNone;
    /// Means of the last ten counted games, of fewer where there are fewer; games whose source does
    /// not have the statistic are left out of its mean. NaN where nothing is known.
    MarketValues last_10 = unknown_values();
    /// The same over all counted games of the season.
    MarketValues season_mean = unknown_values();
};

/// Sums of whole numbers by player, so that the order of the rows cannot show.
class History {
public:
    /// Takes every statement of a player game and uses the newest; the rows need not be sorted.
    /// Two statements of one revision are a broken invariant.
    explicit History(std::span<const conform::PlayerGame> player_games);

    /// What stood before the player's game of `date` in `season`; zeros and NaN for a player never
    /// seen.
    [[nodiscard]] Before before(PlayerId player, GameDate date, Season season) const;

private:
    struct Sums {
        std::int32_t minutes = 0;
        std::array<std::int32_t, kMarkets.size()> values{};
        std::array<std::int32_t, kMarkets.size()> known{};  ///< games with the statistic
    };
    struct Counted {
        GameDate date{};
        Season season;
        std::uint32_t season_first = 0;  ///< place of the season's first game among the player's
        Sums through;                    ///< over his games up to this one
    };
    struct Range {
        std::size_t begin = 0;
        std::size_t size = 0;
    };

    void append(std::span<const conform::PlayerGame* const> games_of_player);
    static MarketValues means(const Sums& from, const Sums& to);

    std::vector<Counted> games_;  ///< by player, each player's in order of date
    std::unordered_map<PlayerId, Range> players_;
};

}  // namespace tipoff::grade
