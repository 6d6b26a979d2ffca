#pragma once
/// Forecasts after their games, settled as the books do.
///
/// A box row means that he entered, also for seconds: the bet stands and overtime counts. A
/// finished game without a row of his is VOID_DID_NOT_PLAY, a postponed one VOID_POSTPONED. A game
/// that is not over, or whose box score is not on record, has no grade. The first
/// statement of a box row is how the bet was settled; a later one that says otherwise of the market
/// or of his minutes stands beside it as a further revision.

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include "conform/summaries.h"
#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "grade/history.h"

namespace tipoff::grade {

/// What happened, ready to be looked up. Holds pointers into the summaries.
class Outcomes {
public:
    explicit Outcomes(const conform::Summaries& summaries);

    /// Every statement of the player's box row, the oldest first; empty when he has none.
    [[nodiscard]] std::span<const conform::PlayerGame> box(GameId game, PlayerId player) const;
    [[nodiscard]] const conform::Game* game(GameId game) const;
    [[nodiscard]] const History& history() const { return history_; }

private:
    struct KeyHash {
        std::size_t operator()(const std::pair<GameId, PlayerId>& key) const {
            return std::hash<std::int64_t>{}(key.first.value * 1'000'003 + key.second.value);
        }
    };
    std::unordered_map<GameId, const conform::Game*> games_;
    std::unordered_map<std::pair<GameId, PlayerId>, std::span<const conform::PlayerGame>, KeyHash>
        boxes_;
    History history_;
};

/// Whether two rows are grades of one forecast: they differ in their revision at most.
[[nodiscard]] bool is_same_forecast(const Accuracy& a, const Accuracy& b);

/// The grades of predictions whose games are over, in their order; `rows[i]` is the feature row of
/// prediction i * (predictions / rows). `picks` are what they said of the market's lines, in the
/// order of the rows: they tell who had a line. The same bits on any number of threads.
[[nodiscard]] std::vector<Accuracy> settle(std::span<const features::FeatureStoreRow> rows,
                                           std::span<const forecast::Prediction> predictions,
                                           std::span<const forecast::Pick> picks,
                                           const Outcomes& outcomes, std::size_t threads);

/// The grades of forecasts as they are stored, of any origin and market, in their order. `picks`
/// are what was said of their lines. A forecast that looks from later than the game's tip-off,
/// which came forward since, is none of before the game and has no grade.
[[nodiscard]] std::vector<Accuracy> settle_stored(std::span<const forecast::Prediction> predictions,
                                                  std::span<const forecast::Pick> picks,
                                                  const Outcomes& outcomes);

/// The graded forecasts by date, system, population and season type, each as newest revised; the
/// revisions of a forecast stand side by side, the oldest first. Of several forecasts of one player
/// game the live one counts, and of those the last: whatever the order, the same bits.
[[nodiscard]] std::vector<SystemPerformance> performance_by_date(std::span<const Accuracy> graded);

}  // namespace tipoff::grade
