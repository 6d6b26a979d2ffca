#include "ledger/ledger.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>

#include "base/crash_point.h"
#include "ledger/run_rows.h"

namespace tipoff::ledger {
namespace {

std::string owner_of_this_process() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    return fmt::format("{}:{}", host.data(), ::getpid());
}

template <class T>
store::Value value_or_null(const std::optional<T>& value) {
    return value ? store::Value(*value) : store::Value(nullptr);
}

std::optional<GameDate> single_date(const RunRequest& request) {
    if (!request.dates || request.dates->from != request.dates->to) return std::nullopt;
    return request.dates->from;
}

/// A change of one running row; none changed means that the run is not ours any more.
Status guarded(std::int64_t changed, const RunHandle& run) {
    if (changed == 1) return {};
    return fail(ErrorCode::kFenced,
                fmt::format("run {} was taken over or ended by another", run.run_id));
}

constexpr std::string_view kOurs =
    "WHERE run_id = $1 AND fencing_token = $2 AND attempt = $3 AND state = 'running'";

store::Values ours(const RunHandle& run) {
    return {run.run_id, run.fencing_token, std::int64_t{run.attempt}};
}

/// Runs of this step and scope that did not succeed since the last that did.
Expected<std::int32_t> failures_in_a_row(store::Transaction& transaction,
                                         const RunRequest& request) {
    TIPOFF_TRY(
        const store::Columns count,
        transaction.read(
            fmt::format("SELECT CAST(count(*) AS BIGINT) FROM ops.run WHERE step = $1 AND scope = "
                        "$2 AND state IN ('failed', 'abandoned') AND started_at > coalesce((SELECT "
                        "max(started_at) FROM ops.run WHERE step = $1 AND scope = $2 AND state IN "
                        "{}), TIMESTAMPTZ '1970-01-01 00:00:00+00')",
                        kSuccessStates),
            {request.step, request.scope}));
    return static_cast<std::int32_t>(count.data[0].integer(0));
}

/// Begins the planned run that waits, if there is one.
Expected<std::optional<RunHandle>> begin_planned(store::Transaction& transaction,
                                                 const RunRequest& request, Instant now) {
    TIPOFF_TRY(const store::Columns waiting,
               transaction.read(
                   fmt::format("SELECT run_id, attempt, fencing_token FROM ops.run WHERE state IN "
                               "{} AND step = $1 AND scope = $2 ORDER BY logical_time DESC, "
                               "revision DESC LIMIT 1",
                               kWaitingStates),
                   {request.step, request.scope}));
    if (waiting.rows() == 0) return std::optional<RunHandle>{};
    TIPOFF_TRY(const std::int64_t token, next_fencing_token(transaction));
    const RunHandle run{.run_id = std::string(waiting.data[0].text(0)),
                        .fencing_token = token,
                        .attempt = static_cast<std::int32_t>(waiting.data[1].integer(0)) + 1};
    const auto from = request.dates ? std::optional(request.dates->from) : std::nullopt;
    const auto to = request.dates ? std::optional(request.dates->to) : std::nullopt;
    TIPOFF_TRY(
        const auto changed,
        transaction.execute(
            fmt::format(
                "UPDATE ops.run SET state = 'running', attempt = $1, fencing_token = $2, owner = "
                "$3, started_at = $4, heartbeat_at = $4, lease_until = $5, not_before = NULL, "
                "waits_for = '', reason = '', detail = '', input_hash = $6, scope_from = $7, "
                "scope_to = $8, row_version = row_version + 1 WHERE run_id = $9 AND attempt = $10 "
                "AND fencing_token = $11 AND state IN {}",
                kWaitingStates),
            {std::int64_t{run.attempt}, token, owner_of_this_process(), now, now + kLease,
             request.input_hash, value_or_null(from), value_or_null(to), run.run_id,
             waiting.data[1].integer(0), waiting.data[2].integer(0)}));
    TIPOFF_CHECK(guarded(changed, run));
    return std::optional(run);
}

Expected<RunHandle> begin_new(store::Transaction& transaction, const RunRequest& request,
                              const Clock& clock) {
    const Instant now = clock.wall_now();
    TIPOFF_TRY(const std::int64_t token, next_fencing_token(transaction));
    TIPOFF_TRY(const std::int32_t failures, failures_in_a_row(transaction, request));
    RunRow row;
    row.run_id = run_id_of(now, token);
    row.step = request.step;
    row.scope = request.scope;
    row.logical_time = now;
    row.game_date = single_date(request);
    if (request.dates) {
        row.scope_from = request.dates->from;
        row.scope_to = request.dates->to;
    }
    row.state = to_string(RunState::kRunning);
    row.attempt = failures + 1;
    row.most_attempts = row.attempt;
    row.fencing_token = token;
    row.row_version = 1;
    row.owner = owner_of_this_process();
    row.planned_at = now;
    row.started_at = now;
    row.heartbeat_at = now;
    row.lease_until = now + kLease;
    row.input_hash = request.input_hash;
    TIPOFF_CHECK(insert_run(transaction, row));
    return RunHandle{row.run_id, row.fencing_token, row.attempt};
}

/// What a run that ends so comes to: the end itself, or another try.
struct Verdict {
    RunState state = RunState::kSucceeded;
    std::optional<Instant> not_before = std::nullopt;
    std::int64_t attempts_given_back = 0;
};

Expected<Verdict> verdict_of(store::Transaction& transaction, const RunHandle& run,
                             const RunOutcome& outcome, Instant league_now) {
    const bool may_go_again =
        outcome.not_before || (outcome.state == RunState::kFailed && outcome.may_pass);
    if (!may_go_again) return Verdict{outcome.state};
    TIPOFF_TRY(const store::Columns row,
               transaction.read(fmt::format("SELECT deadline, attempt < most_attempts FROM ops.run "
                                            "{}",
                                            kOurs),
                                ours(run)));
    if (row.rows() == 0) return std::unexpected(guarded(0, run).error());
    const auto deadline = store::ColumnCodec<std::optional<Instant>>::get(row.data[0], 0);
    const Instant again =
        outcome.not_before.value_or(next_try(run.run_id, run.attempt, league_now));
    const bool has_attempts = outcome.not_before || row.data[1].integer(0) != 0;
    if (!deadline || again >= *deadline || !has_attempts) return Verdict{outcome.state};
    return Verdict{RunState::kRetryWait, again, outcome.not_before ? 1 : 0};
}

}  // namespace

