#pragma once
/// Who forecasts the rows of a live day in place of the thread that made them.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "forecast/predict.h"
#include "forecast/prediction_tables.h"
#include "ledger/ledger.h"
#include "operate/gap_reason.h"
#include "store/database.h"

namespace tipoff::operate {

/// A live day's rows of games to come, ready to be forecast.
struct ForecastTask {
    const forecast::Matchups& matchups;
    std::span<const Market> markets;
    const forecast::Fitted& fitted;

    /// Begins the run of the forecasts step, which the desk then keeps alive.
    std::function<Expected<ledger::RunHandle>()> start_run;

    /// Called once the batch is begun: what stands before the forecasts is stored from then on,
    /// while others forecast.
    std::function<void()> begun;
};

/// A player who is expected and has no forecast.
struct NotForecast {
    std::size_t row = 0;
    GapReason reason{};
    std::string detail;
};

struct DeskForecasts {
    std::vector<std::size_t> rows;                     ///< those that are forecast, ascending
    std::vector<forecast::SystemForecasts> forecasts;  ///< of them, by market
    std::vector<NotForecast> others;
};

class ForecastDesk {
public:
    virtual ~ForecastDesk() = default;

    /// Of every row a forecast or a reason. After an error the desk has ended the run that it
    /// began.
    virtual Expected<DeskForecasts> forecast(const ForecastTask& task) = 0;

    /// The run that was begun, from here on without signs of life; nothing where none was, for
    /// there was nothing to forecast.
    virtual std::optional<ledger::RunHandle> take_run() = 0;

    /// What became of the forecasts of a market, before those are left out that say nothing new.
    virtual void note_made(std::span<const forecast::Prediction> predictions,
                           std::span<const forecast::Pick> picks) = 0;

    /// Called in the transaction that holds the forecasts and the run's end; so many are written.
    virtual Status conclude(store::Transaction& transaction, std::int64_t rows) = 0;
};

}  // namespace tipoff::operate
