#pragma once
/// How often somebody did something within a minute.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace tipoff::serve {

/// Counts by name, in windows of a minute that begin with a name's first count. Safe from any
/// thread.
class RateLimit {
public:
    /// `clock` outlives it. At most `names` are remembered: the stalest one makes place.
    RateLimit(std::size_t most, const Clock& clock, std::size_t names = 10'000);

    /// Whether `name` has used up what it may in the current window.
    [[nodiscard]] bool is_over(const std::string& name) const;

    /// Counts one; false where that is one too many.
    bool count(const std::string& name);

    /// Until the window of `name` is over, rounded up; at least a second.
    [[nodiscard]] std::chrono::seconds retry_after(const std::string& name) const;

private:
    struct Window {
        std::chrono::microseconds began{};
        std::atomic<std::size_t> count = 0;
    };
    [[nodiscard]] bool is_current(const Window& window) const;
    /// The count of a window that is under way, raised by one; 0 where there is none.
    std::size_t count_in_current(const std::string& name);
    void make_place();

    std::size_t most_;
    const Clock& clock_;
    std::size_t names_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, Window> windows_;
};

}  // namespace tipoff::serve
