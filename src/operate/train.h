#pragma once
/// `tipoff train`: fits the systems that learn on games up to a date, tries the fit on games that
/// it has not seen, and registers it.
///
/// The trial is of the same recipe at an earlier date: systems fitted on the games before the trial
/// forecast every game of it, and so does the model in service where it has not seen them either.
/// What is registered is then fitted on all games up to the date. The trial is of forecasts without
/// the sportsbooks' lines: what a model is worth by itself.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "conform/market.h"
#include "forecast/model_gates.h"
#include "forecast/models_in_service.h"
#include "grade/measures.h"
#include "ledger/ledger.h"
#include "operate/facts.h"
#include "operate/walk_forward.h"
#include "store/database.h"

namespace tipoff::operate {

struct TrainRequest {
    GameDate through{};
    std::vector<Market> counts{kCountMarkets.begin(), kCountMarkets.end()};
    bool promote = false;
    /// Game dates of the trial at the most, and a quarter of those on record. Where a model is in
    /// service it is the later half of the game dates since that model was trained, if those are
    /// fewer.
    std::size_t trial_game_dates = 45;
    WalkForwardRequest walk;  ///< its dates and markets are those of this request
};

struct TrainedModel {
    Market count{};
    forecast::ModelRecord record;
    store::DateScope trial;
    grade::ForecastMeasures measures;  ///< of `ensemble_v1` in the trial
    std::vector<forecast::Gate> gates;
    std::string refusal;  ///< why it was not promoted; empty where it was, or nobody asked
};

/// What a training is called in the ledger: "through 2026-01-18". A planned one is found by it.
[[nodiscard]] std::string train_scope(GameDate through);

/// Told after each game day.
using TrainProgress = std::function<void(GameDate)>;

/// Registers a model for each count, all or none. A model that fails a gate is registered, not
/// promoted, and says why. `kInvalidInput` when there are too few games to train on.
Expected<std::vector<TrainedModel>> train(const std::filesystem::path& home,
                                          store::Database& database, ledger::Ledger& ledger,
                                          const Clock& clock, const Facts& facts,
                                          const TrainRequest& request,
                                          const TrainProgress& progress = {});

}  // namespace tipoff::operate
