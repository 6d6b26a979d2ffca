#include "operate/controller.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/crash_point.h"
#include "ledger/input_changes.h"
#include "operate/board_moves.h"
#include "operate/catalogue.h"
#include "operate/game_day.h"
#include "operate/needs.h"
#include "operate/owed_results.h"
#include "operate/problems.h"
#include "operate/schedule_store.h"

namespace tipoff::operate {
namespace {

using ledger::Move;
using ledger::PlannedRun;
using ledger::RunRow;
using ledger::RunState;

/// What one wave did may let others begin. More waves than steps in a row are a circle.
constexpr int kMostWaves = 12;

/// Live forecasts are computed again until the last game tips off, late results within a fortnight.
constexpr int kLateResultDays = 14;
constexpr std::chrono::hours kRecomputeWithin{2};
constexpr std::chrono::hours kByHandWithin{6};
constexpr std::chrono::hours kOwedWithin{6};

constexpr std::array kLiveSteps{Step::kConform, Step::kFeatures, Step::kForecasts};

/// Tables whose rows of a date are its results.
constexpr std::array<std::string_view, 3> kResultTables{"raw.player_box", "raw.team_box",
                                                        "raw.schedule"};

}  // namespace

Controller::Controller(store::Database& database, const Clock& clock, const Workflows& workflows,
                       Executor& executor, const Alerts& alerts,
                       const std::vector<AlertChannel>& channels)
    : database_(database),
      clock_(clock),
      workflows_(workflows),
      executor_(executor),
      alerts_(alerts),
      channels_(channels),
      queue_(database, clock),
      reaper_(database, clock) {}

/// Plans each due decision and moves its job on in one transaction: two controllers that decided
/// the same meet there, and the second plans nothing.
Expected<std::int64_t> Controller::plan_due(std::span<const Decision> decisions) {
    TIPOFF_TRY(JobStates states, read_job_states(database_));
    std::int64_t planned = 0;
    for (const Decision& decision : decisions) {
        if (decision.verdict != Verdict::kDue || !decision.logical_time) continue;
        const Instant to = *decision.logical_time;
        JobState& state = states[decision.job];
        if (state.last_logical_time && *state.last_logical_time >= to) continue;
        std::vector<PlannedRun> runs;
        runs.reserve(decision.tasks.size());
        for (const Task& task : decision.tasks) {
            runs.push_back(planned_run(work_of(task, clock_.league_now()), decision.job, to,
                                       decision.deadline));
        }
        TIPOFF_TRY(const auto transaction, database_.begin());
        const Status moved = advance(*transaction, decision.job, state.last_logical_time, to);
        if (!moved && moved.error().code() == ErrorCode::kFenced) continue;
        TIPOFF_CHECK(moved);
        TIPOFF_TRY(const std::int64_t added, queue_.plan(*transaction, runs));
        crash_point("controller.before_plan_commit");
        const Status committed = transaction->commit();
        if (!committed && committed.error().code() == ErrorCode::kFenced) continue;
        TIPOFF_CHECK(committed);
        crash_point("controller.planned");
        state.last_logical_time = to;
        planned += added;
    }
    return planned;
}

/// Plans the steps of a date again, unless they are on their way already.
Expected<std::int64_t> Controller::plan_again(GameDate date, bool is_live,
                                              std::span<const Step> steps, Instant deadline) {
    std::vector<PlannedRun> runs;
    for (const Step step : steps) {
        const RunWork work{.kind = step == Step::kGrades ? TaskKind::kGrade : TaskKind::kDerive,
                           .step = step,
                           .game_date = date,
                           .is_live = is_live};
        runs.push_back(planned_run(work, kRecomputeJob, clock_.league_now(), deadline));
        TIPOFF_TRY(const store::Columns waiting,
                   database_.read(fmt::format("SELECT 1 FROM ops.run WHERE step = $1 AND scope = "
                                              "$2 AND state IN {}",
                                              ledger::kWaitingStates),
                                  {runs.back().step, runs.back().scope}));
        if (waiting.rows() > 0) return 0;
    }
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const std::int64_t planned, queue_.plan(*transaction, runs));
    TIPOFF_CHECK(transaction->commit());
    crash_point("controller.planned_again");
    return planned;
}

