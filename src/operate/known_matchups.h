#pragma once
/// Past matchups as they become known, for `similarity_v1`: a game day is remembered when it is
/// forecast and joins the pool once its outcomes are known.

#include <span>
#include <vector>

#include "features/feature_tables.h"
#include "features/fold.h"
#include "forecast/similarity_pool.h"
#include "grade/settle.h"

namespace tipoff::operate {

class KnownMatchups {
public:
    explicit KnownMatchups(features::Admissible admissible) : admissible_(admissible) {}

    /// The played ones of a day's rows, in the order of time.
    void remember(std::span<const features::FeatureStoreRow> rows, const grade::Outcomes& outcomes);

    /// Adds what was known before `as_of`.
    void learn(AsOf as_of);

    [[nodiscard]] const forecast::SimilarityPool& pool() const { return pool_; }

private:
    features::Admissible admissible_;
    std::vector<forecast::PastMatchup> pending_;
    forecast::SimilarityPool pool_;
};

/// What the player did in a played game, by count; NaN where the source does not say.
[[nodiscard]] forecast::CountValues outcomes_of(const conform::PlayerGame& box);

}  // namespace tipoff::operate
