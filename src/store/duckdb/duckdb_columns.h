#pragma once
/// Columns to DuckDB's vectors and back. Private to this folder.

#include <duckdb.h>

#include <string>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::store {

/// Runs a statement with bound parameters and takes its whole result. `changed`, when asked for, is the count of changed rows.
Expected<Columns> run_statement(duckdb_connection connection, std::string_view sql,
                                const Values& values, std::int64_t* changed);

/// Appends all rows to a table of exactly these columns.
Status append_columns(duckdb_connection connection, const std::string& catalog, const std::string& schema, const std::string& table,
                      const Columns& rows);

/// An `Error` of the right code from DuckDB's own message.
[[nodiscard]] Error duckdb_error(std::string_view what, const char* message);

}  // namespace tipoff::store
