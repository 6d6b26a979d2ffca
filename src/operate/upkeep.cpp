#include "operate/upkeep.h"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "base/crash_point.h"
#include "ledger/ledger.h"
#include "ledger/run_queue.h"
#include "ledger/run_state.h"

namespace tipoff::operate {
namespace {

constexpr std::int64_t kPage = 20'000;

/// Failures of one step, scope and reason, but the newest of them.
constexpr std::string_view kFolded = R"sql(
SELECT run_id FROM (
    SELECT run_id, finished_at, row_number() OVER (PARTITION BY step, scope, state, reason
                                                   ORDER BY finished_at DESC, run_id DESC) AS place
    FROM ops.run WHERE state IN {0} AND state NOT IN {1}) found
WHERE place > 1 AND finished_at < $1)sql";

/// Old ends, but the newest of each step and scope.
constexpr std::string_view kExpired = R"sql(
SELECT run_id FROM (
    SELECT run_id, state, finished_at, row_number() OVER (PARTITION BY step, scope
                                                          ORDER BY finished_at DESC, run_id DESC) AS place
    FROM ops.run WHERE finished_at IS NOT NULL) found
WHERE place > 1 AND finished_at < CASE WHEN state IN {1} THEN $2
                                       ELSE $1 END)sql";

/// The statement with the final states and those of success in it.
std::string by_states(std::string_view statement) {
    return fmt::format(fmt::runtime(statement), ledger::kFinalStates, ledger::kSuccessStates);
}

Expected<std::int64_t> count(store::Database& database, std::string_view from,
                             const store::Values& values) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format("SELECT CAST(count(*) AS BIGINT) FROM {}", from), values));
    return rows.data[0].integer(0);
}

/// Deletes what the statement names, a page a transaction. The page's rows are looked up once: they
/// are final, and a final row never changes.
Expected<std::int64_t> delete_runs(store::Database& database, std::string_view named,
                                   const store::Values& values, bool dry_run) {
    if (dry_run) return count(database, fmt::format("({}) named", named), values);
    std::int64_t deleted = 0;
    while (true) {
        TIPOFF_TRY(const auto transaction, database.begin());
        TIPOFF_TRY(const std::int64_t page,
                   transaction->execute(fmt::format("DELETE FROM ops.run WHERE run_id IN ({} ORDER "
                                                    "BY run_id LIMIT {})",
                                                    named, kPage),
                                        values));
        TIPOFF_CHECK(transaction->commit());
        crash_point("upkeep.page");
        deleted += page;
        if (page < kPage) return deleted;
    }
}

/// Rows of a table by its key ("signature, episode").
struct OldRows {
    std::string_view table;
    std::string_view key;
    std::string_view condition;  ///< $1: before when
};

Expected<std::int64_t> delete_old(store::Database& database, const OldRows& old, Instant before,
                                  bool dry_run) {
    const std::string from = fmt::format("{} WHERE {}", old.table, old.condition);
    if (dry_run) return count(database, from, {before});
    const std::string page =
        fmt::format("DELETE FROM {0} WHERE ({1}) IN (SELECT {1} FROM {2} ORDER BY {1} LIMIT {3})",
                    old.table, old.key, from, kPage);
    std::int64_t deleted = 0;
    while (true) {
        TIPOFF_TRY(const auto transaction, database.begin());
        TIPOFF_TRY(const std::int64_t rows, transaction->execute(page, {before}));
        TIPOFF_CHECK(transaction->commit());
        deleted += rows;
        if (rows < kPage) return deleted;
    }
}

constexpr OldRows kOldDecisions{"ops.schedule_decision", "job, decided_at, ordinal",
                                "decided_at < $1"};
constexpr OldRows kOldMessages{"ops.outbox", "message_id",
                               "state <> 'pending' AND created_at < $1"};
constexpr OldRows kOldAlerts{"ops.alert", "signature, episode",
                             "state = 'resolved' AND resolved_at < $1"};

/// With their players. Their summaries stay, as what they summed up does.
Expected<std::int64_t> forget_batches(store::Database& database, Instant before, bool dry_run) {
    if (dry_run) return count(database, "ops.batch WHERE finished_at < $1", {before});
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(
        transaction->execute("DELETE FROM ops.work_item WHERE batch_id IN (SELECT batch_id "
                             "FROM ops.batch WHERE finished_at < $1)",
                             {before}));
    TIPOFF_TRY(const std::int64_t deleted,
               transaction->execute("DELETE FROM ops.batch WHERE finished_at < $1", {before}));
    TIPOFF_CHECK(transaction->commit());
    return deleted;
}

/// What channels were told of alerts that are not kept any more.
Status forget_notices(store::Database& database) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->execute(
        "DELETE FROM ops.alert_notice WHERE NOT EXISTS (SELECT 1 FROM ops.alert a WHERE "
        "a.signature = alert_notice.signature AND a.episode = alert_notice.episode)",
        {}));
    return transaction->commit();
}

/// Closes page by page until a pass finds nothing.
Expected<std::int64_t> close_all_overdue(store::Database& database, const Clock& clock) {
    ledger::RunQueue queue(database, clock);
    std::int64_t closed = 0;
    while (true) {
        TIPOFF_TRY(const std::int64_t page, queue.close_overdue());
        closed += page;
        if (page < ledger::kRunPage) return closed;
    }
}

}  // namespace

std::string UpkeepReport::words() const {
    std::string text;
    const std::vector<std::pair<std::int64_t, std::string_view>> parts{
        {abandoned, "abandoned"}, {overdue, "past their deadline"}, {folded, "folded"},
        {expired, "expired"},     {decisions, "old decisions"},     {messages, "old messages"},
        {alerts, "old alerts"},   {batches, "old batches"}};
    for (const auto& [number, what] : parts) {
        if (number > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, what);
    }
    return text.empty() ? "nothing to do" : text;
}

Expected<UpkeepReport> upkeep(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                              const UpkeepOptions& options) {
    UpkeepReport report;
    const Instant wall = clock.wall_now();
    const Instant league = clock.league_now();
    if (options.dry_run) {
        TIPOFF_TRY(report.abandoned,
                   count(database, "ops.run WHERE state = 'running' AND lease_until < $1", {wall}));
        TIPOFF_TRY(report.overdue, count(database,
                                         fmt::format("ops.run WHERE state IN {} AND deadline <= $1",
                                                     ledger::kWaitingStates),
                                         {league}));
    } else if (!ledger.is_after_a_jump()) {
        TIPOFF_TRY(report.abandoned, ledger.abandon_expired(false));
        TIPOFF_TRY(report.overdue, close_all_overdue(database, clock));
    }
    TIPOFF_TRY(report.folded, delete_runs(database, by_states(kFolded), {wall - options.fold_after},
                                          options.dry_run));
    TIPOFF_TRY(report.expired,
               delete_runs(database, by_states(kExpired),
                           {wall - options.keep_unsuccessful, wall - options.keep_successful},
                           options.dry_run));
    const Instant before = league - options.keep_decisions;
    TIPOFF_TRY(report.decisions, delete_old(database, kOldDecisions, before, options.dry_run));
    TIPOFF_TRY(report.messages, delete_old(database, kOldMessages, before, options.dry_run));
    TIPOFF_TRY(report.alerts, delete_old(database, kOldAlerts, before, options.dry_run));
    TIPOFF_TRY(report.batches,
               forget_batches(database, wall - options.keep_decisions, options.dry_run));
    if (!options.dry_run) TIPOFF_CHECK(forget_notices(database));
    return report;
}

}  // namespace tipoff::operate
