#include "operate/owed_results.h"

#include <fmt/core.h>

#include <set>

#include "ledger/run_state.h"
#include "operate/day_runs.h"
#include "operate/run_times.h"

namespace tipoff::operate {
namespace {

constexpr int kOwedDays = 7;
constexpr std::chrono::hours kPauseOfYesterday{1};
constexpr std::chrono::hours kPause{6};

/// Collections of past dates of which the newest that was begun got less than it should, and when
/// anything last came of them: one that was passed over since counts for the pause.
constexpr std::string_view kUnfinished = R"sql(
WITH newest AS (
    SELECT DISTINCT ON (scope, game_date) scope, game_date, state FROM ops.run
    WHERE step = 'collect' AND game_date BETWEEN $1 AND $2 AND state NOT IN ('skipped', 'cancelled')
    ORDER BY scope, game_date, fencing_token DESC
)
SELECT r.scope, r.game_date, max(r.finished_at), max(CASE WHEN r.job <> '' THEN r.logical_time END)
FROM ops.run r JOIN newest n ON n.scope = r.scope AND n.game_date = r.game_date
WHERE r.step = 'collect' AND r.game_date BETWEEN $1 AND $2
  AND n.state IN ('failed', 'degraded', 'abandoned')
GROUP BY r.scope, r.game_date
HAVING NOT bool_or(r.state = 'running' OR r.state IN {})
ORDER BY r.game_date, r.scope
)sql";

/// Sources whose documents of a date are about games that were played.
std::set<std::string_view> sources_of_results(const Workflows& workflows) {
    std::set<std::string_view> sources;
    for (const Job& job : workflows.jobs) {
        const bool is_after_games = std::holds_alternative<AfterGames>(job.trigger);
        for (const TaskRule& task : job.tasks) {
            const bool is_of_the_past = is_after_games || task.day == TaskDay::kYesterday;
            if (job.enabled && task.kind == TaskKind::kCollect && is_of_the_past)
                sources.insert(task.name);
        }
    }
    return sources;
}

}  // namespace

Expected<std::vector<RunWork>> owed_results(store::Database& database, const Workflows& workflows,
                                            const Clock& clock) {
    const GameDate yesterday = eastern_date(clock.league_now()).plus_days(-1);
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format(kUnfinished, ledger::kWaitingStates),
                             {yesterday.plus_days(1 - kOwedDays), yesterday}));
    const std::set<std::string_view> sources = sources_of_results(workflows);
    std::vector<RunWork> owed;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const GameDate date = store::ColumnCodec<GameDate>::get(rows.data[1], i);
        const auto ended =
            league_end(store::ColumnCodec<Instant>::get(rows.data[2], i),
                       store::ColumnCodec<std::optional<Instant>>::get(rows.data[3], i), clock);
        const auto pause = date == yesterday ? kPauseOfYesterday : kPause;
        if (ended && clock.league_now() < *ended + pause) continue;
        const std::string_view scope = rows.data[0].text(i);
        const std::string_view name = source_of_scope(scope);
        const collect::Source* const source = collect::find_source(name);
        if (source == nullptr || !sources.contains(name)) continue;
        const RunWork work{.kind = TaskKind::kCollect, .source = source, .game_date = date};
        if (scope_name(work) == scope) owed.push_back(work);
    }
    return owed;
}

}  // namespace tipoff::operate
