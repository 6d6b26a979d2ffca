#include "operate/walk_forward.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "features/feature_list.h"
#include "forecast/moving_average.h"
#include "forecast/similarity.h"

namespace tipoff::operate {
namespace {

/// The last part of the games that the number of rounds is chosen on, once.
constexpr double kValidationShare = 0.15;

/// Days before the first date need grades, not the freshest trees.
constexpr int kWarmUpRetrainDays = 90;

/// About a season of player games: what corrects and combines the systems.
constexpr std::size_t kMostGraded = 26'000;

const forecast::Forecast* xgboost_of(const forecast::GradedMembers& graded) {
    const auto& member = graded.members[static_cast<std::size_t>(forecast::Member::kXgboost)];
    return member ? &*member : nullptr;
}

}  // namespace

WalkForward::WalkForward(const Facts& facts, const grade::Outcomes& outcomes,
                         features::Admissible admissible)
    : facts_(facts),
      outcomes_(outcomes),
      admissible_(admissible),
      contexts_(facts.summaries(), facts.raw(), {.as_of = {}, .admissible = admissible}),
      fold_(facts.timeline(), admissible) {}

std::vector<features::FeatureStoreRow> WalkForward::rows_of(GameDate date,
                                                            std::span<const conform::Game> games) {
    conform::Contexts day;
    for (const conform::Game& game : games)
        contexts_.emit(game, day);
    std::ranges::sort(day.players, [](const auto& a, const auto& b) {
        return std::tie(a.game_id, a.team_id, a.player_id) <
               std::tie(b.game_id, b.team_id, b.player_id);
    });
    return fold_.emit_day(date, day.teams, day.players).players;
}

void WalkForward::learn_what_is_known(AsOf as_of) {
    std::vector<forecast::PastMatchup> past;
    const auto known = [&](const Pending& game) { return admissible_(game.known_at, as_of); };
    for (const Pending& game : pending_) {
        if (!known(game)) continue;
        features_.insert(features_.end(), game.features.begin(), game.features.end());
        points_.push_back(static_cast<float>(game.outcome));
        past.push_back(game.past);
        if (game.graded) {
            graded_.push_back({*game.graded, game.mean_factor, game.sd_factor});
            if (graded_.size() > kMostGraded) graded_.pop_front();
        }
    }
    std::erase_if(pending_, known);
    pool_.add(past);
}

void WalkForward::remember(std::span<const features::FeatureStoreRow> rows,
                           const forecast::SystemForecasts* forecasts) {
    const forecast::MovingAverageParameters form_parameters{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const features::FeatureStoreRow& row = rows[i];
        const auto boxes = outcomes_.box(row.game_id, row.player_id);
        if (boxes.empty() || boxes.front().minutes <= 0) continue;
        const forecast::MatchupFeatures features(row.features);
        const forecast::Forecast form = forecast::moving_average(features, form_parameters);
        Pending& game = pending_.emplace_back();
        game.known_at = boxes.front().known_at;
        game.features = row.features;
        game.outcome = boxes.front().points;
        game.past = forecast::past_matchup(features, form, game.known_at, game.outcome,
                                           forecast::SimilarityParameters{});
        if (forecasts == nullptr || !trained_) continue;
        game.graded = {forecast::members_of(*forecasts, i), game.outcome};
        game.mean_factor = trained_->calibration.mean_factor;
        game.sd_factor = trained_->calibration.sd_factor[forecast::minutes_tier(form.minutes)];
    }
}

/// The graded members as they would have been with the trees calibrated as they are now: the
/// ensemble is not to correct what the trees have corrected since.
forecast::GradedMembers WalkForward::recalibrated(const GradedForecast& graded,
                                                  const forecast::TreesCalibration& calibration) {
    forecast::GradedMembers members = graded.members;
    auto& made = members.members[static_cast<std::size_t>(forecast::Member::kXgboost)];
    if (!made) return members;
    made->mean *= calibration.mean_factor / graded.mean_factor;
    made->sd *= calibration.sd_factor[forecast::minutes_tier(made->minutes)] / graded.sd_factor;
    return members;
}

/// The trees' own forecasts, before their correction, against what came of them.
forecast::TreesCalibration WalkForward::calibrate_trees() const {
    forecast::TreesCalibration calibration;
    double said = 0;
    double came = 0;
    const std::size_t first = graded_.size() - std::min(graded_.size(), forecast::kBiasWindow);
    for (std::size_t i = first; i < graded_.size(); ++i) {
        const forecast::Forecast* made = xgboost_of(graded_[i].members);
        if (made == nullptr) continue;
        said += made->mean / graded_[i].mean_factor;
        came += graded_[i].members.outcome;
    }
    if (said <= 0) return calibration;
    calibration.mean_factor = came / said;

    std::array<std::vector<forecast::Forecast>, forecast::kMinutesTiers> forecasts;
    std::array<std::vector<int>, forecast::kMinutesTiers> outcomes;
    for (const GradedForecast& graded : graded_) {
        const forecast::Forecast* made = xgboost_of(graded.members);
        if (made == nullptr) continue;
        forecast::Forecast plain = *made;
        plain.mean *= calibration.mean_factor / graded.mean_factor;
        plain.sd /= graded.sd_factor;
        const std::size_t tier = forecast::minutes_tier(plain.minutes);
        forecasts[tier].push_back(plain);
        outcomes[tier].push_back(graded.members.outcome);
    }
    for (std::size_t tier = 0; tier < forecast::kMinutesTiers; ++tier) {
        calibration.sd_factor[tier] =
            forecast::calibrated_sd_factor(forecasts[tier], outcomes[tier]);
    }
    return calibration;
}

Status WalkForward::retrain(const WalkForwardRequest& request) {
    const forecast::FeatureMatrix matrix{features_, features::kFeatureCount};
    if (matrix.rows() < request.fewest_games) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{} player games are known before {}, too few to train on",
                                matrix.rows(), to_string(request.dates.from)),
                    "import earlier seasons, or begin later");
    }
    forecast::TreeParameters trees = request.trees;
    trees.threads = request.threads;
    if (rounds_ == 0) {
        const auto from =
            static_cast<std::size_t>((1 - kValidationShare) * static_cast<double>(matrix.rows()));
        TIPOFF_TRY(rounds_, forecast::BoostedTrees::best_rounds(matrix, points_, from, trees));
    }
    TIPOFF_TRY(forecast::BoostedTrees trained,
               forecast::BoostedTrees::train(matrix, points_, rounds_, trees));
    const forecast::TreesCalibration calibration = calibrate_trees();
    std::vector<forecast::GradedMembers> graded;
    graded.reserve(graded_.size());
    for (const GradedForecast& one : graded_)
        graded.push_back(recalibrated(one, calibration));
    trained_.emplace(std::move(trained), calibration, forecast::fit_ensemble(graded));
    ++trainings_;
    return {};
}

