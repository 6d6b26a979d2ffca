#include "ledger/ledger.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/crash_point.h"
#include "base/process_name.h"
#include "ledger/run_rows.h"
#include "store/dialect.h"

namespace tipoff::ledger {
namespace {

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

/// The guard of every change that a worker makes. All that differs from run to run is bound, here
/// and below, so that the texts repeat and the database keeps them prepared.
constexpr std::string_view kOurs =
    "WHERE run_id = $1 AND fencing_token = $2 AND attempt = $3 AND state = 'running'";

/// The values of `kOurs`, then others.
store::Values ours(const RunHandle& run, std::initializer_list<store::Value> others = {}) {
    store::Values values{run.run_id, run.fencing_token, std::int64_t{run.attempt}};
    values.insert(values.end(), others);
    return values;
}

/// What there is of a step and scope, read once.
struct ScopeRuns {
    struct Waiting {
        std::string run_id;
        std::int64_t attempt = 0;
        std::int64_t fencing_token = 0;
    };
    std::string running;   ///< "250101-00042 (host:1)"; empty where none is
    bool is_dead = false;  ///< the running one, by its lease
    std::optional<Waiting> waiting;
    std::int32_t failures = 0;  ///< in a row, since the last success
};

bool is_failure(RunState state) {
    return state == RunState::kFailed || state == RunState::kAbandoned;
}

/// More failures in a row than these are not told apart.
constexpr int kMostFailures = 1000;

Expected<ScopeRuns> read_scope(store::Transaction& transaction, const RunRequest& request,
                               Instant wall_now) {
    TIPOFF_TRY(
        const store::Columns rows,
        transaction.read(
            fmt::format("SELECT run_id, state, owner, attempt, fencing_token, lease_until, "
                        "started_at, logical_time, revision FROM ops.run WHERE step = "
                        "$1 AND scope = $2 AND state <> 'skipped' AND state <> 'cancelled' ORDER "
                        "BY finished_at DESC NULLS FIRST LIMIT {}",
                        kMostFailures),
            {request.step, request.scope}));
    using OptionalInstant = store::ColumnCodec<std::optional<Instant>>;
    ScopeRuns found;
    std::optional<Instant> success;
    std::optional<std::pair<Instant, std::int64_t>> newest_waiting;
    const auto column = [&rows](std::size_t i) -> const store::Column& { return rows.data[i]; };
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        TIPOFF_TRY(const RunState state, parse_run_state(column(1).text(i)));
        if (state == RunState::kRunning) {
            const auto lease_until = OptionalInstant::get(column(5), i);
            found.running = fmt::format("{} ({})", column(0).text(i), column(2).text(i));
            found.is_dead = lease_until && *lease_until < wall_now;
        } else if (is_failure(state)) {
            continue;
        } else if (is_success(state)) {
            success = std::max(success, OptionalInstant::get(column(6), i));
        } else {
            const std::pair when(store::ColumnCodec<Instant>::get(column(7), i),
                                 column(8).integer(i));
            if (newest_waiting && when < *newest_waiting) continue;
            newest_waiting = when;
            found.waiting = {.run_id = std::string(column(0).text(i)),
                             .attempt = column(3).integer(i),
                             .fencing_token = column(4).integer(i)};
        }
    }
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        TIPOFF_TRY(const RunState state, parse_run_state(column(1).text(i)));
        const auto started_at = OptionalInstant::get(column(6), i);
        if (is_failure(state) && started_at && started_at > success) ++found.failures;
    }
    return found;
}

/// Begins the planned run that waits.
Expected<RunHandle> begin_planned(store::Transaction& transaction, const RunRequest& request,
                                  const ScopeRuns::Waiting& waiting, Instant now) {
    TIPOFF_TRY(const std::int64_t token, next_fencing_token(transaction));
    RunHandle run{.run_id = waiting.run_id,
                  .fencing_token = token,
                  .attempt = static_cast<std::int32_t>(waiting.attempt) + 1};
    store::Values values{run.run_id,
                         waiting.fencing_token,
                         waiting.attempt,
                         token,
                         std::int64_t{run.attempt},
                         process_name(),
                         now,
                         now + kLease,
                         request.input_hash};
    if (request.dates) values.insert(values.end(), {request.dates->from, request.dates->to});
    TIPOFF_TRY(
        const auto changed,
        transaction.execute(
            fmt::format(
                "UPDATE ops.run SET state = 'running', fencing_token = $4, attempt = $5, owner = "
                "$6, started_at = $7, heartbeat_at = $7, lease_until = $8, not_before = NULL, "
                "waits_for = '', reason = '', detail = '', input_hash = $9, scope_from = {}, "
                "scope_to = {}, row_version = row_version + 1 WHERE run_id = $1 AND fencing_token "
                "= $2 AND attempt = $3 AND state IN {}",
                request.dates ? "$10" : "NULL", request.dates ? "$11" : "NULL", kWaitingStates),
            values));
    TIPOFF_CHECK(guarded(changed, run));
    return run;
}

