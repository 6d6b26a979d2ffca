#pragma once
/// What ran in a window of time: counts by step and state, how long runs took, the slowest, and
/// when each step last succeeded. Collections are told apart by their source.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::operate {

struct StepSummary {
    std::string step;
    std::string source;  ///< of "collect"; empty otherwise
    std::string state;
    std::int64_t count = 0;
    std::optional<double> p50_s;  ///< of those that have ended, by nearest rank
    std::optional<double> p95_s;
    std::optional<Instant> last_success;  ///< of the step and source, at any time
};

struct SlowRun {
    std::string run_id;
    std::string step;
    std::string scope;
    std::string state;
    double seconds = 0;
    Instant started_at{};
};

/// A step, and a source of "collect".
struct StepName {
    std::string step;
    std::string source;
    auto operator<=>(const StepName&) const = default;
};

struct RunSummary {
    Instant since{};
    std::vector<StepSummary> steps;  ///< by step, source and state
    std::vector<SlowRun> slowest;    ///< ten at most, the slowest first
    /// Of the steps of a date and of everything that has ever run: those without any success.
    std::vector<StepName> never_succeeded;
};

/// The source of a row of ops.run, as an expression; empty where it is no collection.
inline constexpr std::string_view kSourceOfRun =
    "CASE WHEN step = 'collect' THEN split_part(scope, ' ', 1) ELSE '' END";

inline constexpr int kSlowestRuns = 10;

/// Runs that started or ended at `since` or later.
Expected<RunSummary> summarize_runs(store::Database& database, Instant since);

}  // namespace tipoff::operate
