#include "operate/train.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "forecast/predict.h"
#include "grade/populations.h"
#include "ledger/heartbeat.h"

namespace tipoff::operate {
namespace {

using forecast::ModelRecord;
using forecast::ModelsInService;

/// No refit inside a trial: one fit forecasts all of it.
constexpr int kNever = 100'000;

/// A trial takes at most one game date of so many.
constexpr std::size_t kTrialShare = 4;

/// A model is judged by the regular season: in the playoffs rotations are shorter, and forecasts of
/// those who sit are high by as much as would fail any gate.
constexpr SeasonType kJudgedBy = SeasonType::kRegular;

/// Dates with games of the kind of which a box score is on record.
std::vector<GameDate> played_dates(const Facts& facts, GameDate through) {
    std::vector<GameDate> dates;
    for (const conform::Game& game : facts.summaries().games) {
        if (game.game_date > through || game.player_rows == 0) continue;
        if (game.season_type != kJudgedBy) continue;
        if (dates.empty() || dates.back() != game.game_date) dates.push_back(game.game_date);
    }
    return dates;
}

/// The trial's dates; nothing where the model in service has seen all games but one date's.
std::optional<store::DateScope> trial_dates(const Facts& facts, const TrainRequest& request,
                                            std::optional<GameDate> in_service_through) {
    const std::vector<GameDate> played = played_dates(facts, request.through);
    std::size_t unseen = played.size();
    if (in_service_through) {
        const auto first = std::ranges::upper_bound(played, *in_service_through);
        unseen = static_cast<std::size_t>(played.end() - first) / 2;
    }
    // Most of what there is has to stay for the fit that is tried.
    const std::size_t days =
        std::min({unseen, request.trial_game_dates, played.size() / kTrialShare});
    if (days == 0) return std::nullopt;
    return store::DateScope{played[played.size() - days], played.back()};
}

/// What one set of models made of the trial's games.
class TrialGrades {
public:
    void add(const grade::Accuracy& row) {
        if (row.outcome != grade::kGraded || row.minutes.value_or(0) <= 0 || row.revision != 0)
            return;
        if (row.season_type != kJudgedBy) return;
        all_.add(row);
        tiers_[grade::minutes_tier_of(row.last_10_minutes)].add(row);
    }

    [[nodiscard]] const grade::ForecastMeasures& all() const { return all_; }
    [[nodiscard]] forecast::TrialMeasures measures() const {
        return {.games = all_.n(),
                .bias = all_.bias(),
                .crps = all_.crps(),
                .coverage_80 = all_.coverage_80()};
    }
    [[nodiscard]] std::vector<forecast::TierBias> tiers() const {
        std::vector<forecast::TierBias> tiers;
        for (const auto& [tier, measures] : tiers_) {
            tiers.push_back({.tier = std::string(grade::to_string(tier)),
                             .games = measures.n(),
                             .bias = measures.bias()});
        }
        return tiers;
    }

private:
    grade::ForecastMeasures all_;
    std::map<grade::MinutesTier, grade::ForecastMeasures> tiers_;
};

struct CountTrial {
    TrialGrades candidate;
    std::optional<TrialGrades> in_service;
};
using Trials = std::array<CountTrial, kCounts>;

std::string metrics_of(const store::DateScope& dates, const grade::ForecastMeasures& measures) {
    return nlohmann::ordered_json{{"trial",
                                   {{"from", to_string(dates.from)},
                                    {"to", to_string(dates.to)},
                                    {"games", measures.n()},
                                    {"mae", measures.mae()},
                                    {"bias", measures.bias()},
                                    {"crps", measures.crps()},
                                    {"coverage_80", measures.coverage_80()}}}}
        .dump();
}

/// One training: the walk with its trial, the fit, and the registration.
class Trainer {
public:
    Trainer(const Facts& facts, const TrainRequest& request, forecast::TrainedCounts in_service,
            store::DateScope trial)
        : request_(request),
          in_service_(std::move(in_service)),
          trial_(trial),
          outcomes_(facts.summaries()),
          walk_(facts, outcomes_) {
        walk_request_ = request.walk;
        walk_request_.dates = {trial.from, request.through};
        walk_request_.markets = request.counts;
        walk_request_.retrain_days = kNever;
        walk_request_.with_lines = false;
    }

