#include "ledger/run_queue.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "ledger/ledger.h"
#include "ledger/run_rows.h"

namespace tipoff::ledger {
namespace {

/// What tells a run from all others.
using NaturalKey = std::tuple<std::string, std::string, Instant, std::int32_t>;

Expected<std::set<NaturalKey>> planned_since(store::Transaction& transaction, Instant first) {
    TIPOFF_TRY(const store::Columns rows,
               transaction.read("SELECT step, scope, logical_time, revision FROM ops.run WHERE "
                                "logical_time >= $1",
                                {first}));
    std::set<NaturalKey> keys;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        keys.emplace(rows.data[0].text(i), rows.data[1].text(i),
                     store::ColumnCodec<Instant>::get(rows.data[2], i),
                     static_cast<std::int32_t>(rows.data[3].integer(i)));
    }
    return keys;
}

/// Skips what waits for an earlier logical time of the same step and scope.
Status supersede_older(store::Transaction& transaction, std::span<const RunRow> rows,
                       Instant wall_now) {
    TIPOFF_TRY(
        const store::Columns waiting,
        transaction.read(fmt::format("SELECT DISTINCT step, scope FROM ops.run WHERE state IN {}",
                                     kWaitingStates),
                         {}));
    std::set<std::pair<std::string, std::string>> waiting_scopes;
    for (std::size_t i = 0; i < waiting.rows(); ++i)
        waiting_scopes.emplace(waiting.data[0].text(i), waiting.data[1].text(i));
    for (const RunRow& row : rows) {
        if (!waiting_scopes.contains({row.step, row.scope})) continue;
        TIPOFF_CHECK(transaction.execute(
            fmt::format(
                "UPDATE ops.run SET state = 'skipped', reason = 'SUPERSEDED', detail = $1, "
                "finished_at = $2, not_before = NULL, row_version = row_version + 1 WHERE step = "
                "$3 AND scope = $4 AND state IN {} AND (logical_time < $5 OR (logical_time = $5 "
                "AND revision < $6))",
                kWaitingStates),
            {"run " + row.run_id + " does its work", wall_now, row.step, row.scope,
             row.logical_time, std::int64_t{row.revision}}));
    }
    return {};
}

RunRow row_of(const PlannedRun& run, std::int64_t token, Instant wall_now) {
    RunRow row;
    row.run_id = run_id_of(wall_now, token);
    row.step = run.step;
    row.scope = run.scope;
    row.job = run.job;
    row.logical_time = run.logical_time;
    row.revision = run.revision;
    row.game_date = run.game_date;
    row.state = to_string(RunState::kPlanned);
    row.attempt = 0;
    row.most_attempts = run.most_attempts;
    row.fencing_token = token;
    row.row_version = 1;
    row.planned_at = wall_now;
    row.deadline = run.deadline;
    return row;
}

/// Rows of one guarded statement.
constexpr std::size_t kMovesAStatement = 100;

bool is_waiting(std::string_view state) {
    return state == to_string(RunState::kPlanned) || state == to_string(RunState::kReady) ||
           state == to_string(RunState::kRetryWait);
}

void check(const Move& move) {
    require(move.run != nullptr && is_waiting(move.run->state) && move.to != RunState::kRunning &&
                move.to != RunState::kPlanned,
            "a move that only a worker or the planner makes");
}

/// One row is half the price without a list of rows to join.
Expected<std::int64_t> move_one(store::Transaction& transaction, const Move& move,
                                Instant wall_now) {
    check(move);
    store::Values values{move.run->run_id,
                         move.run->state,
                         std::int64_t{move.run->attempt},
                         move.run->fencing_token,
                         std::string(to_string(move.to)),
                         move.waits_for,
                         move.reason,
                         move.detail};
    const auto place = [&values](const std::optional<Instant>& instant) -> std::string {
        if (!instant) return "NULL";
        values.emplace_back(*instant);
        return fmt::format("${}", values.size());
    };
    const std::string not_before = place(move.not_before);
    const std::string finished_at =
        place(is_final(move.to) ? std::optional(wall_now) : std::nullopt);
    return transaction.execute(
        fmt::format("UPDATE ops.run SET state = $5, waits_for = $6, reason = $7, detail = $8, "
                    "not_before = {}, finished_at = {}, row_version = row_version + 1 WHERE run_id "
                    "= $1 AND state = $2 AND attempt = $3 AND fencing_token = $4",
                    not_before, finished_at),
        values);
}

Expected<std::int64_t> move_group(store::Transaction& transaction, std::span<const Move> moves,
                                  Instant wall_now) {
    std::string rows;
    store::Values values{wall_now};
    const auto place = [&values](store::Value value) {
        values.push_back(std::move(value));
        return values.size();
    };
    for (const Move& move : moves) {
        check(move);
        const store::Value not_before =
            move.not_before ? store::Value(*move.not_before) : store::Value(nullptr);
        rows += rows.empty() ? "(" : ", (";
        for (const std::string& text :
             {move.run->run_id, move.run->state, std::string(to_string(move.to)), move.waits_for,
              move.reason, move.detail})
            rows += fmt::format("${}, ", place(text));
        rows += fmt::format("CAST(${} AS BIGINT), ", place(std::int64_t{move.run->attempt}));
        rows += fmt::format("CAST(${} AS BIGINT), ", place(move.run->fencing_token));
        rows += fmt::format("CAST(${} AS TIMESTAMPTZ), {})", place(not_before),
                            is_final(move.to) ? "TRUE" : "FALSE");
    }
    return transaction.execute(
        fmt::format("UPDATE ops.run AS r SET state = v.next_state, waits_for = v.waits_for, reason "
                    "= v.reason, detail = v.detail, not_before = v.not_before, finished_at = CASE "
                    "WHEN v.is_final THEN CAST($1 AS TIMESTAMPTZ) END, row_version = r.row_version "
                    "+ 1 FROM (VALUES {}) AS v(run_id, state, next_state, waits_for, reason, "
                    "detail, attempt, fencing_token, not_before, is_final) WHERE r.run_id = "
                    "v.run_id AND r.state = v.state AND r.attempt = v.attempt AND r.fencing_token "
                    "= v.fencing_token",
                    rows),
        values);
}

}  // namespace

