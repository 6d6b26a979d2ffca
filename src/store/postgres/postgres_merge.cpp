#include "store/postgres/postgres_merge.h"

#include <fmt/core.h>

namespace tipoff::store {

PostgresMergeSql::PostgresMergeSql(const MergeParts& parts) {
    // Types and collations are the table's own, so that keys compare as they do in it.
    create_stage = fmt::format("CREATE TEMP TABLE {} (LIKE {})", kPostgresStage, parts.target);
    delete_missing =
        fmt::format("DELETE FROM {} AS t WHERE {} AND NOT EXISTS (SELECT 1 FROM {} s WHERE {})",
                    parts.target, parts.in_scope, kPostgresStage, parts.same_key);
    if (!parts.differs.empty()) {
        update_changed =
            fmt::format("UPDATE {} AS t SET {} FROM {} AS s WHERE {} AND ({})", parts.target,
                        parts.updates, kPostgresStage, parts.same_key, parts.differs);
    }
    insert_missing = fmt::format(
        "INSERT INTO {0} ({1}) SELECT {2} FROM {3} AS s WHERE NOT EXISTS (SELECT 1 FROM {0} AS t "
        "WHERE {4})",
        parts.target, parts.names, parts.staged, kPostgresStage, parts.same_key);
}

}  // namespace tipoff::store