/// Dates of games to come whose live forecasts are older than what is stated, or leave out what is
/// forecast by now. Found by what the ledger holds, so a process that was killed between the change
/// and its consequence owes it still.
Expected<std::vector<GameDate>> Controller::dates_to_forecast_again() {
    const Instant now = clock_.league_now();
    TIPOFF_TRY(const std::int64_t newest, ledger::newest_change(database_, stated_table_names()));
    TIPOFF_TRY(const store::Columns done,
               database_.read(fmt::format("SELECT game_date, CAST(max(fencing_token) AS BIGINT) "
                                          "FROM ops.run WHERE state IN {} AND game_date >= $1 AND "
                                          "step = 'forecasts' AND scope LIKE '%{}' GROUP BY "
                                          "game_date ORDER BY game_date",
                                          ledger::kSuccessStates, kLiveScope),
                              {eastern_date(now)}));
    std::vector<GameDate> dates;
    for (std::size_t i = 0; i < done.rows(); ++i) {
        const GameDate date = store::ColumnCodec<GameDate>::get(done.data[0], i);
        TIPOFF_TRY(const GameDay day, game_day(database_, date));
        const auto last = std::ranges::max_element(day.games, {}, &collect::Schedule::tip_off);
        if (last == day.games.end() || last->tip_off <= now) continue;
        bool is_owed = newest > done.data[1].integer(i);
        if (!is_owed) {
            // A batch of one market says nothing new of the others.
            TIPOFF_TRY(const bool is_of_all, executor_.has_forecast_all(date));
            is_owed = !is_of_all;
        }
        if (is_owed) dates.push_back(date);
    }
    return dates;
}

/// Steps of dates whose results have changed since they were conformed or graded.
Expected<std::map<GameDate, std::vector<Step>>> Controller::late_results() {
    const GameDate today = eastern_date(clock_.league_now());
    TIPOFF_TRY(
        const store::Columns done,
        database_.read(
            fmt::format("SELECT step, game_date, CAST(max(fencing_token) AS BIGINT) "
                        "FROM ops.run WHERE state IN {0} AND game_date >= $1 AND "
                        "step IN ('conform', 'grades') AND game_date < $2 AND "
                        "scope NOT LIKE '%{1}' GROUP BY step, game_date ORDER BY step, game_date",
                        ledger::kSuccessStates, kLiveScope),
            {today.plus_days(-kLateResultDays), today}));
    TIPOFF_TRY(const auto results, ledger::newest_changes_by_date(database_, kResultTables));
    std::map<GameDate, std::vector<Step>> late;
    for (std::size_t i = 0; i < done.rows(); ++i) {
        const GameDate date = store::ColumnCodec<GameDate>::get(done.data[1], i);
        TIPOFF_TRY(const Step step, parse_step(done.data[0].text(i)));
        const auto changed = results.find(date);
        if (changed != results.end() && changed->second > done.data[2].integer(i))
            late[date].push_back(step);
    }
    return late;
}

/// What was said of games to come is said again when anything stated has changed since; results
/// that changed after they were conformed or graded are so again.
Expected<std::int64_t> Controller::plan_recomputing() {
    const Instant deadline = clock_.league_now() + kRecomputeWithin;
    std::int64_t planned = 0;
    TIPOFF_TRY(const auto dates, dates_to_forecast_again());
    for (const GameDate date : dates) {
        TIPOFF_TRY(const std::int64_t added, plan_again(date, true, kLiveSteps, deadline));
        planned += added;
    }
    TIPOFF_TRY(const auto late, late_results());
    for (const auto& [date, steps] : late) {
        TIPOFF_TRY(const std::int64_t added, plan_again(date, false, steps, deadline));
        planned += added;
    }
    return planned;
}

/// Results whose windows are past and that nobody asks for any more.
Expected<std::int64_t> Controller::plan_owed_results() {
    TIPOFF_TRY(const auto works, owed_results(database_, workflows_, clock_));
    if (works.empty()) return 0;
    const Instant now = clock_.league_now();
    std::vector<PlannedRun> runs;
    runs.reserve(works.size());
    for (const RunWork& work : works)
        runs.push_back(planned_run(work, kOwedJob, now, now + kOwedWithin));
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const std::int64_t planned, queue_.plan(*transaction, runs));
    TIPOFF_CHECK(transaction->commit());
    return planned;
}

/// Runs that can be begun.
Expected<std::vector<ReadyRun>> Controller::ready_runs(Collect collect) {
    TIPOFF_TRY(std::vector<RunRow> due, queue_.due());
    if (collect == Collect::kNothing)
        std::erase_if(due, [](const RunRow& run) { return run.step == kCollectStep; });
    return ready_of(due);
}

