#pragma once
/// Inside of the coordinator: one batch between the engine that makes its rows and the workers who
/// forecast them.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coordinate/batches.h"
#include "coordinate/work_queue.h"
#include "ledger/heartbeat.h"
#include "operate/forecast_desk.h"

namespace tipoff::operate {

/// What a batch is made with.
struct BatchDeskOptions {
    coordinate::BatchRequest request;
    std::optional<coordinate::BatchRow> resumed;  ///< one that is gone on with
    std::chrono::microseconds stalls_after = coordinate::kStalls;

    /// Told when it stands in the database, and as outcomes come in.
    std::function<void(const coordinate::BatchRow&)> standing;
    std::function<coordinate::Wish()> wish;
    /// Whether the program ends: then the batch is left to be gone on with.
    std::function<bool()> is_stopping;
};

class BatchDesk final : public ForecastDesk {
public:
    /// All outlive it.
    BatchDesk(coordinate::Batches& batches, coordinate::WorkDesk& desk, ledger::Ledger& ledger,
              const Clock& clock, BatchDeskOptions options);

    Expected<DeskForecasts> forecast(const ForecastTask& task) override;
    std::optional<ledger::RunHandle> take_run() override;
    void note_made(std::span<const forecast::Prediction> predictions,
                   std::span<const forecast::Pick> picks) override;
    Status conclude(store::Transaction& transaction, std::int64_t rows) override;

    /// The batch, once it stands in the database.
    [[nodiscard]] const std::optional<coordinate::BatchRow>& batch() const { return batch_; }

    /// Ends the run that was begun, where nobody has taken it: an earlier step could not be stored.
    void end_run(const Error& error);

    /// Ends a batch whose forecasts could not be stored. One that the program's end interrupted is
    /// left as it is.
    void end_failed(const Error& error);

private:
    Status begin(const ForecastTask& task, const std::vector<std::size_t>& rows,
                 std::int32_t left_out);
    Expected<coordinate::Outcomes> ask_workers(const ForecastTask& task,
                                               const std::vector<std::size_t>& rows);
    void take_in(const coordinate::Outcomes& outcomes);

    coordinate::Batches& batches_;
    coordinate::WorkDesk& desk_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    BatchDeskOptions options_;
    std::optional<coordinate::BatchRow> batch_;
    std::optional<ledger::RunHandle> run_;
    bool is_run_over_ = false;  ///< somebody else ends it, or has
    std::unique_ptr<ledger::Heartbeat> heartbeat_;
    coordinate::Outcomes outcomes_;
    std::chrono::microseconds stored_at_{};  ///< when the counts were last stored
    std::map<std::pair<std::string, std::string>, coordinate::BatchSummaryRow> summary_;
};

}  // namespace tipoff::operate