bool may_pass(ErrorCode code) {
    return code == ErrorCode::kBusy || code == ErrorCode::kIo || code == ErrorCode::kNotFound;
}

Ledger::Ledger(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock) {}

Expected<RunHandle> Ledger::start(const RunRequest& request) {
    TIPOFF_TRY(const auto transaction, database_.begin());
    const auto closed =
        close_dead_runs(*transaction, {.step = request.step, .scope = request.scope},
                        clock_.wall_now(), clock_.league_now());
    if (!closed && closed.error().code() == ErrorCode::kFenced) {
        return fail(ErrorCode::kBusy,
                    fmt::format("{} of {} is just ending", request.step, request.scope),
                    "start it again");
    }
    TIPOFF_CHECK(closed);
    TIPOFF_TRY(const store::Columns earlier,
               transaction->read(
                   "SELECT run_id, owner FROM ops.run WHERE state = 'running' AND step = $1 AND "
                   "scope = $2",
                   {request.step, request.scope}));
    if (earlier.rows() > 0) {
        return fail(ErrorCode::kBusy,
                    fmt::format("{} of {} is already running as {} ({})", request.step,
                                request.scope, earlier.data[0].text(0), earlier.data[1].text(0)),
                    "wait for it, or for its lease to run out");
    }
    TIPOFF_TRY(std::optional<RunHandle> run,
               begin_planned(*transaction, request, clock_.wall_now()));
    if (!run) {
        TIPOFF_TRY(run, begin_new(*transaction, request, clock_));
    }
    crash_point("ledger.before_start_commit");
    TIPOFF_CHECK(transaction->commit());
    return *run;
}

