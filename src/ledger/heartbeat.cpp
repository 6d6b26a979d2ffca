#include "ledger/heartbeat.h"

#include <fmt/core.h>

namespace tipoff::ledger {

Heartbeat::Heartbeat(Ledger& ledger, const RunHandle& run, const Clock& clock,
                     std::chrono::milliseconds interval)
    : ledger_(ledger), run_(run), clock_(clock), confirmed_at_(clock.elapsed().count()) {
    ticker_.emplace(interval, [this] { beat(); });
}

void Heartbeat::beat() {
    const auto asked_at = clock_.elapsed().count();
    const Status done = ledger_.beat(run_);
    if (done) {
        confirmed_at_ = asked_at;
        has_failed_ = false;
    } else if (done.error().code() == ErrorCode::kFenced) {
        is_fenced_ = true;
    } else {
        has_failed_ = true;
    }
}

bool Heartbeat::is_lost() const {
    const std::chrono::microseconds silent_for{clock_.elapsed().count() - confirmed_at_};
    return is_fenced_ || (has_failed_ && silent_for >= kSilentWorkerStops);
}

Status Heartbeat::stop_and_prepare_to_write() {
    ticker_.reset();
    if (is_fenced_)
        return fail(ErrorCode::kFenced,
                    fmt::format("run {} was taken over or ended by another", run_.run_id));
    // The row itself says whether a worker that was silent for long still has its run.
    return ledger_.prepare_to_write(run_);
}

}  // namespace tipoff::ledger
