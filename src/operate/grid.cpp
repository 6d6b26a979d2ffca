#include "operate/grid.h"

#include <algorithm>

#include "forecast/systems.h"
#include "operate/gap_reason.h"

namespace tipoff::operate {
namespace {

/// The markets that some system forecasts, each once.
std::vector<std::string> modelled_markets() {
    std::vector<std::string> markets;
    for (const forecast::System& system : forecast::systems()) {
        if (std::ranges::find(markets, system.market) == markets.end())
            markets.emplace_back(system.market);
    }
    return markets;
}

}  // namespace

std::vector<ledger::ExpectationRow> expected_grid(
    std::span<const features::FeatureStoreRow> rows,
    std::span<const conform::UnplacedPlayer> unplaced) {
    std::vector<ledger::ExpectationRow> grid;
    for (const std::string& market : modelled_markets()) {
        for (const features::FeatureStoreRow& row : rows) {
            grid.push_back({.game_id = row.game_id,
                            .player_id = row.player_id,
                            .market = market,
                            .game_date = row.game_date,
                            .outcome = "predicted",
                            .reason = {},
                            .detail = {},
                            .run_id = {}});
        }
        for (const conform::UnplacedPlayer& player : unplaced) {
            grid.push_back({.game_id = player.game_id,
                            .player_id = player.player_id,
                            .market = market,
                            .game_date = player.game_date,
                            .outcome = "gap",
                            .reason = std::string(to_string(GapReason::kNoRosterSource)),
                            .detail = "a book quotes him; " +
                                      std::string(explanation(GapReason::kNoRosterSource)),
                            .run_id = {}});
        }
    }
    return grid;
}

}  // namespace tipoff::operate
