#pragma once
/// Columns to DuckDB's vectors and back. Private to this folder.

#include <duckdb.h>

#include <string_view>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::store {

/// Takes a result's rows, all of them.
Expected<Columns> take_result(duckdb_result* result);

/// Rows of a batch that are made into columns and handed to DuckDB at a time: one of its vectors.
inline constexpr std::size_t kSliceRows = 2048;

[[nodiscard]] duckdb_type duckdb_type_of(ColumnType type);

/// Fills a chunk of these columns' types with their rows, at most `kSliceRows`.
void put_columns(const Columns& rows, duckdb_data_chunk chunk);

/// In DuckDB's message of a row whose key the index holds already.
inline constexpr std::string_view kKeyIsThere = "violates primary key constraint";

/// An `Error` of the right code from DuckDB's own message.
[[nodiscard]] Error duckdb_error(std::string_view what, const char* message);

}  // namespace tipoff::store
