#pragma once
/// What the statements of a merge are put together from, the same in every engine. Private to this
/// room.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/batch_keys.h"
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

    /// Of rows that both have, only these columns differ: the others are left alone, which is much
    /// less to write where a table is wide.
    void keep_to(const TableSpec& table, std::span<const std::size_t> columns);

    /// A row when the table has one of so many leading values at such instants, all of them bound.
    [[nodiscard]] std::string any_bound_present(
        std::size_t count, std::span<const BatchKeys::Instants> instants) const;

    /// The same of leading values in a stage.
    [[nodiscard]] std::string any_staged_present(
        std::string_view stage, std::span<const BatchKeys::Instants> instants) const;

    [[nodiscard]] std::string delete_scope() const;

private:
    void add_value(const ColumnSpec& column);
};

/// Adds the parameters of the instants, which come last.
void bind_instants(std::span<const BatchKeys::Instants> instants, Values& values);

/// The values of a column as they are bound; nothing where they are too many, or of a type that is
/// not.
[[nodiscard]] std::optional<Values> few_values(const Column& column);

}  // namespace tipoff::store
