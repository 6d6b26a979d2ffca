#pragma once
/// The `ops` tables of the scheduler.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "store/table.h"

namespace tipoff::operate {

/// Where a job of the workflows file stands.
struct ScheduleStateRow {
    std::string job;
    bool paused = false;
    std::string paused_by;
    std::optional<Instant> paused_at;
    std::optional<Instant> last_logical_time;  ///< the newest that was planned
    Instant first_seen_at{};
    std::int64_t row_version = 0;  ///< counts the changes of this row
};

/// A decision of the controller on a job.
struct ScheduleDecisionRow {
    std::string job;
    Instant decided_at{};
    std::int32_t ordinal = 0;  ///< of the decisions on the job at that instant
    std::optional<Instant> logical_time;
    std::optional<GameDate> game_date;
    std::string verdict;
    std::string why;
    std::optional<Instant> next_at;
    std::string workflows_version;
};

extern const store::Table<ScheduleStateRow> kScheduleState;
extern const store::Table<ScheduleDecisionRow> kScheduleDecision;

[[nodiscard]] std::vector<const store::TableSpec*> schedule_tables();

}  // namespace tipoff::operate
