#pragma once
/// Sportsbooks of the simulated league. They know the latent skills only roughly, learn from the
/// results so far how far their level is off, never see an outcome before it, and charge for it.
///
/// Two books quote each game: an opening line in the morning, a second look in the afternoon and a
/// closing line some minutes before tip-off. Absences that become known late move the closing line,
/// or take a player's lines down.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "league/expectation.h"
#include "league/game.h"
#include "league/random.h"
#include "league/roster.h"
#include "league/schedule.h"

namespace tipoff::league {

enum class Market : std::uint8_t { kPoints, kRebounds, kAssists, kThrees, kPra };
inline constexpr std::size_t kMarkets = 5;

/// "points", "rebounds", "assists", "threes", "pra".
[[nodiscard]] std::string_view to_string(Market market);

/// "simbook_a", "simbook_b".
inline constexpr std::size_t kBooks = 2;
[[nodiscard]] std::string_view book_name(std::size_t book);

struct PropLine {
    std::size_t fixture = 0;
    PlayerIndex player = 0;
    Market market = Market::kPoints;
    std::uint8_t book = 0;
    double line = 0.5;      ///< always on a half
    int over_price = -110;  ///< American odds
    int under_price = -110;
    Instant captured_at{};
};

struct GameLine {
    std::size_t fixture = 0;
    double total = 0.0;
    double home_margin = 0.0;  ///< positive when the home team is the favourite
    int home_price = 0;        ///< moneyline, American odds
    int away_price = 0;
    std::array<int, 2> days_since_last_game{};  ///< home, away
};

/// What is known of a game before tip-off, at two times.
struct GameOutlook {
    std::size_t fixture = 0;
    std::array<SideOutlook, 2> morning;  ///< with those who will be scratched late
    std::array<SideOutlook, 2> final;    ///< with those who play
    std::array<std::vector<PlayerIndex>, 2> morning_players;  ///< who the entries are
    std::array<std::vector<PlayerIndex>, 2> final_players;
    std::array<int, 2> days_since_last_game{};
};

class Bookmaker {
public:
    Bookmaker(std::uint64_t seed, Season season, std::span<const Fixture> fixtures,
              std::size_t players);

    /// The lines of one game, from the results before its day.
    void quote(const GameOutlook& outlook, std::vector<GameLine>& game_lines,
               std::vector<PropLine>& prop_lines);

    /// Learns the level from a game played. To be called after every game of the day has been
    /// quoted.
    void learn(const GameOutlook& outlook, const GameResult& result);

private:
    /// What has been seen and what had been expected, to find how far the level is off.
    struct Level {
        double seen = 0.0;
        double expected = 0.0;
        [[nodiscard]] double ratio() const { return seen / expected; }
    };
    /// One book's look at a game.
    struct Look {
        std::size_t fixture = 0;
        std::size_t book = 0;
        std::size_t snapshot = 0;
        Instant when{};
    };
    using MarketValues = std::array<double, kMarkets>;

    [[nodiscard]] MarketValues levelled(const ExpectedBox& box) const;
    void quote_props(const GameOutlook& outlook, std::vector<PropLine>& prop_lines) const;
    void quote_player(const Look& look, PlayerIndex player, const MarketValues& values,
                      Random& luck, std::vector<PropLine>& prop_lines) const;

    std::uint64_t seed_;
    std::span<const Fixture> fixtures_;
    std::array<Level, kMarkets> levels_;  ///< the last is unused: pra is the sum of the others
    Level team_points_;
    std::vector<MarketValues>
        opinion_;  ///< by player: log of how far the books are wrong about him
};

}  // namespace tipoff::league
