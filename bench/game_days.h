#pragma once
/// The feature rows of a home's game dates, one date after the other.

#include <optional>
#include <span>
#include <vector>

#include "conform/context.h"
#include "features/fold.h"
#include "operate/facts.h"

namespace tipoff::bench {

struct GameDay {
    GameDate date{};
    std::span<const conform::Game> games;
    std::vector<features::FeatureStoreRow> rows;  ///< of the expected players
};

/// The facts must outlive it.
class GameDays {
public:
    explicit GameDays(const operate::Facts& facts);

    /// Oldest first; nothing after the last.
    std::optional<GameDay> next();

private:
    std::span<const conform::Game> games_;  ///< still to come
    conform::ContextFold contexts_;
    features::FeatureFold fold_;
};

}  // namespace tipoff::bench
