#include "operate/known_matchups.h"

#include <limits>

#include "conform/market.h"
#include "forecast/similarity.h"

namespace tipoff::operate {

forecast::CountValues outcomes_of(const conform::PlayerGame& box) {
    forecast::CountValues values{};
    for (const Market count : kCountMarkets) {
        const auto outcome = outcome_of(box, count);
        values[index_of(count)] =
            outcome ? static_cast<float>(*outcome) : std::numeric_limits<float>::quiet_NaN();
    }
    return values;
}

void KnownMatchups::remember(std::span<const features::FeatureStoreRow> rows,
                             const grade::Outcomes& outcomes) {
    for (const features::FeatureStoreRow& row : rows) {
        const auto boxes = outcomes.box(row.game_id, row.player_id);
        if (boxes.empty() || boxes.front().minutes <= 0) continue;
        const forecast::MatchupFeatures features(row.features);
        pending_.push_back(
            forecast::past_matchup(features, forecast::forms_of(features), boxes.front().known_at,
                                   outcomes_of(boxes.front()), forecast::SimilarityParameters{}));
    }
}

void KnownMatchups::learn(AsOf as_of) {
    std::vector<forecast::PastMatchup> known;
    std::erase_if(pending_, [&](const forecast::PastMatchup& past) {
        if (!admissible_(past.known_at, as_of)) return false;
        known.push_back(past);
        return true;
    });
    pool_.add(known);
}

}  // namespace tipoff::operate
