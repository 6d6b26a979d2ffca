#pragma once
/// Forecasts walk forward in time: every game day is forecast by systems that were fitted on the
/// days before it, and refitted on the way.
///
/// Fitting sees an outcome only once it was known before the day that is forecast. What corrects
/// and combines the systems (bias, spread, weights of the ensemble) is fitted on forecasts that
/// were made before their games, in this very walk.

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "conform/context.h"
#include "conform/notes.h"
#include "features/fold.h"
#include "forecast/predict.h"
#include "forecast/trained_count.h"
#include "grade/leak_alarms.h"
#include "grade/settle.h"
#include "operate/facts.h"
#include "operate/known_matchups.h"
#include "operate/player_lines.h"
#include "store/database.h"

namespace tipoff::operate {

struct WalkForwardRequest {
    store::DateScope dates;  ///< whose forecasts are handed out
    std::vector<Market> markets{Market::kPoints};
    int retrain_days = 30;
    /// Days before the first date that are forecast as well, so that there are grades to correct
    /// and combine by.
    int warm_up_days = 380;
    /// Player games to train on at the least: trees need some months of them before they say more
    /// than the formulas.
    std::size_t fewest_games = 5000;
    /// Whether `ensemble_v1` is handed out with the sportsbooks' lines. They are learnt from in any
    /// case.
    bool with_lines = true;
    forecast::TreeParameters trees;
    std::size_t threads = 2;

    /// Asked before each date and each fit: an error ends the walk.
    std::function<Status()> goes_on = [] { return Status{}; };
};

/// A game day with the forecasts that were made for it, a market after the other.
using ForecastDay = std::function<void(GameDate, std::span<const features::FeatureStoreRow>,
                                       std::span<const forecast::SystemForecasts>)>;

/// What was said of a count of a played game, and what came of it.
struct GradedCount {
    forecast::GradedMembers members;
    double mean_factor = 1;  ///< of the trees' calibration when the forecast was made
    double sd_factor = 1;
};
struct GradedGame {
    std::array<std::optional<GradedCount>, kCounts> counts;
    std::array<forecast::Offer, kMarkets.size()> offers{};
};

class WalkForward {
public:
    /// `outcomes` are of the facts' summaries.
    WalkForward(const Facts& facts, const grade::Outcomes& outcomes,
                features::Admissible admissible = is_admissible);

    /// Errors are those of training; `kInvalidInput` when there are too few games before the first
    /// date to train on.
    Status run(const WalkForwardRequest& request, const ForecastDay& forecast_day);

    /// Fits on every game up to the last date that was walked. After `run`, with the same request.
    Expected<forecast::TrainedCounts> fit(const WalkForwardRequest& request);

    [[nodiscard]] const PlayerLines& lines() const { return lines_; }

    /// The past matchups that the last day that was walked was compared with.
    [[nodiscard]] const forecast::SimilarityPool& pool() const { return matchups_.pool(); }

    /// The strongest correlation of a feature with the market's outcome, over the games learnt
    /// from.
    [[nodiscard]] std::optional<grade::FeatureCorrelation> strongest_feature(Market market) const;

    /// Player games learnt from, and the date of the first of them: as of the last training those
    /// of the four years before it.
    [[nodiscard]] std::size_t games_learnt() const { return dates_learnt_.size(); }
    [[nodiscard]] std::optional<GameDate> first_date() const {
        return dates_learnt_.empty() ? std::nullopt : std::optional(dates_learnt_.front());
    }

    [[nodiscard]] int trainings() const { return trainings_; }

private:
    /// A played game whose outcome is not known yet to who forecasts.
    struct Pending {
        KnownAt known_at;
        GameDate date;
        forecast::TreeInputs inputs{};  ///< with the minutes that were forecast
        float minutes = 0;
        float formula_minutes = 0;
        forecast::CountValues outcomes{};
        forecast::CountValues expected{};  ///< by the moving averages
        std::optional<GradedGame> graded;
    };

    std::vector<features::FeatureStoreRow> rows_of(GameDate date,
                                                   std::span<const conform::Game> games);
    void learn_what_is_known(AsOf as_of);
    /// `of_counts` are the forecasts of each count that was forecast.
    void remember(std::span<const features::FeatureStoreRow> rows,
                  std::span<const forecast::SystemForecasts> of_counts,
                  const forecast::OffersOfMarkets& offers);
    /// By count; null where it was not trained.
    using NewlyTrained = std::array<std::shared_ptr<forecast::TrainedCount>, kCounts>;
    /// The blend of a market whose counts were all trained.
    [[nodiscard]] forecast::LineBlend fit_line(Market market, const NewlyTrained& trained) const;
    /// Lets go of what trees of `date` do not learn from, and weighs the rest.
    void look_back_from(GameDate date);
    /// Before `date`.
    Status retrain(const WalkForwardRequest& request, GameDate date);
    struct Rounds {
        int rounds = 0;
        std::size_t games = 0;  ///< learnt from when they were chosen
    };
    struct RoundsOfCount {
        Rounds factor;
        Rounds difference;
    };
    [[nodiscard]] forecast::FeatureMatrix inputs() const {
        return {inputs_, forecast::kTreeInputs};
    }
    /// The rounds for these trees, chosen on the newest games when they are first trained and
    /// whenever the games have doubled since.
    Expected<int> rounds_for(Rounds& chosen, const forecast::ExpectedOutcomes& outcomes,
                             const forecast::TreeParameters& parameters) const;
    Status train_minutes(forecast::TreeParameters parameters);
    Expected<forecast::BoostedTrees> train_trees(Rounds& rounds, const forecast::TrainingSet& games,
                                                 const forecast::ExpectedOutcomes& outcomes,
                                                 const forecast::TreeParameters& parameters) const;
    Expected<forecast::TrainedCount> train_count(Market count, const forecast::TrainingSet& games,
                                                 forecast::TreeParameters parameters);
    [[nodiscard]] forecast::TreesCalibration calibrate_trees(Market count) const;
    [[nodiscard]] static forecast::GradedMembers recalibrated(
        const GradedCount& graded, const forecast::TreesCalibration& calibration);

    const Facts& facts_;
    const grade::Outcomes& outcomes_;
    features::Admissible admissible_;
    conform::ContextFold contexts_;
    features::FeatureFold fold_;

    std::vector<Pending> pending_;
    KnownMatchups matchups_;
    PlayerLines lines_;
    conform::Notes notes_;
    /// Of the games learnt from, row after row. The minutes in them were forecast without the game.
    std::vector<float> inputs_;
    std::vector<GameDate> dates_learnt_;
    std::vector<float> weights_learnt_;  ///< as of the last training
    std::vector<float> minutes_learnt_;
    std::vector<float> formula_minutes_learnt_;
    std::array<std::vector<float>, kCounts> outcomes_learnt_;
    std::array<std::vector<float>, kCounts> expected_learnt_;
    std::deque<GradedGame> graded_;  ///< the newest, up to a season's
    forecast::TrainedCounts trained_;
    std::shared_ptr<const forecast::BoostedTrees> minutes_trees_;
    std::optional<GameDate> next_minutes_training_;
    Rounds minutes_rounds_;
    std::array<RoundsOfCount, kCounts> rounds_{};
    int trainings_ = 0;
};

}  // namespace tipoff::operate
