#include "serve/rate_limit.h"

#include <algorithm>
#include <mutex>

namespace tipoff::serve {
namespace {

constexpr std::chrono::minutes kWindow{1};

}  // namespace

RateLimit::RateLimit(std::size_t most, const Clock& clock, std::size_t names)
    : most_(most), clock_(clock), names_(names) {}

bool RateLimit::is_current(const Window& window) const {
    return clock_.elapsed() - window.began < kWindow;
}

bool RateLimit::is_over(const std::string& name) const {
    const std::shared_lock lock(mutex_);
    const auto found = windows_.find(name);
    return found != windows_.end() && is_current(found->second) && found->second.count >= most_;
}

std::size_t RateLimit::count_in_current(const std::string& name) {
    const std::shared_lock lock(mutex_);
    const auto found = windows_.find(name);
    if (found == windows_.end() || !is_current(found->second)) return 0;
    return ++found->second.count;
}

bool RateLimit::count(const std::string& name) {
    // Those who count most often do it side by side.
    if (const std::size_t count = count_in_current(name); count > 0) return count <= most_;
    const std::unique_lock lock(mutex_);
    if (!windows_.contains(name) && windows_.size() >= names_) make_place();
    Window& window = windows_[name];
    if (window.count == 0 || !is_current(window)) {
        window.began = clock_.elapsed();
        window.count = 0;
    }
    return ++window.count <= most_;
}

std::chrono::seconds RateLimit::retry_after(const std::string& name) const {
    const std::shared_lock lock(mutex_);
    const auto found = windows_.find(name);
    const auto left = found == windows_.end() ? std::chrono::microseconds{0}
                                              : found->second.began + kWindow - clock_.elapsed();
    return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds{1});
}

void RateLimit::make_place() {
    std::erase_if(windows_, [this](const auto& entry) { return !is_current(entry.second); });
    if (windows_.size() < names_) return;
    windows_.erase(std::ranges::min_element(windows_, {},
                                            [](const auto& entry) { return entry.second.began; }));
}

}  // namespace tipoff::serve
