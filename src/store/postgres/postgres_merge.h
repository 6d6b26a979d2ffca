#pragma once
/// The statements of one merge in PostgreSQL, whose MERGE (of 15) cannot delete what is not staged.
/// Private to this folder.

#include <string>
#include <string_view>

#include "store/merge_parts.h"

namespace tipoff::store {

inline constexpr std::string_view kPostgresStage = "pg_temp.tipoff_stage";
inline constexpr std::string_view kPostgresLeadingStage = "pg_temp.tipoff_leading_stage";

struct PostgresMergeSql {
    explicit PostgresMergeSql(const MergeParts& parts);

    std::string create_stage;
    std::string delete_missing;
    std::string update_changed;  ///< empty where a table has nothing but its key
    std::string insert_missing;
};

}  // namespace tipoff::store
