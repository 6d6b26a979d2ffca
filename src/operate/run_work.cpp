#include "operate/run_work.h"

#include <fmt/core.h>

#include "operate/collecting.h"
#include "operate/day_runs.h"
#include "operate/train.h"

namespace tipoff::operate {
namespace {

Step step_of(const Task& task) {
    if (task.kind == TaskKind::kGrade) return Step::kGrades;
    const auto step = parse_step(task.name);
    require(step.has_value(), "a task to derive something that is no step");
    return *step;
}

}  // namespace

RunWork work_of(const Task& task, Instant now) {
    RunWork work{.kind = task.kind, .game_date = task.game_date};
    switch (task.kind) {
        case TaskKind::kCollect: work.source = collect::find_source(task.name); break;
        case TaskKind::kDerive:
            work.step = step_of(task);
            work.is_live = task.game_date >= eastern_date(now);
            break;
        case TaskKind::kGrade: work.step = Step::kGrades; break;
        case TaskKind::kTrain:
        case TaskKind::kUpkeep:
        case TaskKind::kSummary:
        case TaskKind::kTestAlerts: break;
    }
    return work;
}

Expected<RunWork> work_of(const ledger::RunRow& run) {
    RunWork work;
    work.game_date = run.game_date.value_or(eastern_date(run.logical_time));
    if (run.step == kCollectStep) {
        work.source = collect::find_source(source_of_scope(run.scope));
        if (work.source != nullptr) return work;
    } else if (run.step == kTrainStep) {
        work.kind = TaskKind::kTrain;
        return work;
    } else if (run.step == kUpkeepStep) {
        work.kind = TaskKind::kUpkeep;
        return work;
    } else if (run.step == kSummaryStep) {
        work.kind = TaskKind::kSummary;
        return work;
    } else if (run.step == kAlertTestStep) {
        work.kind = TaskKind::kTestAlerts;
        return work;
    } else if (const auto step = parse_step(run.step)) {
        work.step = *step;
        work.kind = *step == Step::kGrades ? TaskKind::kGrade : TaskKind::kDerive;
        work.is_live = run.scope.ends_with(kLiveScope);
        return work;
    }
    return fail(ErrorCode::kInvalidInput,
                fmt::format("run {} is of '{}' of '{}', which this program does not know",
                            run.run_id, run.step, run.scope));
}

std::string_view step_name(const RunWork& work) {
    switch (work.kind) {
        case TaskKind::kCollect: return kCollectStep;
        case TaskKind::kDerive:
        case TaskKind::kGrade: return to_string(work.step);
        case TaskKind::kTrain: return kTrainStep;
        case TaskKind::kUpkeep: return kUpkeepStep;
        case TaskKind::kSummary: return kSummaryStep;
        case TaskKind::kTestAlerts: return kAlertTestStep;
    }
    throw InvariantBroken("work without a step");
}

std::string scope_name(const RunWork& work) {
    switch (work.kind) {
        case TaskKind::kCollect: return collect_scope(*work.source, {.dates = {work.game_date}});
        case TaskKind::kDerive:
        case TaskKind::kGrade:
            return derived_scope(season_of(work.game_date), {work.game_date, work.game_date},
                                 work.is_live);
        case TaskKind::kTrain: return train_scope(work.game_date);
        case TaskKind::kUpkeep:
        case TaskKind::kSummary:
        case TaskKind::kTestAlerts: return to_string(work.game_date);
    }
    throw InvariantBroken("work without a scope");
}

ledger::PlannedRun planned_run(const RunWork& work, std::string_view job, Instant logical_time,
                               Instant deadline) {
    return {.step = std::string(step_name(work)),
            .scope = scope_name(work),
            .job = std::string(job),
            .logical_time = logical_time,
            .game_date = work.game_date,
            .deadline = deadline};
}

}  // namespace tipoff::operate
