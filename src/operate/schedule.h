#pragma once
/// What of the workflows is due, and why what is not due is not.
///
/// Pure: the same workflows, instant, games and states give the same decisions. A logical time is
/// due as long as the job's state is behind it; whoever runs it first moves the state past it
/// (`advance` of schedule_store.h), which only one can. Of logical times that passed while nothing
/// ran the job's catch-up policy says which still run; time before a job was first seen does not
/// count, time during which it was paused does.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "operate/logical_times.h"
#include "operate/workflows.h"

namespace tipoff::operate {

/// So late a logical time still counts as on time: whoever decides does so once an hour at least.
inline constexpr std::chrono::minutes kOnTime{75};

/// Logical times of one job that are due at once, the oldest first; the others follow next time.
inline constexpr std::size_t kMostDueAtOnce = 500;

/// What is remembered of a job.
struct JobState {
    std::optional<Instant> last_logical_time;  ///< the newest that was planned
    bool paused = false;
    std::string paused_by;
    std::optional<Instant> paused_at;
    Instant first_seen_at{};
    bool operator==(const JobState&) const = default;
};
using JobStates = std::map<std::string, JobState>;

struct ScheduleInputs {
    Instant now{};
    std::span<const KnownGame> games;  ///< from before any catch-up to the days to come
    const JobStates& states;           ///< a job without one is seen for the first time
};

enum class Verdict : std::uint8_t {
    kDue,
    kNotDue,      ///< its time has not come
    kPaused,      ///< by hand
    kDisabled,    ///< in the workflows file
    kAlreadyRan,  ///< the newest logical time that has come was run
    kMissed,      ///< passed while nothing ran, and the catch-up policy leaves it out
    kNoGames,     ///< nothing is played that day
};

/// "due", "not_due", "paused", "disabled", "already_ran", "missed", "no_games".
[[nodiscard]] std::string_view to_string(Verdict verdict);

struct Decision {
    std::string job;
    std::optional<Instant> logical_time;  ///< that is due, was run or was missed (the newest)
    std::optional<GameDate> game_date;    ///< whose games made it due
    Verdict verdict = Verdict::kNotDue;
    std::string why;
    std::vector<Task> tasks;      ///< of what is due
    std::optional<Instant> next;  ///< the next logical time, by what is known of the schedule
    Instant deadline{};           ///< of what is due: then it is given up
};

/// Decisions on every job, in the file's order. A job has one, or several that are due, ascending,
/// behind one for those that it missed. Whoever acts on them takes the state along what is due, in
/// this order; what was missed stays so until the next one runs.
[[nodiscard]] std::vector<Decision> decide(const Workflows& workflows,
                                           const ScheduleInputs& inputs);

/// How far back the games of `ScheduleInputs` have to reach: the longest catch-up.
[[nodiscard]] std::chrono::seconds longest_catch_up(const Workflows& workflows);

}  // namespace tipoff::operate
