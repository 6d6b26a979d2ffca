#pragma once
/// What is wrong, read off the ledger and told as alerts.
///
/// A problem is a state, not an event: the newest ended run of a step and source did not do what it
/// was for, a run waits long past its time, forecasts were never graded, a source is left alone or
/// nearly out of quota, items of the newest batch were given up. Each has one signature; it is
/// raised as long as it is so and resolved when it is not, whoever looks and however often the
/// program was started in between.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "operate/alerts.h"
#include "store/database.h"

namespace tipoff::operate {

struct Problem {
    Alert alert;
    Instant since{};  ///< of its newest sign, by the machine's clock
};

/// In the order of their signatures.
Expected<std::vector<Problem>> problems(store::Database& database, const Clock& clock);

/// Raises every problem whose newest sign was not counted yet, and resolves what is no longer so.
Status note_problems(store::Database& database, store::Transaction& transaction,
                     const Alerts& alerts, const Clock& clock);

}  // namespace tipoff::operate
