#include "operate/walk_forward.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "features/feature_list.h"
#include "forecast/playing_time.h"
#include "forecast/similarity.h"
#include "operate/noted_minutes.h"

namespace tipoff::operate {
namespace {

/// The last part of the games that the number of rounds is chosen on, once.
constexpr double kValidationShare = 0.15;

/// Trees of all games may have more rounds than those that were judged on the last part: on 2019-20
/// and 2020-21 140 rounds had a lower CRPS than the 80 or so that early stopping chose.
constexpr double kRoundsOfAllGames = 1.5;

/// Days before the first date need grades, not the freshest trees.
constexpr int kWarmUpRetrainDays = 130;

/// How coaches share out minutes changes slowly.
constexpr int kMinutesRetrainDays = 130;

/// Trees that forecast minutes of the games that the trees of the counts learn from must not have
/// seen those games: stretches of so many days are dealt out to the parts in turn, and each part is
/// forecast by trees of the others.
constexpr int kStretchDays = 30;
constexpr int kStretchParts = 2;

int stretch_part_of(GameDate date) {
    return date.days_since_epoch() / kStretchDays % kStretchParts;
}

/// The league changes: trees learn from the games of the last years, of which each counts for half
/// of one this much newer. On 2019-20 and 2020-21 four years were as good as all, and three were
/// not.
constexpr int kLearntDays = 4 * 365;
constexpr double kHalfLifeDays = 2 * 365;

/// About a season of player games: what corrects and combines the systems.
constexpr std::size_t kMostGraded = 26'000;

/// The markets that add up nothing but these counts: those whose line blend can be fitted.
std::vector<Market> markets_made_of(std::span<const Market> counts) {
    std::vector<Market> markets;
    std::ranges::copy_if(kMarkets, std::back_inserter(markets), [counts](Market market) {
        return std::ranges::all_of(counts_in(market), [counts](Market count) {
            return std::ranges::find(counts, count) != counts.end();
        });
    });
    return markets;
}

/// What was said of the count; null where nothing was.
const GradedCount* graded_in(const GradedGame& game, Market count) {
    const auto& graded = game.counts[index_of(count)];
    return graded ? &*graded : nullptr;
}

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
      fold_(facts.timeline(), admissible),
      matchups_(admissible),
      lines_(facts.raw().prop_lines, admissible),
      notes_(facts.raw().notes, admissible) {
    // Grown by doubling it would take three times the memory for a moment.
    inputs_.reserve(facts.summaries().player_games.size() * forecast::kTreeInputs);
}

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
    const auto known = [&](const Pending& game) { return admissible_(game.known_at, as_of); };
    for (const Pending& game : pending_) {
        if (!known(game)) continue;
        inputs_.insert(inputs_.end(), game.inputs.begin(), game.inputs.end());
        dates_learnt_.push_back(game.date);
        minutes_learnt_.push_back(game.minutes);
        formula_minutes_learnt_.push_back(game.formula_minutes);
        for (std::size_t count = 0; count < kCounts; ++count) {
            outcomes_learnt_[count].push_back(game.outcomes[count]);
            expected_learnt_[count].push_back(game.expected[count]);
        }
        if (!game.graded) continue;
        graded_.push_back(*game.graded);
        if (graded_.size() > kMostGraded) graded_.pop_front();
    }
    std::erase_if(pending_, known);
    matchups_.learn(as_of);
}

void WalkForward::remember(std::span<const features::FeatureStoreRow> rows,
                           std::span<const forecast::SystemForecasts> of_counts,
                           const forecast::OffersOfMarkets& offers) {
    matchups_.remember(rows, outcomes_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const features::FeatureStoreRow& row = rows[i];
        const auto boxes = outcomes_.box(row.game_id, row.player_id);
        if (boxes.empty() || boxes.front().minutes <= 0) continue;
        Pending& game = pending_.emplace_back();
        game.known_at = boxes.front().known_at;
        game.date = row.game_date;
        game.inputs = forecast::tree_inputs(row.features);
        game.minutes = static_cast<float>(boxes.front().minutes);
        game.outcomes = outcomes_of(boxes.front());
        const forecast::Forms forms = forecast::forms_of(forecast::MatchupFeatures(row.features));
        game.formula_minutes = static_cast<float>(forms.front().minutes);
        game.inputs.back() = game.formula_minutes;
        std::ranges::transform(forms, game.expected.begin(), [](const forecast::Forecast& form) {
            return static_cast<float>(form.mean);
        });
        for (const forecast::SystemForecasts& made : of_counts) {
            const std::size_t count = index_of(made.market);
            if (std::isnan(game.outcomes[count]) || trained_[count] == nullptr) continue;
            auto members = forecast::members_of(made, i);
            for (auto& member : members) {
                if (member) member->contributions = {};  // a year of them is much to keep
            }
            const double minutes = forecast::projected_minutes(members);
            game.inputs.back() = static_cast<float>(minutes);
            const forecast::TreesCalibration& calibration = trained_[count]->calibration;
            if (!game.graded) game.graded.emplace();
            game.graded->counts[count] = {
                .members = {members, static_cast<int>(game.outcomes[count])},
                .mean_factor = calibration.mean_factor,
                .sd_factor = calibration.sd_factor[forecast::minutes_tier(minutes)]};
        }
        if (!game.graded) continue;
        for (const Market market : kMarkets) {
            const forecast::Offers& of_market = offers[index_of(market)];
            if (!of_market.empty()) game.graded->offers[index_of(market)] = of_market[i];
        }
    }
}

/// The graded members as they would have been with the trees calibrated as they are now: the
/// ensemble is not to correct what the trees have corrected since.
forecast::GradedMembers WalkForward::recalibrated(const GradedCount& graded,
                                                  const forecast::TreesCalibration& calibration) {
    forecast::GradedMembers members = graded.members;
    auto& made = members.members[static_cast<std::size_t>(forecast::Member::kXgboost)];
    if (!made) return members;
    made->mean *= calibration.mean_factor / graded.mean_factor;
    made->sd *= calibration.sd_factor[forecast::minutes_tier(made->minutes)] / graded.sd_factor;
    return members;
}

/// The trees' own forecasts, before their correction, against what came of them.
forecast::TreesCalibration WalkForward::calibrate_trees(Market count) const {
    forecast::TreesCalibration calibration;
    double said = 0;
    double came = 0;
    const std::size_t first = graded_.size() - std::min(graded_.size(), forecast::kBiasWindow);
    for (std::size_t i = first; i < graded_.size(); ++i) {
        const GradedCount* graded = graded_in(graded_[i], count);
        const forecast::Forecast* made = graded == nullptr ? nullptr : xgboost_of(graded->members);
        if (made == nullptr) continue;
        said += made->mean / graded->mean_factor;
        came += graded->members.outcome;
    }
    if (said <= 0) return calibration;
    calibration.mean_factor = came / said;

    std::array<std::vector<forecast::Forecast>, forecast::kMinutesTiers> forecasts;
    std::array<std::vector<int>, forecast::kMinutesTiers> outcomes;
    for (const GradedGame& game : graded_) {
        const GradedCount* graded = graded_in(game, count);
        const forecast::Forecast* made = graded == nullptr ? nullptr : xgboost_of(graded->members);
        if (made == nullptr) continue;
        forecast::Forecast plain = *made;
        plain.mean =
            forecast::within_range(plain.mean * calibration.mean_factor / graded->mean_factor);
        plain.sd /= graded->sd_factor;
        const std::size_t tier = forecast::minutes_tier(plain.minutes);
        forecasts[tier].push_back(plain);
        outcomes[tier].push_back(graded->members.outcome);
    }
    for (std::size_t tier = 0; tier < forecast::kMinutesTiers; ++tier) {
        calibration.sd_factor[tier] =
            forecast::calibrated_sd_factor(forecasts[tier], outcomes[tier]);
    }
    return calibration;
}

Expected<int> WalkForward::rounds_for(Rounds& chosen, const forecast::ExpectedOutcomes& outcomes,
                                      const forecast::TreeParameters& parameters) const {
    if (games_learnt() >= 2 * chosen.games) {
        const auto from =
            static_cast<std::size_t>((1 - kValidationShare) * static_cast<double>(games_learnt()));
        TIPOFF_TRY(const int best,
                   forecast::BoostedTrees::best_rounds(inputs(), outcomes, from, parameters));
        chosen = {.rounds = static_cast<int>(kRoundsOfAllGames * best), .games = games_learnt()};
    }
    return chosen.rounds;
}

Expected<forecast::BoostedTrees> WalkForward::train_trees(
    Rounds& rounds, const forecast::TrainingSet& games, const forecast::ExpectedOutcomes& outcomes,
    const forecast::TreeParameters& parameters) const {
    TIPOFF_TRY(const int wanted, rounds_for(rounds, outcomes, parameters));
    return forecast::BoostedTrees::train(games, outcomes, wanted, parameters);
}

/// The trees of minutes, and what they say of the games learnt from without having seen them.
Status WalkForward::train_minutes(forecast::TreeParameters parameters) {
    constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
    parameters.loss = forecast::Loss::kPseudoHuber;
    const std::size_t rows = games_learnt();
    const auto forecast_minutes = [this](std::size_t row) -> float& {
        return inputs_[(row + 1) * forecast::kTreeInputs - 1];
    };
    for (std::size_t row = 0; row < rows; ++row)
        forecast_minutes(row) = kUnknown;
    TIPOFF_TRY(const forecast::TrainingSet games,
               forecast::TrainingSet::of(inputs(), parameters.threads));
    const forecast::ExpectedOutcomes all{minutes_learnt_, formula_minutes_learnt_, weights_learnt_};
    TIPOFF_TRY(forecast::BoostedTrees trees, train_trees(minutes_rounds_, games, all, parameters));
    minutes_trees_ = std::make_shared<const forecast::BoostedTrees>(std::move(trees));

    std::vector<float> forecasts(rows);
    for (int part = 0; part < kStretchParts; ++part) {
        std::vector<float> of_others = minutes_learnt_;
        for (std::size_t row = 0; row < rows; ++row) {
            if (stretch_part_of(dates_learnt_[row]) == part) of_others[row] = kUnknown;
        }
        TIPOFF_TRY(const forecast::BoostedTrees unseeing,
                   forecast::BoostedTrees::train(
                       games, {of_others, formula_minutes_learnt_, weights_learnt_},
                       minutes_rounds_.rounds, parameters));
        const std::vector<float> corrections = unseeing.corrections(inputs());
        for (std::size_t row = 0; row < rows; ++row) {
            if (stretch_part_of(dates_learnt_[row]) != part) continue;
            forecasts[row] = static_cast<float>(
                forecast::corrected_minutes(static_cast<double>(formula_minutes_learnt_[row]),
                                            static_cast<double>(corrections[row])));
        }
    }
    for (std::size_t row = 0; row < rows; ++row)
        forecast_minutes(row) = forecasts[row];
    return {};
}

Expected<forecast::TrainedCount> WalkForward::train_count(Market count,
                                                          const forecast::TrainingSet& games,
                                                          forecast::TreeParameters parameters) {
    const std::vector<float>& formula = expected_learnt_[index_of(count)];
    std::vector<float> expected(formula.size());
    for (std::size_t row = 0; row < expected.size(); ++row) {
        expected[row] = static_cast<float>(forecast::mean_with_minutes(
            static_cast<double>(formula[row]), static_cast<double>(formula_minutes_learnt_[row]),
            static_cast<double>(inputs_[(row + 1) * forecast::kTreeInputs - 1])));
    }
    const forecast::ExpectedOutcomes outcomes{outcomes_learnt_[index_of(count)], expected,
                                              weights_learnt_};
    RoundsOfCount& rounds = rounds_[index_of(count)];
    parameters.loss = forecast::Loss::kPoisson;
    TIPOFF_TRY(forecast::BoostedTrees factor,
               train_trees(rounds.factor, games, outcomes, parameters));
    parameters.loss = forecast::Loss::kSquaredError;
    parameters.seed += 1;  // other rows and features, so that the two err apart
    // Whoever scores much is off by much, and squares are all his: these trees are held back more.
    parameters.max_depth = std::max(1, parameters.max_depth - 1);
    parameters.min_child_weight *= 2;
    TIPOFF_TRY(forecast::BoostedTrees difference,
               train_trees(rounds.difference, games, outcomes, parameters));
    const forecast::TreesCalibration calibration = calibrate_trees(count);
    std::vector<forecast::GradedMembers> graded;
    for (const GradedGame& game : graded_) {
        if (const GradedCount* one = graded_in(game, count))
            graded.push_back(recalibrated(*one, calibration));
    }
    return forecast::TrainedCount{.count = count,
                                  .minutes = minutes_trees_,
                                  .factor = std::move(factor),
                                  .difference = std::move(difference),
                                  .calibration = calibration,
                                  .ensemble = forecast::fit_ensemble(graded),
                                  .lines = {}};
}

forecast::LineBlend WalkForward::fit_line(Market market, const NewlyTrained& trained) const {
    std::vector<forecast::GradedOffer> offered;
    std::vector<forecast::Forecast> parts;
    for (const GradedGame& game : graded_) {
        const forecast::Offer& offer = game.offers[index_of(market)];
        if (!offer.line && !offer.passes_over()) continue;
        parts.clear();
        int outcome = 0;
        for (const Market count : counts_in(market)) {
            const GradedCount* graded = graded_in(game, count);
            if (graded == nullptr) break;
            const forecast::TrainedCount& model = *trained[index_of(count)];
            parts.push_back(forecast::ensemble(recalibrated(*graded, model.calibration).members,
                                               model.ensemble));
            outcome += graded->members.outcome;
        }
        if (parts.size() < counts_in(market).size()) continue;
        offered.push_back(
            {.own = forecast::added_up(market, parts), .offer = offer, .outcome = outcome});
    }
    return forecast::fit_line_blend(offered);
}

void WalkForward::look_back_from(GameDate date) {
    const auto first = std::ranges::find_if(
        dates_learnt_, [from = date.plus_days(-kLearntDays)](GameDate of) { return of >= from; });
    const auto gone = first - dates_learnt_.begin();
    const auto let_go = [gone](auto& values, std::ptrdiff_t columns = 1) {
        values.erase(values.begin(), values.begin() + gone * columns);
    };
    let_go(inputs_, forecast::kTreeInputs);
    let_go(dates_learnt_);
    let_go(minutes_learnt_);
    let_go(formula_minutes_learnt_);
    std::ranges::for_each(outcomes_learnt_, let_go);
    std::ranges::for_each(expected_learnt_, let_go);
    weights_learnt_.clear();
    for (const GameDate of : dates_learnt_) {
        weights_learnt_.push_back(
            static_cast<float>(std::exp2(-days_between(of, date) / kHalfLifeDays)));
    }
}

Status WalkForward::retrain(const WalkForwardRequest& request, GameDate date) {
    look_back_from(date);
    if (games_learnt() < request.fewest_games) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{} player games are known before {}, too few to train on",
                                games_learnt(), to_string(request.dates.from)),
                    "import earlier seasons, or begin later");
    }
    forecast::TreeParameters trees = request.trees;
    trees.threads = request.threads;
    if (!next_minutes_training_ || date >= *next_minutes_training_) {
        TIPOFF_CHECK(train_minutes(trees));
        next_minutes_training_ = date.plus_days(kMinutesRetrainDays);
    }
    TIPOFF_TRY(const forecast::TrainingSet games,
               forecast::TrainingSet::of(inputs(), request.threads));
    NewlyTrained trained;
    for (const Market count : counts_behind(request.markets)) {
        TIPOFF_CHECK(request.goes_on());
        TIPOFF_TRY(forecast::TrainedCount one, train_count(count, games, trees));
        trained[index_of(count)] = std::make_shared<forecast::TrainedCount>(std::move(one));
    }
    for (const Market market : markets_made_of(counts_behind(request.markets))) {
        const Market first = counts_in(market).front();
        trained[index_of(first)]->lines[index_of(market)] = fit_line(market, trained);
    }
    for (const Market count : counts_behind(request.markets))
        trained_[index_of(count)] = trained[index_of(count)];
    ++trainings_;
    return {};
}

