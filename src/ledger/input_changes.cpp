#include "ledger/input_changes.h"

#include <fmt/core.h>

#include "ledger/run_rows.h"
#include "ledger/run_state.h"

namespace tipoff::ledger {
namespace {

Status note(store::Transaction& transaction, const RunHandle& run, std::int64_t token,
            const std::string& table, const std::string& part, Instant now) {
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   "UPDATE ops.input_change SET fencing_token = $1, run_id = $2, changed_at = $3 "
                   "WHERE table_name = $4 AND part = $5",
                   {token, run.run_id, now, table, part}));
    if (changed > 0) return {};
    TIPOFF_CHECK(transaction.execute(
        "INSERT INTO ops.input_change (table_name, part, fencing_token, run_id, changed_at) VALUES "
        "($1, $2, $3, $4, $5)",
        {table, part, token, run.run_id, now}));
    return {};
}

std::string listed(std::span<const std::string_view> tables) {
    std::string names;
    for (const std::string_view table : tables)
        names += fmt::format("{}'{}'", names.empty() ? "" : ", ", table);
    return names;
}

}  // namespace

Status note_input_changes(store::Transaction& transaction, const RunHandle& run,
                          std::span<const std::string> tables, std::span<const GameDate> dates,
                          const Clock& clock) {
    if (tables.empty()) return {};
    TIPOFF_TRY(const std::int64_t token, next_fencing_token(transaction));
    const Instant now = clock.wall_now();
    for (const std::string& table : tables) {
        TIPOFF_CHECK(note(transaction, run, token, table, "", now));
        for (const GameDate date : dates)
            TIPOFF_CHECK(note(transaction, run, token, table, to_string(date), now));
    }
    return {};
}

Expected<std::int64_t> newest_change(store::Database& database,
                                     std::span<const std::string_view> tables,
                                     std::optional<GameDate> date) {
    TIPOFF_TRY(const store::Columns newest,
               database.read(fmt::format("SELECT CAST(coalesce(max(fencing_token), 0) AS BIGINT) "
                                         "FROM ops.input_change WHERE table_name IN ({}) AND part "
                                         "= $1",
                                         listed(tables)),
                             {date ? to_string(*date) : std::string()}));
    return newest.data[0].integer(0);
}

Expected<std::map<GameDate, std::int64_t>> newest_changes_by_date(
    store::Database& database, std::span<const std::string_view> tables) {
    TIPOFF_TRY(const store::Columns newest,
               database.read(fmt::format("SELECT CAST(part AS DATE), CAST(max(fencing_token) AS "
                                         "BIGINT) FROM ops.input_change WHERE table_name IN ({}) "
                                         "AND part <> '' GROUP BY part",
                                         listed(tables)),
                             {}));
    std::map<GameDate, std::int64_t> changes;
    for (std::size_t i = 0; i < newest.rows(); ++i)
        changes.emplace(store::ColumnCodec<GameDate>::get(newest.data[0], i),
                        newest.data[1].integer(i));
    return changes;
}

Expected<std::int64_t> newest_success(store::Database& database, std::string_view condition,
                                      const store::Values& values) {
    TIPOFF_TRY(const store::Columns newest,
               database.read(fmt::format("SELECT CAST(coalesce(max(fencing_token), 0) AS BIGINT) "
                                         "FROM ops.run WHERE state IN {} AND {}",
                                         kSuccessStates, condition),
                             values));
    return newest.data[0].integer(0);
}

Expected<std::optional<RunRow>> newest_success_of(store::Database& database, std::string_view step,
                                                  std::string_view scope) {
    TIPOFF_TRY(const auto runs,
               store::read_rows(database, kRun,
                                fmt::format("WHERE step = $1 AND scope = $2 AND state IN {} ORDER "
                                            "BY fencing_token DESC LIMIT 1",
                                            kSuccessStates),
                                {std::string(step), std::string(scope)}));
    return runs.empty() ? std::nullopt : std::optional(runs.front());
}

}  // namespace tipoff::ledger