RunQueue::RunQueue(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock) {}

Expected<std::int64_t> RunQueue::plan(store::Transaction& transaction,
                                      std::span<const PlannedRun> runs) {
    if (runs.empty()) return 0;
    const Instant wall_now = clock_.wall_now();
    TIPOFF_TRY(auto known,
               planned_since(transaction,
                             std::ranges::min(runs, {}, &PlannedRun::logical_time).logical_time));
    TIPOFF_TRY(std::int64_t token, next_fencing_token(transaction));
    std::vector<RunRow> rows;
    for (const PlannedRun& run : runs) {
        if (!known.emplace(run.step, run.scope, run.logical_time, run.revision).second) continue;
        rows.push_back(row_of(run, token++, wall_now));
    }
    TIPOFF_CHECK(supersede_older(transaction, rows, wall_now));
    TIPOFF_CHECK(transaction.merge(kRun.batch(rows), std::nullopt));
    return static_cast<std::int64_t>(rows.size());
}

Expected<std::vector<RunRow>> RunQueue::due() {
    return store::read_rows(
        database_, kRun,
        fmt::format("WHERE state IN {} AND (not_before IS NULL OR not_before <= $1 OR waits_for <> "
                    "'') ORDER BY logical_time, run_id LIMIT {}",
                    kWaitingStates, kRunPage),
        {clock_.league_now()});
}

Expected<std::optional<Instant>> RunQueue::next_wake() {
    TIPOFF_TRY(const store::Columns next,
               database_.read(fmt::format("SELECT min(least(coalesce(not_before, deadline), "
                                          "deadline)) FROM ops.run WHERE state IN {}",
                                          kWaitingStates),
                              {}));
    return store::ColumnCodec<std::optional<Instant>>::get(next.data[0], 0);
}

Expected<std::int64_t> RunQueue::move(std::span<const Move> moves) {
    if (moves.empty()) return 0;
    TIPOFF_TRY(const auto transaction, database_.begin());
    std::int64_t moved = 0;
    if (moves.size() == 1) {
        TIPOFF_TRY(moved, move_one(*transaction, moves.front(), clock_.wall_now()));
        moves = {};
    }
    while (!moves.empty()) {
        const auto group = moves.first(std::min(moves.size(), kMovesAStatement));
        moves = moves.subspan(group.size());
        TIPOFF_TRY(const std::int64_t changed, move_group(*transaction, group, clock_.wall_now()));
        moved += changed;
    }
    TIPOFF_CHECK(transaction->commit());
    return moved;
}

Status RunQueue::cancel(const std::string& run_id, const std::string& why) {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(const store::Columns found,
               transaction->read("SELECT state FROM ops.run WHERE run_id = $1", {run_id}));
    if (found.rows() == 0)
        return fail(ErrorCode::kNotFound, fmt::format("there is no run '{}'", run_id),
                    "tipoff runs list shows them");
    TIPOFF_TRY(const auto changed,
               transaction->execute(
                   fmt::format("UPDATE ops.run SET state = 'cancelled', reason = 'CANCELLED', "
                               "detail = $1, finished_at = $2, not_before = NULL, row_version = "
                               "row_version + 1 WHERE run_id = $3 AND state NOT IN {}",
                               kFinalStates),
                   {why, clock_.wall_now(), run_id}));
    if (changed != 1)
        return fail(ErrorCode::kRefused,
                    fmt::format("run {} is {}: it has ended", run_id, found.data[0].text(0)));
    return transaction->commit();
}

Expected<std::int64_t> RunQueue::close_overdue() {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(
        const auto closed,
        transaction->execute(
            fmt::format(
                "UPDATE ops.run SET state = 'failed', detail = CASE WHEN waits_for <> '' THEN "
                "'waited for ' || waits_for WHEN detail <> '' THEN detail WHEN reason <> '' THEN "
                "reason ELSE 'it was never begun' END, reason = 'DEADLINE_PASSED', finished_at = "
                "$1, not_before = NULL, row_version = row_version + 1 WHERE state IN {0} AND "
                "run_id IN (SELECT run_id FROM ops.run WHERE state IN {0} AND deadline <= $2 ORDER "
                "BY run_id LIMIT {1})",
                kWaitingStates, kRunPage),
            {clock_.wall_now(), clock_.league_now()}));
    TIPOFF_CHECK(transaction->commit());
    return closed;
}

Reaper::Reaper(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock), jumps_(clock) {}

Expected<std::int64_t> Reaper::pass() {
    if (jumps_.is_recent()) return 0;
    TIPOFF_TRY(const std::int64_t dead, Ledger(database_, clock_).abandon_expired(false));
    TIPOFF_TRY(const std::int64_t overdue, RunQueue(database_, clock_).close_overdue());
    return dead + overdue;
}

}  // namespace tipoff::ledger