Expected<forecast::TrainedCounts> WalkForward::fit(const WalkForwardRequest& request) {
    learn_what_is_known(AsOf{Instant::max()});
    next_minutes_training_.reset();
    TIPOFF_CHECK(retrain(request, request.dates.to));
    return trained_;
}

Status WalkForward::run(const WalkForwardRequest& request, const ForecastDay& forecast_day) {
    const std::span<const conform::Game> games = facts_.summaries().games;
    const GameDate warm_up = request.dates.from.plus_days(-request.warm_up_days);
    // The counts are corrected and combined each for itself; the markets add them up.
    std::vector<Market> markets = counts_behind(request.markets);
    const std::size_t counts = markets.size();
    const std::vector<Market> blended = markets_made_of(markets);
    markets.insert(markets.end(), request.markets.begin(), request.markets.end());
    bool has_begun = false;
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
        TIPOFF_CHECK(request.goes_on());
        learn_what_is_known(std::ranges::min(rows, {}, &features::FeatureStoreRow::as_of).as_of);

        const bool wanted = date >= request.dates.from;
        const bool enough = games_learnt() >= request.fewest_games;
        if ((date < warm_up || !enough) && !wanted) {
            remember(rows, {}, {});
            continue;
        }
        const bool begins = wanted && !std::exchange(has_begun, wanted);
        if (begins || !next_training || date >= *next_training) {
            TIPOFF_CHECK(retrain(request, date));
            const int days =
                wanted ? request.retrain_days : std::max(request.retrain_days, kWarmUpRetrainDays);
            next_training = date.plus_days(days);
        }
        const auto offers = lines_.offers(rows, blended);
        const auto neighbours = forecast::neighbourhoods(rows, matchups_.pool(), request.threads);
        auto forecasts = forecast::forecast_all({.rows = rows,
                                                 .neighbours = &neighbours,
                                                 .offers = request.with_lines ? &offers : nullptr},
                                                markets, {.trained = trained_, .explain = false},
                                                request.threads);
        for (forecast::SystemForecasts& made : std::span(forecasts).subspan(counts))
            apply_noted_minutes(rows, notes_, made);
        if (wanted) forecast_day(date, rows, std::span(forecasts).subspan(counts));
        remember(rows, std::span(forecasts).first(counts), offers);
    }
    return {};
}

