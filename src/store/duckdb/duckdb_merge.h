#pragma once
/// The statements of one merge in DuckDB. Private to this folder.

#include <string>
#include <string_view>

#include "store/merge_parts.h"

namespace tipoff::store {

/// Tables of the connection's own, in temp.main.
inline constexpr std::string_view kStage = "tipoff_stage";
inline constexpr std::string_view kLeadingStage = "tipoff_leading_stage";

struct MergeSql {
    explicit MergeSql(const MergeParts& parts);

    std::string create_stage;
    std::string delete_missing;
    std::string merge;
};

}  // namespace tipoff::store
