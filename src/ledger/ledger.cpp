#include "ledger/ledger.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>

namespace tipoff::ledger {
namespace {

std::string owner_of_this_process() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    return fmt::format("{}:{}", host.data(), ::getpid());
}

store::Value date_or_null(const std::optional<GameDate>& date) {
    return date ? store::Value(*date) : store::Value(nullptr);
}

/// "221018-00042": the day in UTC and the fencing token, so that it sorts by start and is the only
/// one of its home. Every derived row carries it, and DuckDB keeps twelve characters in place.
std::string run_id_of(Instant started_at, std::int64_t fencing_token) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(started_at)};
    return fmt::format("{:02}{:02}{:02}-{:05}", static_cast<int>(day.year()) % 100,
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                       fencing_token);
}

/// A change of one running row; none changed means that the run is not ours any more.
Status guarded(std::int64_t changed, const RunHandle& run) {
    if (changed == 1) return {};
    return fail(ErrorCode::kFenced,
                fmt::format("run {} was taken over or ended by another", run.run_id));
}

}  // namespace

std::string_view to_string(RunState state) {
    switch (state) {
        case RunState::kRunning: return "running";
        case RunState::kSucceeded: return "succeeded";
        case RunState::kFailed: return "failed";
        case RunState::kSkipped: return "skipped";
        case RunState::kAbandoned: return "abandoned";
    }
    throw InvariantBroken("a RunState without a name");
}

Ledger::Ledger(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock) {}

Expected<RunHandle> Ledger::start(const RunRequest& request) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    const auto taken_over = transaction->execute(
        "UPDATE ops.run SET state = 'abandoned', reason = 'LEASE_EXPIRED', finished_at = $1, "
        "row_version = row_version + 1 WHERE state = 'running' AND step = $2 AND scope = $3 AND "
        "lease_until < $1",
        {now, request.step, request.scope});
    if (!taken_over && taken_over.error().code() == ErrorCode::kFenced) {
        return fail(ErrorCode::kBusy,
                    fmt::format("{} of {} is just ending", request.step, request.scope),
                    "start it again");
    }
    TIPOFF_CHECK(taken_over);
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
    TIPOFF_TRY(
        const store::Columns counts,
        transaction->read(
            "SELECT CAST(coalesce(max(fencing_token), 0) AS BIGINT), CAST(count(*) FILTER (step = "
            "$1 AND "
            "scope = $2 AND state IN ('failed', 'abandoned') AND started_at > coalesce((SELECT "
            "max(started_at) FROM ops.run WHERE step = $1 AND scope = $2 AND state = 'succeeded'), "
            "TIMESTAMPTZ '1970-01-01 00:00:00+00')) AS BIGINT) FROM ops.run",
            {request.step, request.scope}));
    const std::int64_t fencing_token = 1 + counts.data[0].integer(0);
    const RunRow row{
        .run_id = run_id_of(now, fencing_token),
        .step = request.step,
        .scope = request.scope,
        .game_date = request.dates && request.dates->from == request.dates->to
                         ? std::optional(request.dates->from)
                         : std::nullopt,
        .scope_from = request.dates ? std::optional(request.dates->from) : std::nullopt,
        .scope_to = request.dates ? std::optional(request.dates->to) : std::nullopt,
        .state = std::string(to_string(RunState::kRunning)),
        .attempt = static_cast<std::int32_t>(1 + counts.data[1].integer(0)),
        .fencing_token = fencing_token,
        .row_version = 1,
        .owner = owner_of_this_process(),
        .started_at = now,
        .finished_at = std::nullopt,
        .heartbeat_at = now,
        .lease_until = now + kLease,
        .rows = 0,
        .merges = 0,
        .input_hash = request.input_hash,
        .reason = {},
        .detail = {},
    };
    TIPOFF_CHECK(transaction->execute(
        "INSERT INTO ops.run (run_id, step, scope, game_date, scope_from, scope_to, state, "
        "attempt, fencing_token, row_version, owner, "
        "started_at, heartbeat_at, lease_until, rows, merges, input_hash, reason, detail) VALUES "
        "($1, $2, $3, $4, $5, "
        "$6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, $15, '', '')",
        {row.run_id, row.step, row.scope, date_or_null(row.game_date), date_or_null(row.scope_from),
         date_or_null(row.scope_to), row.state, std::int64_t{row.attempt}, row.fencing_token,
         row.row_version, row.owner, row.started_at, row.heartbeat_at, row.lease_until,
         row.input_hash}));
    TIPOFF_CHECK(transaction->commit());
    return RunHandle{row.run_id, row.fencing_token};
}

