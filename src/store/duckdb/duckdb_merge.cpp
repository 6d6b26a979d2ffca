#include "store/duckdb/duckdb_merge.h"

#include <fmt/core.h>

namespace tipoff::store {

MergeSql::MergeSql(const MergeParts& parts) {
    create_stage = fmt::format("CREATE TEMP TABLE temp.main.{} ({})", kStage, parts.definitions);
    delete_missing = fmt::format(
        "DELETE FROM {} AS t WHERE {} AND NOT EXISTS (SELECT 1 FROM temp.main.{} s WHERE {})",
        parts.target, parts.in_scope, kStage, parts.same_key);
    // Every column that is not of the key is named: the short form rewrites the keys too, and
    // takes fifty times as long.
    const std::string update = parts.differs.empty()
                                   ? ""
                                   : fmt::format("WHEN MATCHED AND ({}) THEN UPDATE SET {} ",
                                                 parts.differs, parts.updates);
    merge = fmt::format(
        "MERGE INTO {} t USING temp.main.{} s ON {} {}WHEN NOT MATCHED THEN INSERT ({}) VALUES "
        "({})",
        parts.target, kStage, parts.same_key, update, parts.names, parts.staged);
}

}  // namespace tipoff::store