std::optional<grade::FeatureCorrelation> WalkForward::strongest_feature(Market market) const {
    std::vector<float> outcomes(games_learnt());
    for (const Market count : counts_in(market)) {
        for (std::size_t row = 0; row < outcomes.size(); ++row)
            outcomes[row] += outcomes_learnt_[index_of(count)][row];
    }
    std::vector<std::size_t> known;
    for (std::size_t row = 0; row < outcomes.size(); ++row) {
        if (!std::isnan(outcomes[row])) known.push_back(row);
    }
    const auto of_known = [&](auto value) {
        std::vector<float> column;
        column.reserve(known.size());
        for (const std::size_t row : known)
            column.push_back(value(row));
        return column;
    };
    const auto actual = of_known([&](std::size_t row) { return outcomes[row]; });
    std::vector<grade::FeatureCorrelation> correlations;
    for (std::size_t f = 0; f < features::kFeatureCount; ++f) {
        const auto column =
            of_known([&](std::size_t row) { return inputs_[row * forecast::kTreeInputs + f]; });
        const grade::FeatureColumn one{features::kFeatures[f].name, column};
        std::ranges::move(grade::feature_outcome_correlations({&one, 1}, actual),
                          std::back_inserter(correlations));
    }
    return grade::strongest_correlation(correlations);
}

}  // namespace tipoff::operate