    /// As long as `goes_on` says nothing else.
    Status fit(const TrainProgress& progress, std::function<Status()> goes_on) {
        walk_request_.goes_on = std::move(goes_on);
        TIPOFF_CHECK(walk_.run(walk_request_, [&](GameDate date, auto rows, auto forecasts) {
            grade_day(rows, forecasts);
            if (progress) progress(date);
        }));
        TIPOFF_TRY(trained_, walk_.fit(walk_request_));
        return {};
    }

    Expected<TrainedModel> save(Market count, const std::filesystem::path& home,
                                store::Transaction& transaction, Instant at,
                                std::string_view run_id) const {
        const CountTrial& trial = trials_[index_of(count)];
        TrainedModel model{.count = count,
                           .record = {},
                           .trial = trial_,
                           .measures = trial.candidate.all(),
                           .gates = {},
                           .refusal = {}};
        const forecast::Training training{
            .kind = forecast::model_kind(count),
            .from = walk_.first_date().value_or(request_.through),
            .through = request_.through,
            .rows = static_cast<std::int64_t>(walk_.games_learnt()),
            .seed = static_cast<std::int64_t>(request_.walk.trees.seed),
            .metrics = metrics_of(trial_, model.measures)};
        TIPOFF_TRY(model.record, forecast::save_model(home, transaction, training,
                                                      trained_[index_of(count)]->bytes(), run_id));
        forecast::Trial judged{.candidate = trial.candidate.measures(),
                               .tiers = trial.candidate.tiers(),
                               .in_service = {}};
        if (trial.in_service) judged.in_service = trial.in_service->measures();
        model.gates = forecast::model_gates(judged);
        if (!request_.promote) return model;
        auto promoted =
            forecast::promote_model(home, transaction, model.record, model.gates, at, run_id);
        if (promoted)
            model.record = *std::move(promoted);
        else if (promoted.error().code() == ErrorCode::kRefused)
            model.refusal = promoted.error().message();
        else
            return std::unexpected(promoted.error());
        return model;
    }

private:
    void grade_day(std::span<const features::FeatureStoreRow> rows,
                   std::span<const forecast::SystemForecasts> candidate) {
        add_grades(rows, candidate,
                   [](CountTrial& trial) -> TrialGrades& { return trial.candidate; });
        const auto is_in_service = [&](Market count) {
            return in_service_[index_of(count)] != nullptr;
        };
        if (std::ranges::none_of(request_.counts, is_in_service)) return;
        const auto neighbours = forecast::neighbourhoods(rows, walk_.pool(), request_.walk.threads);
        const auto made = forecast::forecast_all(
            {.rows = rows, .neighbours = &neighbours}, request_.counts,
            {.trained = in_service_, .explain = false}, request_.walk.threads);
        add_grades(rows, made, [](CountTrial& trial) -> TrialGrades& {
            return trial.in_service ? *trial.in_service : trial.in_service.emplace();
        });
    }

    template <class GradesOf>
    void add_grades(std::span<const features::FeatureStoreRow> rows,
                    std::span<const forecast::SystemForecasts> all, GradesOf grades_of) {
        for (const forecast::SystemForecasts& made : all) {
            if (made.system_ids.back() != forecast::kEnsembleId) continue;
            const auto predictions = forecast::predictions_of(rows, made, forecast::kOriginBackfill,
                                                              request_.walk.threads);
            for (const grade::Accuracy& row :
                 grade::settle(rows, predictions, {}, outcomes_, request_.walk.threads)) {
                if (row.system_id == forecast::kEnsembleId)
                    grades_of(trials_[index_of(made.market)]).add(row);
            }
        }
    }

