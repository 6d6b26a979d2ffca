#pragma once
/// The sportsbooks' lines on players, ready to be looked up as they stood at an instant.

#include <optional>
#include <span>
#include <vector>

#include "collect/raw_tables.h"
#include "conform/market.h"
#include "features/feature_tables.h"
#include "features/fold.h"
#include "forecast/line_blend.h"

namespace tipoff::operate {

/// Holds pointers to the lines. Lines taken in play and markets that nobody forecasts are left out.
class PlayerLines {
public:
    PlayerLines(std::span<const collect::PropLine> lines, features::Admissible admissible);

    /// All of them, by player, book, snapshot and line.
    [[nodiscard]] std::span<const collect::PropLine* const> of_game(Market market,
                                                                    GameId game) const;

    /// The lines of each book's last snapshot that was known before the as-of; by book and line.
    [[nodiscard]] std::vector<const collect::PropLine*> last_snapshots(Market market, GameId game,
                                                                       PlayerId player,
                                                                       AsOf as_of) const;

    /// The median of the books' main lines (the lower on a tie), and the chance that the prices of
    /// those books imply on average, the vig taken out in proportion.
    [[nodiscard]] std::optional<forecast::KnownLine> known_line(Market market, GameId game,
                                                                PlayerId player, AsOf as_of) const;

    /// What stood for each row and market. The rows of a game stand together.
    [[nodiscard]] forecast::OffersOfMarkets offers(std::span<const features::FeatureStoreRow> rows,
                                                   std::span<const Market> markets) const;

private:
    [[nodiscard]] int players_with_lines(Market market, GameId game, AsOf as_of) const;

    features::Admissible admissible_;
    std::array<std::vector<const collect::PropLine*>, kMarkets.size()> by_market_;
};

/// The book's main line among lines of its last snapshot; null where it has none.
[[nodiscard]] const collect::PropLine* main_line_of(
    std::span<const collect::PropLine* const> last_snapshots, std::string_view book);

}  // namespace tipoff::operate
