#pragma once
/// The queue of one process: coordinator and workers are threads that share it.
///
/// Nothing of it outlives the process; a batch that was under way is published again.

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "coordinate/work_queue.h"

namespace tipoff::coordinate {

/// Both ends. Unlike others it may be used from any number of threads.
class InProcessQueue final : public WorkDesk, public WorkSource {
public:
    Status publish(std::span<const Message> items) override;
    Expected<std::vector<Delivery>> results(std::size_t most,
                                            std::chrono::milliseconds wait) override;
    Status confirm(std::span<const Delivery> results) override;
    Expected<std::vector<DeadLetter>> dead_letters() override;
    Status withdraw(std::string_view id_prefix) override;
    Status lend(std::shared_ptr<const forecast::TrainedCount> trained) override;

    Expected<std::vector<Delivery>> take(std::size_t most, std::chrono::milliseconds wait) override;
    Status answer(std::span<const Answer> answers) override;
    Status keep(std::span<const std::uint64_t> items) override;
    [[nodiscard]] std::chrono::milliseconds keep_every() const override { return {}; }
    Status give_back(const Delivery& item, std::string_view why) override;
    Expected<std::shared_ptr<const forecast::TrainedCount>> trained(Fingerprint hash) override;

private:
    std::mutex mutex_;
    std::condition_variable has_items_;
    std::condition_variable has_results_;
    std::deque<Delivery> items_;
    std::map<std::uint64_t, Delivery> taken_;
    std::set<std::string> known_ids_;  ///< of items that are waiting or taken
    std::deque<Delivery> results_;
    std::vector<DeadLetter> dead_;
    std::map<Fingerprint, std::shared_ptr<const forecast::TrainedCount>> lent_;
    std::uint64_t next_tag_ = 1;
};

}  // namespace tipoff::coordinate
