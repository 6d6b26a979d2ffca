#pragma once
/// What a live look says that the one before did not.

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "conform/market.h"
#include "forecast/prediction_tables.h"
#include "store/database.h"

namespace tipoff::operate {

/// A forecast beside the newest one that was stored before it.
struct MovedForecast {
    std::string player_name;
    forecast::Prediction before;
    forecast::Prediction after;
    int picks_flipped = 0;  ///< recommendations on main lines that are other ones now
};

struct LiveChanges {
    /// Games and markets of which anything differs: a forecast, a line's price, what is said of it,
    /// who is expected.
    std::set<std::pair<GameId, std::string>> changed;
    /// Games and markets that are as they were.
    std::int64_t unchanged = 0;
    /// Those with an earlier forecast of which the distribution, the chance to play or a pick is
    /// another now.
    std::vector<MovedForecast> moved;

    [[nodiscard]] bool contains(const forecast::Prediction& row) const {
        return changed.contains({row.game_id, row.market});
    }
    [[nodiscard]] bool contains(const forecast::Pick& row) const {
        return changed.contains({row.game_id, row.market});
    }
};

/// Compares game by game and market by market with the newest live rows of the dates that are
/// stored: everything but the instant and the run. A game without any has changed.
Expected<LiveChanges> live_changes(store::Database& database, const store::DateScope& dates,
                                   const std::vector<forecast::Prediction>& predictions,
                                   const std::vector<forecast::Pick>& picks);

}  // namespace tipoff::operate
