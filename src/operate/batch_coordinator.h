#pragma once
/// The prediction coordinator: a batch is a date's players, forecast by workers and stored by one
/// merge a table in the transaction that ends the batch and its run.
///
/// Features and history are made once a batch and travel with the items (`coordinate/work_item.h`).
/// A batch that was under way when its process ended is taken up again by `resume`: its row and its
/// items stand in the database, and what had come in is asked for again.

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "coordinate/batches.h"
#include "coordinate/work_queue.h"
#include "ledger/ledger.h"
#include "operate/warm_engine.h"
#include "store/database.h"

namespace tipoff::operate {

/// A date for which a batch may be asked: earlier ones are over, and of later ones nothing is
/// known.
inline constexpr int kBatchDaysAhead = 14;

struct BatchCoordinatorOptions {
    std::size_t threads = 2;
    std::chrono::microseconds stalls_after = coordinate::kStalls;

    /// Of a batch that names no market.
    std::vector<Market> markets{Market::kPoints};

    /// Where several processes share the database: who starts batches in place of this one; empty
    /// where that is this one.
    std::function<std::string()> leader = [] { return std::string(); };
};

class BatchDesk;

class BatchCoordinator {
public:
    /// All outlive it. `clock` may be read from any thread; `engine` is its own, so that a batch
    /// that waits for workers is in nobody's way.
    BatchCoordinator(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                     WarmEngine& engine, coordinate::WorkDesk& desk,
                     BatchCoordinatorOptions options = {});

    /// Drops what is asked for and not begun, and leaves the batch that is under way to `resume`.
    ~BatchCoordinator();

    /// Returns once the batch stands in the database with its players; forecasting goes on by
    /// itself. `kBusy`: one of the date is under way, or another process leads, and is named.
    /// `kNotFound`: nobody is
    /// expected, with the reason. `kInvalidInput`: a date, market or system that there is not.
    Expected<coordinate::BatchRow> start(const coordinate::BatchRequest& request);

    /// Finishes a batch with what there is; the rest gets a reason. `kNotFound` for one that never
    /// was, `kRefused` for one that has ended.
    Status finish(const std::string& batch_id);

    /// Batches that a process left behind when it ended are gone on with; returns how many. Of
    /// those whose games have begun meanwhile nothing can be said any more: they fail with that
    /// reason.
    Expected<std::size_t> resume();

    /// Reads the facts and models now, so that the first batch need not wait for them.
    void warm_up();

    /// Waits until nothing is asked for and nothing under way.
    void wait_until_idle();

    /// A batch as it stands: of one under way here what has come in, not only what is stored.
    Expected<std::optional<coordinate::BatchRow>> find(const std::string& batch_id);

    [[nodiscard]] coordinate::Batches& batches() { return batches_; }

private:
    struct Job;

    void work(const std::stop_token& stop);
    Status forecast(Job& job, const std::stop_token& stop);
    Status forecast_once(const Job& job, BatchDesk& desk);
    coordinate::Wish wish(const std::stop_token& stop);

    store::Database& database_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    WarmEngine& engine_;
    coordinate::WorkDesk& desk_;
    BatchCoordinatorOptions options_;
    coordinate::Batches batches_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::shared_ptr<Job>> waiting_;
    bool is_cold_ = false;  ///< and is to be warm
    std::shared_ptr<Job> under_way_;
    std::optional<coordinate::BatchRow> standing_;    ///< of the batch under way
    std::map<std::string, coordinate::Wish> wishes_;  ///< by batch
    std::jthread thread_;                             ///< the last member: it uses the others
};

}  // namespace tipoff::operate
