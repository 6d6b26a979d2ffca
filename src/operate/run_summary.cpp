#include "operate/run_summary.h"

#include <fmt/core.h>

#include <map>

#include "ledger/run_state.h"
#include "operate/day_runs.h"
#include "operate/watched_tables.h"

namespace tipoff::operate {
namespace {

constexpr std::string_view kSeconds =
    "CAST(EXTRACT(epoch FROM finished_at - started_at) AS DOUBLE PRECISION)";
constexpr std::string_view kInWindow = "(started_at >= $1 OR finished_at >= $1)";

using MaybeInstant = store::ColumnCodec<std::optional<Instant>>;
using MaybeNumber = store::ColumnCodec<std::optional<double>>;

/// When each step last succeeded; nothing for those that only failed.
Expected<std::map<StepName, std::optional<Instant>>> successes(store::Database& database) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format("SELECT step, {} AS source, max(finished_at) FILTER "
                                         "(WHERE state IN {}) FROM ops.run GROUP BY step, source",
                                         kSourceOfRun, ledger::kSuccessStates),
                             {}));
    std::map<StepName, std::optional<Instant>> made;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        made[{std::string(rows.data[0].text(i)), std::string(rows.data[1].text(i))}] =
            MaybeInstant::get(rows.data[2], i);
    }
    return made;
}

Status add_steps(store::Database& database,
                 const std::map<StepName, std::optional<Instant>>& last_success,
                 RunSummary& summary) {
    TIPOFF_TRY(
        const store::Columns rows,
        database.read(
            fmt::format("SELECT step, {} AS source, state, CAST(count(*) AS BIGINT), "
                        "percentile_disc(0.5) WITHIN GROUP (ORDER BY {}), percentile_disc(0.95) "
                        "WITHIN GROUP (ORDER BY {}) FROM ops.run WHERE {} "
                        "GROUP BY step, source, state ORDER BY step, source, state",
                        kSourceOfRun, kSeconds, kSeconds, kInWindow),
            {summary.since}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        StepSummary step{.step = std::string(rows.data[0].text(i)),
                         .source = std::string(rows.data[1].text(i)),
                         .state = std::string(rows.data[2].text(i)),
                         .count = rows.data[3].integer(i),
                         .p50_s = MaybeNumber::get(rows.data[4], i),
                         .p95_s = MaybeNumber::get(rows.data[5], i),
                         .last_success = std::nullopt};
        const auto success = last_success.find({step.step, step.source});
        if (success != last_success.end()) step.last_success = success->second;
        summary.steps.push_back(std::move(step));
    }
    return {};
}

Status add_slowest(store::Database& database, RunSummary& summary) {
    TIPOFF_TRY(
        const store::Columns rows,
        database.read(fmt::format("SELECT run_id, step, scope, state, {} AS seconds, started_at "
                                  "FROM ops.run WHERE {} AND finished_at IS NOT NULL AND "
                                  "started_at IS NOT NULL ORDER BY seconds DESC, run_id LIMIT {}",
                                  kSeconds, kInWindow, kSlowestRuns),
                      {summary.since}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        summary.slowest.push_back(
            {.run_id = std::string(rows.data[0].text(i)),
             .step = std::string(rows.data[1].text(i)),
             .scope = std::string(rows.data[2].text(i)),
             .state = std::string(rows.data[3].text(i)),
             .seconds = rows.data[4].number(i),
             .started_at = store::ColumnCodec<Instant>::get(rows.data[5], i)});
    }
    return {};
}

}  // namespace

Expected<RunSummary> summarize_runs(store::Database& database, Instant since) {
    RunSummary summary;
    summary.since = since;
    TIPOFF_TRY(auto last_success, successes(database));
    TIPOFF_CHECK(add_steps(database, last_success, summary));
    TIPOFF_CHECK(add_slowest(database, summary));
    for (const WatchedTable& watched : watched_tables()) {
        // A step that nobody has started yet has not succeeded either; sources are a choice.
        if (watched.step != "collect") last_success.try_emplace({std::string(watched.step), ""});
    }
    for (const auto& [name, success] : last_success) {
        if (!success) summary.never_succeeded.push_back(name);
    }
    return summary;
}

}  // namespace tipoff::operate
