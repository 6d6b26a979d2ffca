#pragma once
/// The scheduler's rows: where each job stands, what was decided, and what it has to know of games.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "operate/schedule.h"
#include "store/database.h"

namespace tipoff::operate {

/// What is remembered of every job.
Expected<JobStates> read_job_states(store::Database& database);

/// The games of these dates as they were known at `now`, in the order of tip-off; those put off and
/// those before the season are left out.
Expected<std::vector<KnownGame>> read_known_games(store::Database& database,
                                                  const store::DateScope& dates, Instant now);

/// The dates whose games decisions at `now` look at: from the longest catch-up to two weeks ahead.
[[nodiscard]] store::DateScope dates_to_look_at(const Workflows& workflows, Instant now);

/// `decide`, by what the database knows.
Expected<std::vector<Decision>> decide_now(store::Database& database, const Workflows& workflows,
                                           Instant now);

/// Remembers the jobs that have not been seen before: their logical times count from `now`. To be
/// called before deciding by whoever also acts.
Status note_jobs(store::Database& database, const Workflows& workflows, Instant now);

/// Keeps decisions: those of a job that differ from what was last kept of it, and all of them once
/// an hour. Returns how many were kept.
Expected<std::int64_t> keep_decisions(store::Database& database, const Workflows& workflows,
                                      std::span<const Decision> decisions, Instant now);

/// Moves a job's state on: `to` is planned from here on. `from` is what the decision saw
/// (`JobState::last_logical_time`). `kFenced` when somebody else moved or paused it meanwhile: then
/// nothing of the transaction may be committed. Two transactions that both get through meet at
/// commit, where the second is `kFenced`.
Status advance(store::Transaction& transaction, std::string_view job, std::optional<Instant> from,
               Instant to);

/// Pauses a job by hand, or lets it go on; what it missed meanwhile is caught up as its policy
/// says. False where it was so already.
Expected<bool> pause_job(store::Database& database, std::string_view job, std::string_view by,
                         Instant now);
Expected<bool> resume_job(store::Database& database, std::string_view job, Instant now);

}  // namespace tipoff::operate
