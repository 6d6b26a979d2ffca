#pragma once
/// A league's facts through contexts and fold, day by day, as the program walks them.

#include <map>
#include <utility>

#include "conform/raw_facts.h"
#include "features/fold.h"

namespace tipoff::features {

using FoldedRows = std::map<std::pair<GameId, PlayerId>, FeatureStoreRow>;

/// The rows of the days from `from` to `to`.
[[nodiscard]] FoldedRows folded(const conform::RawFacts& facts, GameDate from, GameDate to,
                                Admissible admissible = is_admissible);

}  // namespace tipoff::features
