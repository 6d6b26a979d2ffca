#pragma once
/// A worker: takes items, forecasts them, answers. It keeps nothing and writes to no database.

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "coordinate/work_item.h"
#include "coordinate/work_queue.h"

namespace tipoff::coordinate {

/// Items that a worker takes at once: trees are asked of many rows in little more time than of one.
inline constexpr std::size_t kItemsAtOnce = 64;

class Worker {
public:
    /// `source` outlives it. `name` stands in its results: host and process.
    Worker(WorkSource& source, std::string name);

    /// Takes what there is, waiting up to `wait` for it, and answers it; returns how many items.
    /// What it cannot forecast is given back, for another worker or a later try. As long as it
    /// takes, another thread gives signs of life.
    Expected<std::size_t> work(std::chrono::milliseconds wait);

private:
    struct Taken;
    Status work_off(std::vector<Taken> items);
    Expected<forecast::TrainedCounts> trained_of(const WorkItem& item);
    Status work_off_all(std::vector<Delivery> deliveries);

    WorkSource& source_;
    std::string name_;
    std::map<Fingerprint, std::shared_ptr<const forecast::TrainedCount>> trained_;
};

/// Workers of this process, one a thread, as long as it lives.
class WorkerThreads {
public:
    /// `source` may be used from any number of threads, and outlives it.
    WorkerThreads(WorkSource& source, std::size_t count, const std::string& name);

private:
    std::vector<std::jthread> threads_;
};

/// The forecasts of rows, each by itself: what `SystemForecasts` says of row `row`.
[[nodiscard]] forecast::SystemForecasts of_row(const forecast::SystemForecasts& all,
                                               std::size_t row);

/// The same put together again: of each market those of the rows, in their order.
[[nodiscard]] std::vector<forecast::SystemForecasts> together(
    std::span<const std::vector<forecast::SystemForecasts>* const> rows);

}  // namespace tipoff::coordinate