/// Of dates that are to be forecast again, while others are still collecting.
Expected<std::vector<ReadyRun>> Controller::live_runs() {
    TIPOFF_TRY(const auto dates, dates_to_forecast_again());
    if (dates.empty()) return std::vector<ReadyRun>{};
    for (const GameDate date : dates) {
        TIPOFF_CHECK(plan_again(date, true, kLiveSteps, clock_.league_now() + kRecomputeWithin));
    }
    TIPOFF_TRY(std::vector<RunRow> due, queue_.due());
    std::erase_if(due, [&dates](const RunRow& run) {
        const auto work = work_of(run);
        return !work || work->kind != TaskKind::kDerive || !work->is_live ||
               std::ranges::find(dates, work->game_date) == dates.end();
    });
    return ready_of(due);
}

/// Those of the runs that can be begun. Those that cannot are made to wait for what they need.
Expected<std::vector<ReadyRun>> Controller::ready_of(std::span<const RunRow> due) {
    std::vector<ReadyRun> ready;
    std::vector<Move> moves;
    const auto goes_first = [&ready](const Need& need) {
        return std::ranges::any_of(ready, [&need](const ReadyRun& other) {
            return other.run.step == need.filled_by && other.work.game_date == need.date;
        });
    };
    // Steps that fill what others need are looked at before those.
    std::vector<std::pair<const RunRow*, RunWork>> in_order;
    for (const RunRow& run : due) {
        const auto work = work_of(run);
        if (work) {
            in_order.emplace_back(&run, *work);
        } else {
            moves.push_back({.run = &run,
                             .to = RunState::kFailed,
                             .reason = "NOT_KNOWN",
                             .detail = work.error().message()});
        }
    }
    std::ranges::stable_sort(in_order, {}, [](const auto& entry) {
        const RunWork& work = entry.second;
        return std::pair(work.kind, work.kind == TaskKind::kDerive ? work.step : Step::kConform);
    });
    Readying readying(database_, clock_.league_now());
    for (const auto& [run, work] : in_order) {
        TIPOFF_TRY(const Readiness state, readying.of(work, run->logical_time, goes_first));
        if (state.waits_for.empty()) {
            ready.push_back({*run, work, state.without});
        } else if (run->state != to_string(RunState::kRetryWait) ||
                   run->waits_for != state.waits_for) {
            moves.push_back({.run = run,
                             .to = RunState::kRetryWait,
                             .waits_for = state.waits_for,
                             .reason = "WAITS_FOR_DATA",
                             .detail = {}});
        }
    }
    for (const ReadyRun& run : ready) {
        if (run.run.state != to_string(RunState::kReady))
            moves.push_back({.run = &run.run, .to = RunState::kReady});
    }
    TIPOFF_CHECK(queue_.move(moves));
    for (ReadyRun& run : ready)
        run.run.state = to_string(RunState::kReady);
    crash_point("controller.ready");
    return ready;
}

Expected<std::int64_t> Controller::work_off(Collect collect, const RunProgress& progress) {
    std::int64_t done = 0;
    for (int wave = 0; wave < kMostWaves; ++wave) {
        TIPOFF_TRY(std::vector<ReadyRun> ready, ready_runs(collect));
        if (ready.empty()) break;
        done += static_cast<std::int64_t>(ready.size());
        TIPOFF_CHECK(executor_.execute(std::move(ready), [this] { return live_runs(); }, progress));
        crash_point("controller.wave_done");
        TIPOFF_CHECK(plan_recomputing());
    }
    TIPOFF_CHECK(tell_of_boards());
    return done;
}

Status Controller::tell_of_problems() {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(note_problems(database_, *transaction, alerts_, clock_));
    crash_point("controller.before_alerts_commit");
    return transaction->commit();
}

/// A batch or a note publishes between the passes: today's board is looked at whenever it has other
/// forecasts than the last time.
Status Controller::tell_of_boards() {
    const GameDate today = eastern_date(clock_.league_now());
    TIPOFF_TRY(const store::Columns live,
               database_.read("SELECT max(as_of), CAST(count(*) AS BIGINT) FROM "
                              "predictions.player_prop_prediction WHERE game_date = $1 AND origin "
                              "= 'live'",
                              {today}));
    const SeenBoard board{.date = today,
                          .newest = store::ColumnCodec<std::optional<AsOf>>::get(live.data[0], 0),
                          .forecasts = live.data[1].integer(0)};
    if (!board.newest || board == seen_board_) return {};
    TIPOFF_CHECK(tell_of_moves(database_, alerts_, today));
    seen_board_ = board;
    return {};
}