Expected<RunHandle> begin_new(store::Transaction& transaction, const RunRequest& request,
                              std::int32_t failures, Instant now) {
    TIPOFF_TRY(const std::int64_t token, next_fencing_token(transaction));
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
    row.owner = process_name();
    row.planned_at = now;
    row.started_at = now;
    row.heartbeat_at = now;
    row.lease_until = now + kLease;
    row.input_hash = request.input_hash;
    TIPOFF_CHECK(transaction.append(kRun.batch({&row, 1})));
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

/// Of so many that start at once one goes through in each round.
constexpr int kMostStarts = 32;

Expected<RunHandle> start_once(store::Database& database, const Clock& clock, ClockJumps& jumps,
                               const RunRequest& request) {
    TIPOFF_TRY(const auto transaction, database.begin());
    const Instant now = clock.wall_now();
    TIPOFF_TRY(ScopeRuns known, read_scope(*transaction, request, now));
    if (known.is_dead && !jumps.is_recent()) {
        const auto closed = close_dead_runs(
            *transaction, {.step = request.step, .scope = request.scope}, now, clock.league_now());
        if (!closed && closed.error().code() == ErrorCode::kFenced) {
            return fail(ErrorCode::kBusy,
                        fmt::format("{} of {} is just ending", request.step, request.scope),
                        "start it again");
        }
        TIPOFF_CHECK(closed);
        TIPOFF_TRY(known, read_scope(*transaction, request, now));
    }
    if (!known.running.empty()) {
        return fail(ErrorCode::kBusy,
                    fmt::format("{} of {} is already running as {}", request.step, request.scope,
                                known.running),
                    "wait for it, or for its lease to run out");
    }
    TIPOFF_TRY(RunHandle run, known.waiting
                                  ? begin_planned(*transaction, request, *known.waiting, now)
                                  : begin_new(*transaction, request, known.failures, now));
    crash_point("ledger.before_start_commit");
    TIPOFF_CHECK(transaction->commit());
    return run;
}

}  // namespace

bool may_pass(ErrorCode code) {
    return code == ErrorCode::kBusy || code == ErrorCode::kIo || code == ErrorCode::kNotFound;
}

Ledger::Ledger(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock), jumps_(clock) {}

Expected<RunHandle> Ledger::start(const RunRequest& request) {
    // Two that start at once draw one token, and the second is fenced: it looks again.
    for (int tries = 1;; ++tries) {
        auto run = start_once(database_, clock_, jumps_, request);
        if (run || run.error().code() != ErrorCode::kFenced || tries == kMostStarts) return run;
    }
}

Status Ledger::beat(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const auto changed,
               transaction->execute(
                   fmt::format("UPDATE ops.run SET heartbeat_at = $4, lease_until = $5 {}", kOurs),
                   ours(run, {now, now + kLease})));
    TIPOFF_CHECK(guarded(changed, run));
    return transaction->commit();
}

Status Ledger::prepare_to_write(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(
        const auto changed,
        transaction->execute(fmt::format("UPDATE ops.run SET heartbeat_at = $4, lease_until = $5, "
                                         "row_version = row_version + 1 {}",
                                         kOurs),
                             ours(run, {now, now + kWriteBudget})));
    TIPOFF_CHECK(guarded(changed, run));
    crash_point("ledger.before_budget_commit");
    return transaction->commit();
}

Expected<RunState> Ledger::finish(store::Transaction& transaction, const RunHandle& run,
                                  const RunOutcome& outcome) {
    require(is_final(outcome.state), "a run can only end in a final state");
    TIPOFF_TRY(const Verdict verdict, verdict_of(transaction, run, outcome, clock_.league_now()));
    // Where it is final it has an end; where it waits, an instant to go again.
    const bool has_ended = is_final(verdict.state);
    const Instant when =
        has_ended ? clock_.wall_now() : verdict.not_before.value_or(clock_.league_now());
    TIPOFF_TRY(
        const auto changed,
        transaction.execute(
            fmt::format("UPDATE ops.run SET state = $4, finished_at = {}, rows = $5, merges = $6, "
                        "reason = $7, detail = $8, not_before = {}, most_attempts = most_attempts "
                        "+ $10, row_version = row_version + 1 {}",
                        has_ended ? "$9" : "NULL", has_ended ? "NULL" : "$9", kOurs),
            ours(run, {std::string(to_string(verdict.state)), outcome.rows, outcome.merges,
                       outcome.reason, outcome.detail, when, verdict.attempts_given_back})));
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
    // The lock of a home says nothing of a server's other clients: there the leases decide.
    if (store::dialect_of(database_) == store::Dialect::kPostgres) all = false;
    if (!all && jumps_.is_recent()) return 0;
    std::int64_t closed = 0;
    while (true) {
        TIPOFF_TRY(const auto transaction, database_.begin());
        const DeadRuns which{.all = all};
        const auto page =
            close_dead_runs(*transaction, which, clock_.wall_now(), clock_.league_now());
        const Status committed =
            page ? transaction->commit() : Status(std::unexpected(page.error()));
        // One of them is just ending, late but alive: the next look finds what is left.
        if (!committed && committed.error().code() == ErrorCode::kFenced) return closed;
        TIPOFF_CHECK(committed);
        closed += *page;
        if (*page < which.most) return closed;
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
