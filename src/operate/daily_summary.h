#pragma once
/// A game date in one message: who was forecast, how good it was, what went wrong.

#include <string>

#include "base/calendar.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::operate {

struct DailySummary {
    std::string title;  ///< "2026-01-19: 252 of 252 players forecast, ensemble_v1 off by 4.61"
    std::string body;
};

/// Errors are the database's. A date without games says so.
Expected<DailySummary> daily_summary(store::Database& database, GameDate date);

}  // namespace tipoff::operate
