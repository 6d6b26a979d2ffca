#include "operate/datasets.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/ops_tables.h"
#include "ledger/run_state.h"
#include "operate/day_runs.h"
#include "operate/logical_times.h"
#include "operate/run_summary.h"
#include "operate/schedule_store.h"
#include "operate/step_graph.h"
#include "operate/watched_tables.h"

namespace tipoff::operate {
namespace {

/// A season has games within these days of any of its days, its breaks included.
constexpr int kDaysWithoutGamesBefore = 1;
constexpr int kDaysWithoutGamesAfter = 7;

/// The newest dates of a derived table that are looked at for its last change.
constexpr int kDaysOfChanges = 35;

/// When a job was and will be due.
struct JobTimes {
    std::optional<Instant> last;
    std::optional<Instant> next;
};

JobTimes times_of(const Cron& cron, Instant now) {
    return {.last = cron.last_at_or_before(now), .next = cron.next_after(now)};
}

JobTimes times_of(const std::vector<LogicalTime>& times, Instant now) {
    JobTimes result;
    for (const LogicalTime& time : times) {
        if (!time.is_needed) continue;
        if (time.at <= now) {
            result.last = time.at;
        } else if (!result.next) {
            result.next = time.at;
        }
    }
    return result;
}

/// The runs of a step, or of a source.
struct Runs {
    std::optional<Instant> last_success;
    std::optional<Instant> done_for;  ///< the newest logical time that is settled
    std::optional<ledger::RunRow> newest;

    void add(const Runs& other) {
        // An empty one counts as before all others.
        last_success = std::max(last_success, other.last_success);
        done_for = std::max(done_for, other.done_for);
        if (other.newest && (!newest || newest->fencing_token < other.newest->fencing_token))
            newest = other.newest;
    }
};

class Reading {
public:
    Reading(store::Database& database, const Workflows& workflows, Instant now)
        : database_(database), workflows_(workflows), now_(now) {}

    Status load() {
        TIPOFF_TRY(states_, read_job_states(database_));
        TIPOFF_TRY(games_, read_known_games(database_, dates_to_look_at(workflows_, now_), now_));
        TIPOFF_CHECK(load_runs());
        return load_changes();
    }

    Expected<Dataset> of(const WatchedTable& watched) const {
        Dataset made;
        made.table = watched.table->qualified_name();
        made.step = watched.step;
        made.sources.assign(watched.sources.begin(), watched.sources.end());
        add_schedule(watched, made);
        const Runs runs = runs_of(watched);
        made.last_success_at = runs.last_success;
        if (runs.newest)
            made.last_run = {runs.newest->run_id, runs.newest->state, runs.newest->reason};
        TIPOFF_TRY(made.rows, count(watched));
        TIPOFF_TRY(made.last_change_at, last_change(watched));
        // Whatever changed the rows came to its end: an import, a rebuild.
        made.last_success_at = std::max(made.last_success_at, made.last_change_at);
        judge(runs, made);
        return made;
    }

private:
    Status load_runs() {
        TIPOFF_TRY(const store::Columns rows,
                   database_.read(
                       fmt::format("SELECT step, {} AS source, max(finished_at) FILTER (WHERE "
                                   "state IN {}), max(logical_time) FILTER (WHERE state IN {} OR "
                                   "state = 'skipped') FROM ops.run GROUP BY step, source",
                                   kSourceOfRun, ledger::kSuccessStates, ledger::kSuccessStates),
                       {}));
        using MaybeInstant = store::ColumnCodec<std::optional<Instant>>;
        for (std::size_t i = 0; i < rows.rows(); ++i)
            runs_[{std::string(rows.data[0].text(i)), std::string(rows.data[1].text(i))}] = {
                .last_success = MaybeInstant::get(rows.data[2], i),
                .done_for = MaybeInstant::get(rows.data[3], i),
                .newest = {}};
        TIPOFF_TRY(
            auto newest,
            store::read_rows(database_, ledger::kRun,
                             fmt::format("WHERE fencing_token IN (SELECT max(fencing_token) FROM "
                                         "ops.run WHERE started_at IS NOT NULL GROUP BY step, {})",
                                         kSourceOfRun)));
        for (ledger::RunRow& run : newest) {
            const bool is_collection = run.step == "collect";
            StepName name{run.step, is_collection ? std::string(source_of_scope(run.scope)) : ""};
            runs_[std::move(name)].newest = std::move(run);
        }
        return {};
    }

    Status load_changes() {
        TIPOFF_TRY(const store::Columns rows,
                   database_.read("SELECT table_name, max(changed_at) FROM ops.input_change GROUP "
                                  "BY table_name",
                                  {}));
        for (std::size_t i = 0; i < rows.rows(); ++i)
            changes_.emplace(rows.data[0].text(i),
                             store::ColumnCodec<Instant>::get(rows.data[1], i));
        return {};
    }

    [[nodiscard]] JobTimes job_times(const Job& job) const {
        JobTimes times;
        if (const auto* cron = std::get_if<Cron>(&job.trigger)) {
            times = times_of(*cron, now_);
        } else if (const auto* before = std::get_if<BeforeGames>(&job.trigger)) {
            times = times_of(logical_times(*before, games_), now_);
        } else {
            times = times_of(logical_times(std::get<AfterGames>(job.trigger), games_), now_);
        }
        // The past before a job was first seen does not count.
        const auto state = states_.find(job.name);
        if (state == states_.end() || times.last < state->second.first_seen_at) times.last.reset();
        return times;
    }