Status Ledger::beat(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const auto changed,
               transaction->execute(
                   "UPDATE ops.run SET heartbeat_at = $1, lease_until = $2 WHERE run_id = $3 AND "
                   "fencing_token = $4 AND state = 'running'",
                   {now, now + kLease, run.run_id, run.fencing_token}));
    TIPOFF_CHECK(guarded(changed, run));
    return transaction->commit();
}

Status Ledger::prepare_to_write(const RunHandle& run) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const auto changed,
               transaction->execute(
                   "UPDATE ops.run SET heartbeat_at = $1, lease_until = $2, row_version = "
                   "row_version + 1 WHERE run_id = $3 AND fencing_token = $4 AND state = 'running'",
                   {now, now + kWriteBudget, run.run_id, run.fencing_token}));
    TIPOFF_CHECK(guarded(changed, run));
    return transaction->commit();
}

Status Ledger::finish(store::Transaction& transaction, const RunHandle& run,
                      const RunOutcome& outcome) {
    require(outcome.state != RunState::kRunning, "a run cannot end as running");
    TIPOFF_TRY(
        const auto changed,
        transaction.execute(
            "UPDATE ops.run SET state = $1, finished_at = $2, rows = $3, merges = $4, reason = $5, "
            "detail = $6, row_version = row_version + 1 WHERE run_id = $7 AND fencing_token = $8 "
            "AND state = 'running'",
            {std::string(to_string(outcome.state)), clock_.wall_now(), outcome.rows, outcome.merges,
             outcome.reason, outcome.detail, run.run_id, run.fencing_token}));
    return guarded(changed, run);
}

Status Ledger::finish(const RunHandle& run, const RunOutcome& outcome) {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(finish(*transaction, run, outcome));
    return transaction->commit();
}

void Ledger::finish_failed(const RunHandle& run, const Error& error) {
    if (error.code() == ErrorCode::kFenced) return;
    (void)finish(run, {.state = RunState::kFailed,
                       .rows = 0,
                       .merges = 0,
                       .reason = std::string(tipoff::to_string(error.code())),
                       .detail = error.message()})
        .has_value();
}

Expected<std::int64_t> Ledger::abandon_expired(bool all) {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(
        const auto changed,
        transaction->execute(
            "UPDATE ops.run SET state = 'abandoned', reason = $1, finished_at = $2, "
            "row_version = row_version + 1 WHERE state = 'running' AND (lease_until < $2 OR $3)",
            {std::string(all ? "PROCESS_DIED" : "LEASE_EXPIRED"), now, all}));
    TIPOFF_CHECK(transaction->commit());
    return changed;
}

Expected<std::optional<RunRow>> Ledger::standing_success(std::string_view step,
                                                         const store::DateScope& dates) {
    TIPOFF_TRY(
        auto rows,
        store::read_rows(database_, kRun,
                         "WHERE step = $1 AND state = 'succeeded' AND scope_from <= $3 AND "
                         "scope_to >= $2 ORDER BY finished_at DESC, fencing_token DESC LIMIT 1",
                         {std::string(step), dates.from, dates.to}));
    if (rows.empty() || rows[0].scope_from != dates.from || rows[0].scope_to != dates.to) {
        return std::optional<RunRow>{};
    }
    return std::optional<RunRow>{std::move(rows.front())};
}

}  // namespace tipoff::ledger
