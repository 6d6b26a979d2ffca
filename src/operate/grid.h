#pragma once
/// The expected grid of a range of dates: each expected player predicted, or with one reason why
/// not.

#include <span>
#include <vector>

#include "conform/context.h"
#include "features/feature_tables.h"
#include "ledger/ops_tables.h"

namespace tipoff::operate {

/// A row a market for every expected player of every game: predicted for those with a feature row,
/// which all systems forecast however little is known, and a gap for those whom a book quotes and
/// nothing but a roster could place.
[[nodiscard]] std::vector<ledger::ExpectationRow> expected_grid(
    std::span<const features::FeatureStoreRow> rows,
    std::span<const conform::UnplacedPlayer> unplaced);

}  // namespace tipoff::operate
