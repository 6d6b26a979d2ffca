#pragma once
/// What a planned run is for: between a task of the workflows file, the row that the ledger keeps
/// of it, and the work that it comes to.
///
/// A run is found again by its step and scope alone: whoever collects or computes that scope, by
/// hand or by plan, begins the run that waits for it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/error.h"
#include "collect/source.h"
#include "ledger/run_queue.h"
#include "operate/backfill.h"
#include "operate/workflows.h"

namespace tipoff::operate {

inline constexpr std::string_view kCollectStep = "collect";
inline constexpr std::string_view kTrainStep = "train";
inline constexpr std::string_view kUpkeepStep = "upkeep";
inline constexpr std::string_view kSummaryStep = "summary";
inline constexpr std::string_view kAlertTestStep = "alert_test";

/// A task of a game date as the ledger names it.
struct RunWork {
    TaskKind kind = TaskKind::kCollect;
    const collect::Source* source = nullptr;  ///< of a collection
    Step step = Step::kConform;               ///< of what is derived, and of grades
    GameDate game_date{};
    bool is_live = false;  ///< derived for games to come, as of now
};

/// The work of a task. A step of a date that is not over at `now` is live.
[[nodiscard]] RunWork work_of(const Task& task, Instant now);

/// The work of a planned run; `kInvalidInput` for a row of a step or source that is not known.
Expected<RunWork> work_of(const ledger::RunRow& run);

[[nodiscard]] std::string_view step_name(const RunWork& work);
[[nodiscard]] std::string scope_name(const RunWork& work);

[[nodiscard]] ledger::PlannedRun planned_run(const RunWork& work, std::string_view job,
                                             Instant logical_time, Instant deadline);

}  // namespace tipoff::operate
