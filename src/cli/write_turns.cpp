#include "cli/write_turns.h"

#include <algorithm>
#include <utility>

namespace tipoff::cli {
namespace {

/// How often one who waits looks whether anybody still waits for it.
constexpr std::chrono::milliseconds kLook{100};

}  // namespace

WriteTurns::Turn::~Turn() {
    if (turns_ != nullptr) turns_->end();
}

WriteTurns::Turn WriteTurns::take(std::string who) {
    std::unique_lock lock(mutex_);
    const auto self = queue_.insert(queue_.end(), {std::move(who)});
    moved_.wait(lock, [&] { return queue_.begin() == self; });
    return Turn(*this);
}

std::optional<WriteTurns::Turn> WriteTurns::take_within(std::string who,
                                                        std::chrono::milliseconds patience,
                                                        const std::function<bool()>& is_over) {
    std::unique_lock lock(mutex_);
    const auto self = queue_.insert(queue_.end(), {std::move(who)});
    const auto is_my_turn = [&] { return queue_.begin() == self; };
    while (!is_my_turn()) {
        const auto slice = std::min(patience, kLook);
        if (patience.count() <= 0 || is_over()) {
            queue_.erase(self);
            moved_.notify_all();
            return std::nullopt;
        }
        if (moved_.wait_for(lock, slice, is_my_turn)) break;
        patience -= slice;
    }
    return Turn(*this);
}

std::string WriteTurns::holder() const {
    const std::lock_guard lock(mutex_);
    return queue_.empty() ? std::string() : queue_.front().who;
}

void WriteTurns::end() {
    {
        const std::lock_guard lock(mutex_);
        queue_.pop_front();
    }
    moved_.notify_all();
}

}  // namespace tipoff::cli