    void add_schedule(const WatchedTable& watched, Dataset& made) const {
        std::vector<std::string> texts;
        for (const Job* job : jobs_that_fill(watched, workflows_)) {
            made.jobs.push_back(job->name);
            const auto state = states_.find(job->name);
            const bool is_paused = state != states_.end() && state->second.paused;
            texts.push_back(fmt::format("{}: {}{}", job->name, to_string(job->trigger),
                                        !job->enabled ? " (disabled)"
                                        : is_paused   ? " (paused)"
                                                      : ""));
            if (!job->enabled || is_paused) continue;
            const JobTimes times = job_times(*job);
            made.should_update_at = std::max(made.should_update_at, times.last);
            if (times.next)
                made.next_update_at =
                    std::min(made.next_update_at.value_or(*times.next), *times.next);
        }
        made.schedule = fmt::format("{}", fmt::join(texts, "; "));
    }

    [[nodiscard]] Runs runs_of(const WatchedTable& watched) const {
        Runs all;
        const auto add = [&](std::string_view source) {
            const auto found = runs_.find({std::string(watched.step), std::string(source)});
            if (found != runs_.end()) all.add(found->second);
        };
        if (watched.sources.empty()) add("");
        for (const std::string_view source : watched.sources)
            add(source);
        return all;
    }

    Expected<std::int64_t> count(const WatchedTable& watched) const {
        TIPOFF_TRY(const store::Columns rows,
                   database_.read(fmt::format("SELECT CAST(count(*) AS BIGINT) FROM {}",
                                              watched.table->qualified_name()),
                                  {}));
        return rows.data[0].integer(0);
    }

    /// A stated table's change stands in the ledger; of a derived one each row names the run that
    /// last changed it.
    Expected<std::optional<Instant>> last_change(const WatchedTable& watched) const {
        const std::string name = watched.table->qualified_name();
        if (watched.step == "collect") {
            const auto change = changes_.find(name);
            return change == changes_.end() ? std::nullopt : std::optional(change->second);
        }
        const std::string newest_rows =
            watched.is_by_date()
                ? fmt::format(
                      " WHERE game_date >= CAST((SELECT max(game_date) FROM {}) AS DATE) - "
                      "{}",
                      name, kDaysOfChanges)
                : "";
        TIPOFF_TRY(const store::Columns rows,
                   database_.read(fmt::format("SELECT max(finished_at) FROM ops.run WHERE run_id "
                                              "IN (SELECT DISTINCT run_id FROM {}{})",
                                              name, newest_rows),
                                  {}));
        return store::ColumnCodec<std::optional<Instant>>::get(rows.data[0], 0);
    }

    [[nodiscard]] bool is_season() const {
        const GameDate today = eastern_date(now_);
        return std::ranges::any_of(games_, [today](const KnownGame& game) {
            return today.plus_days(-kDaysWithoutGamesBefore) <= game.game_date &&
                   game.game_date <= today.plus_days(kDaysWithoutGamesAfter);
        });
    }

    void judge(const Runs& runs, Dataset& made) const {
        const auto& due = made.should_update_at;
        const bool is_done = due && runs.done_for >= due;
        const bool has_failed = made.last_run && is_failure(made.last_run->state);
        const auto run_words = [&made] {
            return made.last_run->state +
                   (made.last_run->reason.empty() ? "" : " " + made.last_run->reason);
        };
        const std::string due_words =
            due ? "due at " + to_eastern_string(*due) : std::string("nothing was due yet");
        if (has_failed && !is_done) {
            made.state = DatasetState::kFailed;
            made.why = fmt::format("{}; the newest run: {}", due_words, run_words());
        } else if (!made.last_success_at) {
            made.state = DatasetState::kNever;
            made.why = made.last_run            ? "the newest run: " + run_words()
                       : made.rows > 0          ? "no run on record has filled it"
                       : made.step == "collect" ? "none of its sources was ever asked"
                                                : "its step has never run";
        } else if (!is_season()) {
            made.state = DatasetState::kOffSeason;
            made.why = fmt::format("no games within {} days", kDaysWithoutGamesAfter);
        } else if (due && !is_done && now_ - *due > kOnTime) {
            made.state = DatasetState::kLate;
            made.why = due_words + (made.last_run ? "; the newest run: " + run_words() : "");
        } else {
            made.state = DatasetState::kFresh;
            made.why = is_done ? "done for " + to_eastern_string(*due) : due_words;
            if (has_failed) made.why += "; the newest run: " + run_words();
        }
    }

    store::Database& database_;
    const Workflows& workflows_;
    Instant now_;
    JobStates states_;
    std::vector<KnownGame> games_;
    std::map<StepName, Runs> runs_;
    std::map<std::string, Instant, std::less<>> changes_;  ///< of stated tables
};

}  // namespace

std::string_view to_string(DatasetState state) {
    switch (state) {
        case DatasetState::kFresh: return "fresh";
        case DatasetState::kLate: return "late";
        case DatasetState::kFailed: return "failed";
        case DatasetState::kNever: return "never";
        case DatasetState::kOffSeason: return "off_season";
    }
    throw InvariantBroken("a DatasetState without a name");
}

Expected<std::vector<Dataset>> datasets(store::Database& database, const Workflows& workflows,
                                        Instant now) {
    Reading reading(database, workflows, now);
    TIPOFF_CHECK(reading.load());
    std::vector<Dataset> made;
    for (const WatchedTable& watched : watched_tables()) {
        TIPOFF_TRY(Dataset dataset, reading.of(watched));
        made.push_back(std::move(dataset));
    }
    return made;
}

}  // namespace tipoff::operate
