#include "operate/day_runs.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/run_state.h"
#include "operate/dated_sql.h"
#include "operate/run_work.h"

namespace tipoff::operate {
namespace {

/// A model forecasts the dates after those that it was trained on; so long a training counts.
constexpr int kTrainedDays = 28;

/// Of each step and range of dates the newest run: half a million failed ones are one row here.
constexpr std::string_view kColumns =
    "SELECT step, scope, scope_from, scope_to, run_id, state, reason, detail, fencing_token, "
    "finished_at";

std::string steps_sql() {
    return fmt::format(
        "{0}, last_success FROM ({0}, CAST(NULL AS TIMESTAMPTZ) AS last_success, row_number() OVER "
        "(PARTITION BY step, scope_from, scope_to ORDER BY fencing_token DESC) AS place FROM "
        "ops.run WHERE step <> 'collect' AND scope_from <= $2 AND scope_to >= CAST($1 AS DATE) - "
        "CASE WHEN step = '{1}' THEN {2} ELSE 0 END) runs WHERE place = 1 ORDER BY fencing_token "
        "DESC",
        kColumns, kTrainStep, kTrainedDays);
}

/// Collections start on the machine's clock: a source that was asked in the weeks before is in use.
std::string collections_sql() {
    return fmt::format(
        "{0}, last_success FROM ({0}, max(finished_at) FILTER (WHERE state IN {1}) OVER (PARTITION "
        "BY step, scope) AS last_success, row_number() OVER (PARTITION BY step, scope ORDER BY "
        "fencing_token DESC) AS place FROM ops.run WHERE step = 'collect' AND started_at BETWEEN "
        "$1 AND $2) runs WHERE place = 1 ORDER BY fencing_token DESC",
        kColumns, ledger::kSuccessStates);
}

std::vector<DayRun> runs_of(const store::Columns& rows) {
    std::vector<DayRun> runs;
    const auto& data = rows.data;
    const auto text = [&](std::size_t column, std::size_t row) {
        return data[column].is_null(row) ? std::string() : std::string(data[column].text(row));
    };
    using MaybeDate = store::ColumnCodec<std::optional<GameDate>>;
    using MaybeInstant = store::ColumnCodec<std::optional<Instant>>;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        DayRun run{.step = text(0, i),
                   .scope = text(1, i),
                   .dates = std::nullopt,
                   .run_id = text(4, i),
                   .state = text(5, i),
                   .reason = text(6, i),
                   .detail = text(7, i),
                   .fencing_token = data[8].integer(i),
                   .finished_at = MaybeInstant::get(data[9], i),
                   .last_success = MaybeInstant::get(data[10], i)};
        const auto from = MaybeDate::get(data[2], i);
        const auto to = MaybeDate::get(data[3], i);
        if (from && to && run.step == kTrainStep) {
            run.dates = store::DateScope{to->plus_days(1), to->plus_days(kTrainedDays)};
        } else if (from && to) {
            run.dates = store::DateScope{*from, *to};
        } else {
            run.dates = dates_of_scope(run.scope);
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

bool covers(const DayRun& run, GameDate date) {
    return !run.dates || (run.dates->from <= date && date <= run.dates->to);
}

}  // namespace

bool is_success(std::string_view state) {
    const auto known = ledger::parse_run_state(state);
    return known && ledger::is_success(*known);
}

bool is_failure(std::string_view state) {
    const auto known = ledger::parse_run_state(state);
    return known && !ledger::is_success(*known) && ledger::is_final(*known) &&
           *known != ledger::RunState::kSkipped;
}

std::string_view source_of_scope(std::string_view scope) {
    return scope.substr(0, scope.find(' '));
}

std::optional<store::DateScope> dates_of_scope(std::string_view scope) {
    constexpr std::size_t kDateLength = 10;
    while (!scope.empty()) {
        const std::string_view word = source_of_scope(scope);
        scope.remove_prefix(std::min(scope.size(), word.size() + 1));
        const auto from = parse_date(word.substr(0, kDateLength));
        if (!from) continue;
        if (word.size() == kDateLength) return store::DateScope{*from, *from};
        const std::size_t dots = word.find("..");
        if (dots == std::string_view::npos) continue;
        const auto to = parse_date(word.substr(dots + 2));
        if (to) return store::DateScope{*from, *to};
    }
    return std::nullopt;
}

Expected<DayRuns> DayRuns::load(store::Database& database, const store::DateScope& dates) {
    DayRuns runs;
    constexpr int kAskedDaysBefore = 28;
    constexpr int kAskedDaysAfter = 5;
    TIPOFF_TRY(const store::Columns steps,
               database.read(with_dates(steps_sql(), {dates.from, dates.to}), {}));
    TIPOFF_TRY(const store::Columns collections,
               database.read(with_dates(collections_sql(), {dates.from.plus_days(-kAskedDaysBefore),
                                                            dates.to.plus_days(kAskedDaysAfter)}),
                             {}));
    runs.steps_ = runs_of(steps);
    runs.collections_ = runs_of(collections);
    return runs;
}

const DayRun* DayRuns::newest(std::string_view step, GameDate date) const {
    const auto found = std::ranges::find_if(
        steps_, [&](const DayRun& run) { return run.step == step && covers(run, date); });
    return found == steps_.end() ? nullptr : &*found;
}

const DayRun* DayRuns::newest_of(std::span<const std::string_view> sources, GameDate date) const {
    const auto found = std::ranges::find_if(collections_, [&](const DayRun& run) {
        return std::ranges::find(sources, source_of_scope(run.scope)) != sources.end() &&
               covers(run, date);
    });
    return found == collections_.end() ? nullptr : &*found;
}

bool DayRuns::was_asked(std::span<const std::string_view> sources) const {
    return std::ranges::any_of(collections_, [&](const DayRun& run) {
        return std::ranges::find(sources, source_of_scope(run.scope)) != sources.end();
    });
}

std::optional<Instant> DayRuns::last_given(std::span<const std::string_view> sources, GameDate date,
                                           Instant until) const {
    std::optional<Instant> last;
    for (const DayRun& run : collections_) {
        if (std::ranges::find(sources, source_of_scope(run.scope)) == sources.end()) continue;
        if (!covers(run, date) || !run.last_success || *run.last_success > until) continue;
        last = std::max(last.value_or(*run.last_success), *run.last_success);
    }
    return last;
}

}  // namespace tipoff::operate