Expected<PassReport> Controller::pass(const RunProgress& progress) {
    PassReport report;
    TIPOFF_TRY(report.closed, reaper_.pass());
    crash_point("controller.reaped");
    const Instant now = clock_.league_now();
    TIPOFF_CHECK(note_jobs(database_, workflows_, now));
    TIPOFF_TRY(report.decisions, decide_now(database_, workflows_, now));
    TIPOFF_CHECK(keep_decisions(database_, workflows_, report.decisions, now));
    crash_point("controller.decided");
    TIPOFF_TRY(report.planned, plan_due(report.decisions));
    TIPOFF_TRY(const std::int64_t again, plan_recomputing());
    TIPOFF_TRY(const std::int64_t owed, plan_owed_results());
    report.planned += again + owed;
    TIPOFF_TRY(report.done, work_off(Collect::kWhatIsDue, progress));
    TIPOFF_CHECK(tell_of_problems());
    TIPOFF_TRY(report.delivered, deliver(database_, channels_, clock_));
    crash_point("controller.delivered");

    TIPOFF_TRY(report.next, queue_.next_wake());
    for (const Decision& decision : report.decisions) {
        if (decision.next && (!report.next || *decision.next < *report.next))
            report.next = decision.next;
    }
    return report;
}

Expected<std::vector<RunRow>> Controller::plan_and_do(std::span<const RunWork> works,
                                                      std::string_view job, Instant deadline,
                                                      Collect collect,
                                                      const RunProgress& progress) {
    const Instant now = clock_.league_now();
    std::vector<PlannedRun> runs;
    for (const RunWork& work : works)
        runs.push_back(planned_run(work, job, now, deadline));
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(queue_.plan(*transaction, runs));
    TIPOFF_CHECK(transaction->commit());
    TIPOFF_CHECK(work_off(collect, progress));
    TIPOFF_CHECK(tell_of_problems());
    TIPOFF_CHECK(deliver(database_, channels_, clock_));
    return store::read_rows(database_, ledger::kRun,
                            "WHERE job = $1 AND logical_time = $2 ORDER BY run_id",
                            {std::string(job), now});
}

Expected<std::vector<RunRow>> Controller::trigger(std::string_view name,
                                                  const RunProgress& progress) {
    const Job* const job = workflows_.find(name);
    if (job == nullptr)
        return fail(ErrorCode::kNotFound, fmt::format("there is no job '{}'", name),
                    "tipoff schedule list shows them");
    const Instant now = clock_.league_now();
    std::optional<GameDate> games_of;
    if (is_aware_of_games(job->trigger)) games_of = eastern_date(now);
    std::vector<RunWork> works;
    for (const Task& task : tasks_of(*job, now, games_of))
        works.push_back(work_of(task, now));
    return plan_and_do(works, job->name, now + job->give_up_after, Collect::kWhatIsDue, progress);
}

Expected<std::vector<RunRow>> Controller::run_day(GameDate date, Collect collect,
                                                  const RunProgress& progress) {
    const Instant now = clock_.league_now();
    const GameDate today = eastern_date(now);
    const Instant noon = eastern_instant(date, {.hour = 12, .minute = 0, .second = 0});
    std::vector<RunWork> works;
    std::set<std::pair<std::string, std::string>> known;
    const auto add = [&](const Task& task) {
        const bool is_of_the_day = task.kind == TaskKind::kCollect ||
                                   task.kind == TaskKind::kDerive || task.kind == TaskKind::kGrade;
        if (!is_of_the_day || (task.kind == TaskKind::kCollect && collect == Collect::kNothing))
            return;
        // What nobody has played yet has no grades, and a run of none would pass for them.
        if (task.kind == TaskKind::kGrade && task.game_date >= today) return;
        const RunWork work = work_of(task, now);
        if (known.emplace(step_name(work), scope_name(work)).second) works.push_back(work);
    };
    for (const Job& job : workflows_.jobs) {
        // Results of games that are still to come are not asked for.
        const bool is_of_results = std::holds_alternative<AfterGames>(job.trigger);
        if (!job.enabled || (is_of_results && date >= today)) continue;
        const auto games_of = is_aware_of_games(job.trigger) ? std::optional(date) : std::nullopt;
        for (const Task& task : tasks_of(job, noon, games_of))
            add(task);
    }
    if (date < today) add({.kind = TaskKind::kGrade, .name = {}, .game_date = date});
    return plan_and_do(works, kByHandJob, now + kByHandWithin, collect, progress);
}

}  // namespace tipoff::operate
