#include "store/duckdb/duckdb_merge.h"

#include <fmt/core.h>

#include "store/batch_keys.h"

namespace tipoff::store {

MergeSql::MergeSql(const TableSpec& table, const MergeParts& parts) {
    const ColumnSpec& leading = table.columns[table.key_columns()[leading_key(table)]];
    create_leading_stage = fmt::format("CREATE TEMP TABLE temp.main.{} ({} {})", kLeadingStage,
                                       leading.name, sql_name(leading.type));
    any_staged_present =
        fmt::format("SELECT 1 FROM {0} t JOIN temp.main.{1} s ON t.{2} = s.{2} LIMIT 1",
                    parts.target, kLeadingStage, leading.name);
    delete_scope = fmt::format("DELETE FROM {} AS t WHERE {}", parts.target, parts.in_scope);
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
