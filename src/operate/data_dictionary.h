#pragma once
/// The page of all tables, made from their declarations: what a row is, what each column holds, and
/// who writes it.

#include <string>
#include <string_view>

#include "store/table.h"

namespace tipoff::operate {

/// Who writes a table's rows: the steps of the ledger, "import, collect", or in words what keeps a
/// table that no step fills. A table that is not listed is a broken invariant.
[[nodiscard]] std::string_view writers_of(const store::TableSpec& table);

/// The page `docs/data-dictionary.md`.
[[nodiscard]] std::string table_page();

}  // namespace tipoff::operate
