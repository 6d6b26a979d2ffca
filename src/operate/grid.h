#pragma once
/// The expected grid of a range of dates: each expected player predicted, or with one reason why
/// not.

#include <span>
#include <vector>

#include "conform/context.h"
#include "conform/market.h"
#include "features/feature_tables.h"
#include "ledger/ops_tables.h"

namespace tipoff::operate {

/// A row of the market for every expected player of every game: predicted for those with a feature
/// row, which is forecast however little is known, and a gap for those whom a book quotes and
/// nothing but a roster could place.
[[nodiscard]] std::vector<ledger::ExpectationRow> expected_grid(
    Market market, std::span<const features::FeatureStoreRow> rows,
    std::span<const conform::UnplacedPlayer> unplaced);

}  // namespace tipoff::operate
