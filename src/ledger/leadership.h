#pragma once
/// Which of several processes on one database does what only one may do: run the schedule, and
/// forecast batches.
///
/// The leader holds a lease that it renews; when it has not for so long, another takes it. Nothing
/// depends on there being no two for a moment: what both begin is fenced by the ledger. Leases are
/// by the machines' clocks, which have to agree within a few seconds.

#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ops_tables.h"
#include "store/database.h"

namespace tipoff::ledger {

/// A leader that is gone is replaced within both together: in less than half a minute.
inline constexpr std::chrono::seconds kLeaderLease{20};
inline constexpr std::chrono::seconds kLeaderLooks{5};

class Leadership {
public:
    /// `who` tells processes apart. All outlive it.
    Leadership(store::Database& database, const Clock& clock, std::string who);

    /// Renews the lease, or takes one that is free or over. Whether this process leads until the
    /// next look.
    Expected<bool> look();

    /// Who leads, by the row; empty where nobody does.
    Expected<std::string> leader();

    /// Lets the lease go, so that another need not wait for its end.
    Status resign();

private:
    store::Database& database_;
    const Clock& clock_;
    std::string who_;
};

}  // namespace tipoff::ledger
