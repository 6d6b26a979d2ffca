#pragma once
/// A connection to DuckDB with the statements that it keeps prepared. Private to this folder.

#include <duckdb.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/database.h"
#include "store/duckdb/duckdb_handles.h"
#include "store/statement_cache.h"

namespace tipoff::store {

/// What is kept must be answered as if it were prepared anew. DuckDB plans a statement again when
/// another transaction has changed the schema, but not
/// - when its own has: a table that was dropped and made again is still the old one to it. So a
///   connection that changes the schema drops what it keeps, and what is of a stage is not kept;
/// - when only rows have changed: a plan from which the statistics of the moment have taken a
/// branch
///   stays without it. So plans are made without them (`open_duckdb`).
///
/// One thread uses it at a time.
class DuckDbConnection {
public:
    /// `setup` is run on it first.
    static Expected<std::unique_ptr<DuckDbConnection>> open(duckdb_database database,
                                                            std::string_view setup);

    /// Runs a statement with bound parameters and takes its whole result. `changed`, when asked
    /// for, is the count of changed rows.
    Expected<Columns> run(std::string_view sql, const Values& values,
                          std::int64_t* changed = nullptr);

    /// The same of a statement that is about a stage, which is another one each time.
    Expected<Columns> run_once(std::string_view sql, const Values& values,
                               std::int64_t* changed = nullptr);

    [[nodiscard]] duckdb_connection get() const { return handle_.get(); }

private:
    explicit DuckDbConnection(ConnectionHandle handle) : handle_(std::move(handle)) {}

    ConnectionHandle handle_;
    StatementCache<StatementHandle> statements_;  ///< after the connection that they are of
};

}  // namespace tipoff::store
