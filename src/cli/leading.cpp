#include "cli/leading.h"

#include <spdlog/spdlog.h>

#include "base/process_name.h"

namespace tipoff::cli {

Leading::Leading(store::Home& home, const Clock& clock) {
    if (home.is_on_server()) leadership_.emplace(home.database(), clock, process_name());
}

Leading::Term Leading::begin(std::function<void()> on_lead) {
    on_lead_ = std::move(on_lead);
    if (leadership_) {
        look();
        ticker_.emplace(ledger::kLeaderLooks, [this] { look(); });
    } else {
        leads_ = true;
        on_lead_();
    }
    return Term(*this);
}

void Leading::end() {
    ticker_.reset();
    if (!leads_.exchange(false) || !leadership_) return;
    // Where that fails the lease runs out by itself.
    if (const Status resigned = leadership_->resign(); !resigned)
        spdlog::warn("leadership: {}", resigned.error().message());
}

std::string Leading::other() const {
    if (leads_) return "";
    const std::lock_guard lock(mutex_);
    return leader_.empty() ? "another process" : leader_;
}

void Leading::look() {
    const auto leads = leadership_->look();
    if (!leads) {
        // A database that cannot be reached lends nobody anything.
        spdlog::warn("leadership: {}", leads.error().message());
        leads_ = false;
        return;
    }
    if (const auto leader = leadership_->leader()) {
        const std::lock_guard lock(mutex_);
        leader_ = *leader;
    }
    if (leads_.exchange(*leads) || !*leads) return;
    spdlog::info("this process leads");
    on_lead_();
}

}  // namespace tipoff::cli
