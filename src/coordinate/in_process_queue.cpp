#include "coordinate/in_process_queue.h"

#include <fmt/core.h>

#include <algorithm>

namespace tipoff::coordinate {
namespace {

/// Up to `most` from the front.
std::vector<Delivery> taken_from(std::deque<Delivery>& queue, std::size_t most) {
    const auto end = queue.begin() + static_cast<std::ptrdiff_t>(std::min(most, queue.size()));
    std::vector<Delivery> taken(std::make_move_iterator(queue.begin()),
                                std::make_move_iterator(end));
    queue.erase(queue.begin(), end);
    return taken;
}

}  // namespace

Status InProcessQueue::publish(std::span<const Message> items) {
    {
        const std::lock_guard lock(mutex_);
        for (const Message& item : items) {
            if (!known_ids_.insert(item.id).second) continue;
            items_.push_back({.tag = next_tag_++, .times = 1, .id = item.id, .body = item.body});
        }
    }
    has_items_.notify_all();
    return {};
}

Expected<std::vector<Delivery>> InProcessQueue::take(std::size_t most,
                                                     std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    has_items_.wait_for(lock, wait, [this] { return !items_.empty(); });
    std::vector<Delivery> taken = taken_from(items_, most);
    for (const Delivery& item : taken)
        taken_.emplace(item.tag, item);
    return taken;
}

Status InProcessQueue::answer(std::span<const Answer> answers) {
    {
        const std::lock_guard lock(mutex_);
        for (const Answer& answer : answers) {
            if (const auto item = taken_.extract(answer.item)) known_ids_.erase(item.mapped().id);
            results_.push_back({.tag = next_tag_++,
                                .times = 1,
                                .id = answer.result.id,
                                .body = answer.result.body});
        }
    }
    has_results_.notify_one();
    return {};
}

Status InProcessQueue::keep(std::span<const std::uint64_t>) {
    return {};  // a thread of this process does not fall silent alone
}

Status InProcessQueue::give_back(const Delivery& item, std::string_view why) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = taken_.find(item.tag);
        if (found == taken_.end()) return {};
        Delivery again = std::move(found->second);
        taken_.erase(found);
        if (again.times >= kMostDeliveries) {
            known_ids_.erase(again.id);
            dead_.push_back({.id = std::move(again.id),
                             .body = std::move(again.body),
                             .why = std::string(why)});
            return {};
        }
        ++again.times;
        items_.push_back(std::move(again));
    }
    has_items_.notify_one();
    return {};
}

Expected<std::vector<Delivery>> InProcessQueue::results(std::size_t most,
                                                        std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    has_results_.wait_for(lock, wait, [this] { return !results_.empty(); });
    return taken_from(results_, most);
}

Status InProcessQueue::confirm(std::span<const Delivery>) {
    return {};  // what was handed out here is gone from the queue
}

Expected<std::vector<DeadLetter>> InProcessQueue::dead_letters() {
    const std::lock_guard lock(mutex_);
    return std::exchange(dead_, {});
}

Status InProcessQueue::withdraw(std::string_view id_prefix) {
    const std::lock_guard lock(mutex_);
    std::erase_if(items_, [&](const Delivery& item) {
        if (!item.id.starts_with(id_prefix)) return false;
        known_ids_.erase(item.id);
        return true;
    });
    return {};
}

Status InProcessQueue::lend(std::shared_ptr<const forecast::TrainedCount> trained) {
    const Fingerprint hash = trained->hash();
    const std::lock_guard lock(mutex_);
    lent_.insert_or_assign(hash, std::move(trained));
    return {};
}

Expected<std::shared_ptr<const forecast::TrainedCount>> InProcessQueue::trained(Fingerprint hash) {
    const std::lock_guard lock(mutex_);
    const auto found = lent_.find(hash);
    if (found != lent_.end()) return found->second;
    return fail(ErrorCode::kNotFound, fmt::format("no model {} is lent", to_string(hash)));
}

}  // namespace tipoff::coordinate
