#include "operate/grid.h"

#include <string>

#include "operate/gap_reason.h"

namespace tipoff::operate {
std::vector<ledger::ExpectationRow> expected_grid(
    Market market, std::span<const features::FeatureStoreRow> rows,
    std::span<const conform::UnplacedPlayer> unplaced,
    const std::map<PlayerId, ReasonAndDetail>& left_out) {
    std::vector<ledger::ExpectationRow> grid;
    const auto row_of = [market](const auto& player) {
        ledger::ExpectationRow row;
        row.game_id = player.game_id;
        row.player_id = player.player_id;
        row.market = tipoff::to_string(market);
        row.game_date = player.game_date;
        return row;
    };
    for (const features::FeatureStoreRow& player : rows) {
        ledger::ExpectationRow& row = grid.emplace_back(row_of(player));
        const auto found = left_out.find(player.player_id);
        row.outcome = found == left_out.end() ? "predicted" : "gap";
        if (found == left_out.end()) continue;
        row.reason = to_string(found->second.reason);
        row.detail = found->second.detail;
    }
    for (const conform::UnplacedPlayer& player : unplaced) {
        ledger::ExpectationRow& row = grid.emplace_back(row_of(player));
        row.outcome = "gap";
        row.reason = to_string(GapReason::kNoRosterSource);
        row.detail = "a book quotes him; " + std::string(explanation(GapReason::kNoRosterSource));
    }
    return grid;
}

}  // namespace tipoff::operate
