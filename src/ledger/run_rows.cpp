#include "ledger/run_rows.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/hash.h"
#include "base/retry.h"
#include "ledger/run_state.h"

namespace tipoff::ledger {
namespace {

constexpr std::chrono::milliseconds kFirstDelay{30'000};
constexpr std::chrono::milliseconds kLongestDelay{30 * 60'000};

}  // namespace

Expected<std::int64_t> next_fencing_token(store::Transaction& transaction) {
    TIPOFF_TRY(
        const store::Columns greatest,
        transaction.read("SELECT CAST(coalesce(max(fencing_token), 0) AS BIGINT) FROM (SELECT "
                         "max(fencing_token) AS fencing_token FROM ops.run UNION ALL SELECT "
                         "max(fencing_token) FROM ops.input_change WHERE part = '') AS given",
                         {}));
    return greatest.data[0].integer(0) + 1;
}

std::string run_id_of(Instant planned_at, std::int64_t fencing_token) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(planned_at)};
    return fmt::format("{:02}{:02}{:02}-{:05}", static_cast<int>(day.year()) % 100,
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                       fencing_token);
}

Instant next_try(const std::string& run_id, std::int32_t attempt, Instant now) {
    Hasher hasher;
    hasher.add(run_id);
    hasher.add(std::int64_t{attempt});
    RetryDelays delays({.tries = attempt + 1, .first = kFirstDelay, .cap = kLongestDelay},
                       hasher.finish().low);
    std::chrono::milliseconds delay{};
    for (std::int32_t i = 0; i < attempt; ++i)
        delay = delays.next().value_or(delay);
    return now + delay;
}

Expected<std::int64_t> close_dead_runs(store::Transaction& transaction, const DeadRuns& which,
                                       Instant wall_now, Instant league_now) {
    const std::string reason = which.all ? "PROCESS_DIED" : "LEASE_EXPIRED";
    std::string dead = "state = 'running' AND (lease_until < $1 OR $2)";
    store::Values values{wall_now, which.all};
    if (!which.step.empty()) {
        dead += " AND step = $3 AND scope = $4";
        values.insert(values.end(), {which.step, which.scope});
    }
    TIPOFF_TRY(const store::Columns again,
               transaction.read(
                   fmt::format("SELECT run_id, attempt, fencing_token, deadline FROM ops.run WHERE "
                               "{} AND attempt < most_attempts AND deadline > ${} ORDER BY run_id "
                               "LIMIT {}",
                               dead, values.size() + 1, which.most),
                   [&] {
                       store::Values with_now = values;
                       with_now.emplace_back(league_now);
                       return with_now;
                   }()));
    for (std::size_t i = 0; i < again.rows(); ++i) {
        const std::string run_id(again.data[0].text(i));
        const auto attempt = static_cast<std::int32_t>(again.data[1].integer(i));
        const Instant deadline = store::ColumnCodec<Instant>::get(again.data[3], i);
        TIPOFF_CHECK(transaction.execute(
            "UPDATE ops.run SET state = 'retry_wait', reason = $1, not_before = $2, row_version = "
            "row_version + 1 WHERE run_id = $3 AND state = 'running' AND attempt = $4 AND "
            "fencing_token = $5",
            {reason, std::min(next_try(run_id, attempt, league_now), deadline), run_id,
             std::int64_t{attempt}, again.data[2].integer(i)}));
    }
    const auto left = which.most - static_cast<std::int64_t>(again.rows());
    values.insert(values.end(), {reason, wall_now});
    TIPOFF_TRY(const auto abandoned,
               transaction.execute(
                   fmt::format("UPDATE ops.run SET state = 'abandoned', reason = ${0}, finished_at "
                               "= ${1}, row_version = row_version + 1 WHERE state = 'running' AND "
                               "run_id IN (SELECT run_id FROM ops.run WHERE {2} ORDER BY run_id "
                               "LIMIT {3})",
                               values.size() - 1, values.size(), dead, left),
                   values));
    return abandoned + static_cast<std::int64_t>(again.rows());
}

}  // namespace tipoff::ledger
