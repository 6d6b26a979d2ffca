#pragma once
/// The statements of one merge in DuckDB. Private to this folder.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.h"
#include "store/table.h"

namespace tipoff::store {

/// Tables of the connection's own, in temp.main.
inline constexpr std::string_view kStage = "tipoff_stage";
inline constexpr std::string_view kLeadingStage = "tipoff_leading_stage";

/// Made from the table's declaration.
struct MergeSql {
    MergeSql(const TableSpec& table, const std::optional<MergeScope>& scope);

    std::string create_leading_stage;
    std::string any_staged_present;  ///< a row when the table has one of the staged leading values
    std::string delete_scope;
    std::string create_stage;
    std::string delete_missing;
    std::string merge;
    Values scope_values;  ///< of `delete_scope` and `delete_missing`

    /// A row when the table has one of so many leading values, which are bound.
    [[nodiscard]] std::string any_bound_present(std::size_t count) const;

private:
    std::string scope_condition(const TableSpec& table, const std::optional<MergeScope>& scope);

    std::string target_;
    std::string leading_;
};

/// The values of a column as they are bound; nothing where they are too many, or of a type that is
/// not.
[[nodiscard]] std::optional<Values> few_values(const Column& column);

}  // namespace tipoff::store
