#pragma once
/// What the statements of a merge are put together from, the same in every engine. Private to this
/// room.

#include <cstddef>
#include <optional>
#include <string>

#include "store/database.h"
#include "store/table.h"

namespace tipoff::store {

/// Pieces of SQL made from a table's declaration: `t` is the table and `s` the stage.
struct MergeParts {
    MergeParts(const TableSpec& table, const std::optional<MergeScope>& scope);

    std::string target;
    std::string leading;      ///< name of the key column that tells rows apart
    std::string definitions;  ///< of all columns: "game_id TEXT, points DOUBLE PRECISION"
    std::string names;        ///< of all columns
    std::string staged;       ///< the same, of `s`
    std::string same_key;     ///< whether `s` and `t` have one key
    std::string updates;      ///< all columns that are not of the key, from `s`
    std::string differs;      ///< whether `s` says something else; empty where nothing can
    std::string in_scope;     ///< whether `t` lies in the scope; never without one
    Values scope_values;      ///< of `in_scope`

    /// A row when the table has one of so many leading values, which are bound.
    [[nodiscard]] std::string any_bound_present(std::size_t count) const;
};

/// The values of a column as they are bound; nothing where they are too many, or of a type that is
/// not.
[[nodiscard]] std::optional<Values> few_values(const Column& column);

}  // namespace tipoff::store
