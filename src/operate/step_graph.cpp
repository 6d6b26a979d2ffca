#include "operate/step_graph.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

#include "collect/source.h"
#include "operate/needs.h"
#include "operate/run_work.h"

namespace tipoff::operate {
namespace {

/// Any date: what a step needs is asked for one.
constexpr GameDate kSomeDay{};

/// A step with the kinds of work that are it: a derived step is done for past dates and live ones.
struct StepKind {
    TaskKind kind{};
    std::string_view name;  ///< of the task: the step that is derived
};

constexpr std::array kStepKinds{
    StepKind{TaskKind::kCollect, ""},        StepKind{TaskKind::kDerive, "conform"},
    StepKind{TaskKind::kDerive, "features"}, StepKind{TaskKind::kDerive, "forecasts"},
    StepKind{TaskKind::kGrade, ""},          StepKind{TaskKind::kTrain, ""},
    StepKind{TaskKind::kUpkeep, ""},         StepKind{TaskKind::kSummary, ""},
    StepKind{TaskKind::kTestAlerts, ""}};

RunWork work_of(const StepKind& step) {
    if (step.kind == TaskKind::kCollect) return {.kind = step.kind};
    RunWork work = operate::work_of(
        Task{.kind = step.kind, .name = std::string(step.name), .game_date = kSomeDay}, Instant{});
    work.is_live = step.kind == TaskKind::kDerive;
    return work;
}

void add(std::vector<std::string>& list, std::string_view text) {
    if (std::ranges::find(list, text) == list.end()) list.emplace_back(text);
}

/// Whether a statement names a table: "raw.play" is not in "raw.player_box".
bool names(std::string_view sql, std::string_view table) {
    const auto is_of_name = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
    };
    for (auto at = sql.find(table); at != std::string_view::npos; at = sql.find(table, at + 1)) {
        const auto end = at + table.size();
        if ((at == 0 || !is_of_name(sql[at - 1])) && (end == sql.size() || !is_of_name(sql[end])))
            return true;
    }
    return false;
}

/// Tables of other steps that the step needs, or whose rows say how many it is to make.
std::vector<std::string> reads_of(const RunWork& work, std::string_view step) {
    std::vector<std::string> reads;
    for (const std::string& table : tables_needed(work, kSomeDay))
        add(reads, table);
    for (const WatchedTable& made : watched_tables()) {
        if (made.step != step) continue;
        for (const WatchedTable& other : watched_tables()) {
            const std::string name = other.table->qualified_name();
            if (other.step != step && names(made.expected, name)) add(reads, name);
        }
    }
    return reads;
}

std::vector<std::string> jobs_where(const Workflows& workflows,
                                    const std::function<bool(const TaskRule&)>& does_it) {
    std::vector<std::string> names;
    for (const Job& job : workflows.jobs) {
        if (std::ranges::any_of(job.tasks, does_it)) names.push_back(job.name);
    }
    return names;
}

std::vector<GraphSource> graph_sources(const Workflows& workflows) {
    std::vector<GraphSource> sources;
    for (const collect::Source& source : collect::sources()) {
        GraphSource& made = sources.emplace_back();
        made.source = source.name;
        made.what = source.what;
        for (const WatchedTable& table : watched_tables()) {
            if (std::ranges::find(table.sources, source.name) != table.sources.end())
                made.writes.push_back(table.table->qualified_name());
        }
        made.workflows = jobs_where(workflows, [&source](const TaskRule& task) {
            return task.kind == TaskKind::kCollect && collect::find_source(task.name) == &source;
        });
    }
    return sources;
}

}  // namespace

std::vector<GraphStep> step_graph(const Workflows& workflows) {
    std::vector<GraphStep> steps;
    for (const StepKind& kind : kStepKinds) {
        const RunWork work = work_of(kind);
        GraphStep& made = steps.emplace_back();
        made.step = step_name(work);
        made.workflows = jobs_where(workflows, [&kind](const TaskRule& task) {
            return task.kind == kind.kind && (kind.name.empty() || task.name == kind.name);
        });
        made.reads = reads_of(work, made.step);
        for (const WatchedTable& table : watched_tables()) {
            const std::string name = table.table->qualified_name();
            if (table.step == made.step) made.writes.push_back(name);
            if (std::ranges::find(made.reads, name) != made.reads.end())
                add(made.after, table.step);
        }
        if (kind.kind == TaskKind::kCollect) made.sources = graph_sources(workflows);
    }
    return steps;
}

std::vector<const Job*> jobs_that_fill(const WatchedTable& table, const Workflows& workflows) {
    std::vector<const Job*> jobs;
    for (const Job& job : workflows.jobs) {
        const bool fills = std::ranges::any_of(job.tasks, [&table](const TaskRule& task) {
            if (task.kind == TaskKind::kCollect)
                return std::ranges::find(table.sources, collect::find_source(task.name)->name) !=
                       table.sources.end();
            return step_name(work_of({task.kind, task.name})) == table.step;
        });
        if (fills) jobs.push_back(&job);
    }
    return jobs;
}

}  // namespace tipoff::operate