Status WalkForward::run(const WalkForwardRequest& request, const ForecastDay& forecast_day) {
    const std::span<const conform::Game> games = facts_.summaries().games;
    const GameDate warm_up = request.dates.from.plus_days(-request.warm_up_days);
    std::optional<GameDate> next_training;
    for (std::size_t first = 0; first < games.size();) {
        const GameDate date = games[first].game_date;
        if (date > request.dates.to) break;
        std::size_t end = first;
        while (end < games.size() && games[end].game_date == date)
            ++end;
        const auto rows = rows_of(date, games.subspan(first, end - first));
        first = end;
        if (rows.empty()) continue;
        learn_what_is_known(std::ranges::min(rows, {}, &features::FeatureStoreRow::as_of).as_of);

        const bool wanted = date >= request.dates.from;
        const bool enough = points_.size() >= request.fewest_games;
        if ((date < warm_up || !enough) && !wanted) {
            remember(rows, nullptr);
            continue;
        }
        if (!next_training || date >= *next_training) {
            TIPOFF_CHECK(retrain(request));
            const int days =
                wanted ? request.retrain_days : std::max(request.retrain_days, kWarmUpRetrainDays);
            next_training = date.plus_days(days);
        }
        const auto forecasts =
            forecast::forecast_all(rows, {.pool = &pool_, .trained = &*trained_}, request.threads);
        remember(rows, &forecasts);
        if (wanted) forecast_day(date, rows, forecasts);
    }
    return {};
}

std::optional<grade::FeatureCorrelation> WalkForward::strongest_feature() const {
    std::vector<grade::FeatureCorrelation> correlations;
    std::vector<float> column(points_.size());
    for (std::size_t f = 0; f < features::kFeatureCount; ++f) {
        for (std::size_t row = 0; row < points_.size(); ++row)
            column[row] = features_[row * features::kFeatureCount + f];
        const grade::FeatureColumn one{features::kFeatures[f].name, column};
        std::ranges::move(grade::feature_outcome_correlations({&one, 1}, points_),
                          std::back_inserter(correlations));
    }
    return grade::strongest_correlation(correlations);
}

}  // namespace tipoff::operate
