#pragma once
/// The expected grid of a range of dates: each expected player predicted, or with one reason why
/// not.

#include <map>
#include <span>
#include <vector>

#include "conform/context.h"
#include "conform/market.h"
#include "features/feature_tables.h"
#include "ledger/ops_tables.h"
#include "operate/gap_reason.h"

namespace tipoff::operate {

/// A row of the market for every expected player of every game: predicted for those with a feature
/// row, which is forecast however little is known, and a gap for those whom a book quotes and
/// nothing but a roster could place.
/// `left_out`, by player: has a feature row and was not forecast all the same.
[[nodiscard]] std::vector<ledger::ExpectationRow> expected_grid(
    Market market, std::span<const features::FeatureStoreRow> rows,
    std::span<const conform::UnplacedPlayer> unplaced,
    const std::map<PlayerId, ReasonAndDetail>& left_out = {});

}  // namespace tipoff::operate