    const TrainRequest& request_;
    forecast::TrainedCounts in_service_;
    store::DateScope trial_;
    grade::Outcomes outcomes_;
    WalkForward walk_;
    WalkForwardRequest walk_request_;
    forecast::TrainedCounts trained_;
    Trials trials_;
};

Error nothing_unseen(GameDate through) {
    return {ErrorCode::kRefused,
            fmt::format("the models in service have seen all games but at most one date's of those "
                        "of the regular season through {}: nothing is left to try another on",
                        to_string(through)),
            "train through a later date"};
}

/// Those of this program's format and features: a model of another list is no rival, and no reason
/// not to train its successor.
Expected<ModelsInService> comparable_models(const std::filesystem::path& home,
                                            store::Database& database) {
    TIPOFF_TRY(const ModelsInService all, ModelsInService::open(home, database));
    std::vector<ModelRecord> models(all.models().begin(), all.models().end());
    const forecast::ModelKind kind = forecast::model_kind(Market::kPoints);
    std::erase_if(models, [&](const ModelRecord& model) {
        return model.format_version != kind.format_version ||
               model.feature_list_hash != kind.feature_list_hash;
    });
    return ModelsInService(home, std::move(models));
}

/// Of all counts the latest date that a model in service was trained through.
Expected<std::optional<GameDate>> seen_through(const ModelsInService& models,
                                               const TrainRequest& request) {
    std::optional<GameDate> latest;
    for (const Market count : request.counts) {
        TIPOFF_TRY(const auto in_service,
                   forecast::model_in_service(models.models(), forecast::model_kind(count),
                                              request.through.plus_days(1)));
        if (!in_service.model || in_service.model->trained_through >= request.through) continue;
        latest = std::max(latest.value_or(in_service.model->trained_through),
                          in_service.model->trained_through);
    }
    return latest;
}

}  // namespace

std::string train_scope(GameDate through) { return fmt::format("through {}", to_string(through)); }

Expected<std::vector<TrainedModel>> train(const std::filesystem::path& home,
                                          store::Database& database, ledger::Ledger& ledger,
                                          const Clock& clock, const Facts& facts,
                                          const TrainRequest& request,
                                          const TrainProgress& progress) {
    TIPOFF_TRY(ModelsInService models, comparable_models(home, database));
    TIPOFF_TRY(const auto seen, seen_through(models, request));
    const auto trial = trial_dates(facts, request, seen);
    if (!trial) return std::unexpected(nothing_unseen(request.through));
    TIPOFF_TRY(auto in_service, models.on(trial->from, request.counts));

    TIPOFF_TRY(
        const ledger::RunHandle run,
        ledger.start({.step = "train",
                      .scope = train_scope(request.through),
                      .dates = store::DateScope{request.through, request.through},
                      .input_hash = tipoff::to_string(facts.known_through(request.through))}));
    ledger::Heartbeat heartbeat(ledger, run, clock);
    const auto outcome = [&]() -> Expected<std::vector<TrainedModel>> {
        Trainer trainer(facts, request, std::move(in_service), *trial);
        auto beaten_at = clock.elapsed();
        TIPOFF_CHECK(trainer.fit(progress, [&]() -> Status {
            // Fits take all cores: who comes by here beats as well.
            if (clock.elapsed() - beaten_at >= ledger::kBeat) {
                beaten_at = clock.elapsed();
                heartbeat.beat();
            }
            if (!heartbeat.is_lost()) return {};
            return fail(ErrorCode::kFenced, "the training is another's by now",
                        "it goes on there; this one has put nothing into service");
        }));
        TIPOFF_CHECK(heartbeat.stop_and_prepare_to_write());
        TIPOFF_TRY(const auto transaction, database.begin());
        std::vector<TrainedModel> trained;
        for (const Market count : request.counts) {
            TIPOFF_TRY(TrainedModel model,
                       trainer.save(count, home, *transaction, clock.wall_now(), run.run_id));
            trained.push_back(std::move(model));
        }
        TIPOFF_CHECK(ledger.finish(*transaction, run,
                                   {.state = ledger::RunState::kSucceeded,
                                    .rows = static_cast<std::int64_t>(trained.size()),
                                    .merges = transaction->merges(),
                                    .reason = {},
                                    .detail = {}}));
        TIPOFF_CHECK(transaction->commit());
        return trained;
    }();
    if (!outcome) ledger.finish_failed(run, outcome.error());
    return outcome;
}

}  // namespace tipoff::operate
