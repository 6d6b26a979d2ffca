#pragma once
/// What the books offered on one market, by game and player.

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "conform/lines.h"
#include "conform/market.h"
#include "store/database.h"

namespace tipoff::grade {

/// One line of one book at one moment.
struct MarketQuote {
    GameId game_id;
    PlayerId player_id;
    std::string book;
    double line_value = 0;
    Instant snapshot{};
    std::optional<std::int32_t> over_price;  ///< American odds
    std::optional<std::int32_t> under_price;
    KnownAt known_at{};
    bool is_undated = false;  ///< the source has no clock: the snapshot is assumed
    Instant tip_off{};        ///< of the game
};

/// A book's main line, and when it stood.
struct BookLine {
    double line_value = 0;
    Instant snapshot{};
    double p_over = 0;  ///< that its prices imply, the vig taken out in proportion; NaN without two
};

/// Holds what was known before tip-off and was not taken in play.
class MarketLines {
public:
    /// Quotes that became known at tip-off or later are dropped.
    explicit MarketLines(std::vector<MarketQuote> quotes);

    /// The quotes on the market of the games of the dates.
    [[nodiscard]] static Expected<MarketLines> read(store::Database& database,
                                                    const store::DateScope& dates, Market market);

    /// The median of the books' main lines as they last stood before tip-off.
    [[nodiscard]] std::optional<conform::Consensus> consensus(GameId game, PlayerId player) const;

    /// The book's main line in its last snapshot that was known before `as_of`.
    [[nodiscard]] std::optional<BookLine> line_at(GameId game, PlayerId player,
                                                  std::string_view book, AsOf as_of) const;

    /// The book's main line in its last snapshot, where that stands within 30 minutes of tip-off
    /// and has a clock.
    [[nodiscard]] std::optional<BookLine> closing_line(GameId game, PlayerId player,
                                                       std::string_view book) const;

private:
    [[nodiscard]] std::span<const MarketQuote> of_player(GameId game, PlayerId player) const;
    [[nodiscard]] std::span<const MarketQuote> of_book(GameId game, PlayerId player,
                                                       std::string_view book) const;

    std::vector<MarketQuote> quotes_;  ///< by game, player, book, snapshot and line
};

}  // namespace tipoff::grade
