#pragma once
/// Whether the database is still what an answer was made of.
///
/// The ledger says so: every change of what is shown ends a run, raises an alert or changes a
/// token, and each of those raises a `row_version`. The sums are asked for when a request comes,
/// and then at most ten times a second: whatever another process commits is seen within a tenth of
/// a second. Whoever commits in this process says `refresh()`, and the next request sees it.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "base/clock.h"
#include "base/error.h"
#include "operate/tokens.h"
#include "store/database.h"

namespace tipoff::serve {

inline constexpr std::chrono::milliseconds kLookInterval{100};

/// What stands behind all answers, at some moment of the last tenth of a second.
struct DataState {
    std::uint64_t version = 0;  ///< another one after every change
    std::shared_ptr<const operate::KnownTokens> tokens;
};

using DataStatePtr = std::shared_ptr<const DataState>;

class DataVersion {
public:
    /// Both outlive it.
    DataVersion(store::Database& database, const Clock& clock);

    /// Safe from any thread. Of those who find that it is time to look again one looks, and the
    /// others take what is known; after `refresh` they wait for it. Errors are the database's.
    Expected<DataStatePtr> current();

    /// Something was committed.
    void refresh() { is_stale_ = true; }

private:
    Expected<DataStatePtr> look();
    [[nodiscard]] DataStatePtr known() const;

    store::Database& database_;
    const Clock& clock_;
    std::atomic<bool> is_stale_ = true;
    std::atomic<std::int64_t> looked_at_ = 0;  ///< microseconds of `Clock::elapsed`
    std::mutex looking_;
    mutable std::shared_mutex mutex_;  ///< of `state_`
    DataStatePtr state_;
    std::uint64_t data_sum_ = 0;  ///< fingerprints of what was seen last
    std::uint64_t token_sum_ = 0;
};

}  // namespace tipoff::serve