Status Ledger::beat(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    store::Values values = ours(run);
    values.insert(values.end(), {now, now + kLease});
    TIPOFF_TRY(const auto changed,
               transaction->execute(
                   fmt::format("UPDATE ops.run SET heartbeat_at = $4, lease_until = $5 {}", kOurs),
                   values));
    TIPOFF_CHECK(guarded(changed, run));
    return transaction->commit();
}

Status Ledger::prepare_to_write(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    store::Values values = ours(run);
    values.insert(values.end(), {now, now + kWriteBudget});
    TIPOFF_TRY(
        const auto changed,
        transaction->execute(fmt::format("UPDATE ops.run SET heartbeat_at = $4, lease_until = $5, "
                                         "row_version = row_version + 1 {}",
                                         kOurs),
                             values));
    TIPOFF_CHECK(guarded(changed, run));
    crash_point("ledger.before_budget_commit");
    return transaction->commit();
}

Expected<RunState> Ledger::finish(store::Transaction& transaction, const RunHandle& run,
                                  const RunOutcome& outcome) {
    require(is_final(outcome.state), "a run can only end in a final state");
    TIPOFF_TRY(const Verdict verdict, verdict_of(transaction, run, outcome, clock_.league_now()));
    const store::Value finished_at =
        is_final(verdict.state) ? store::Value(clock_.wall_now()) : store::Value(nullptr);
    store::Values values = ours(run);
    values.insert(values.end(), {std::string(to_string(verdict.state)), finished_at, outcome.rows,
                                 outcome.merges, outcome.reason, outcome.detail,
                                 value_or_null(verdict.not_before), verdict.attempts_given_back});
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   fmt::format("UPDATE ops.run SET state = $4, finished_at = $5, rows = $6, merges "
                               "= $7, reason = $8, detail = $9, not_before = $10, most_attempts = "
                               "most_attempts + $11, row_version = row_version + 1 {}",
                               kOurs),
                   values));
    TIPOFF_CHECK(guarded(changed, run));
    return verdict.state;
}

Expected<RunState> Ledger::finish(const RunHandle& run, const RunOutcome& outcome) {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const RunState state, finish(*transaction, run, outcome));
    TIPOFF_CHECK(transaction->commit());
    return state;
}

void Ledger::finish_failed(const RunHandle& run, const Error& error) {
    if (error.code() == ErrorCode::kFenced) return;
    (void)finish(run, {.state = RunState::kFailed,
                       .reason = std::string(tipoff::to_string(error.code())),
                       .detail = error.message(),
                       .may_pass = may_pass(error.code())})
        .has_value();
}

Expected<std::int64_t> Ledger::abandon_expired(bool all) {
    std::int64_t closed = 0;
    while (true) {
        TIPOFF_TRY(const auto transaction, database_.begin());
        const DeadRuns which{.all = all};
        TIPOFF_TRY(const std::int64_t page,
                   close_dead_runs(*transaction, which, clock_.wall_now(), clock_.league_now()));
        TIPOFF_CHECK(transaction->commit());
        closed += page;
        if (page < which.most) return closed;
    }
}

Expected<std::optional<RunRow>> Ledger::standing_success(std::string_view step,
                                                         const store::DateScope& dates) {
    TIPOFF_TRY(
        auto rows,
        store::read_rows(database_, kRun,
                         fmt::format("WHERE step = $1 AND state IN {} AND scope_from <= $3 AND "
                                     "scope_to >= $2 ORDER BY finished_at DESC, fencing_token DESC "
                                     "LIMIT 1",
                                     kSuccessStates),
                         {std::string(step), dates.from, dates.to}));
    if (rows.empty() || rows[0].scope_from != dates.from || rows[0].scope_to != dates.to) {
        return std::optional<RunRow>{};
    }
    return std::optional<RunRow>{std::move(rows.front())};
}

}  // namespace tipoff::ledger
