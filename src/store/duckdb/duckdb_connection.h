#pragma once
/// A connection to DuckDB with the statements that it keeps prepared. Private to this folder.

#include <duckdb.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "store/database.h"
#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {

/// Statements by their text, the least recently used one dropped first.
///
/// What is kept must be answered as if it were prepared anew. DuckDB plans a statement again when
/// another transaction has changed the schema, but not
/// - when its own has: a table that was dropped and made again is still the old one to it. So a
///   connection that changes the schema drops what it keeps, and what is of a stage is not kept;
/// - when only rows have changed: a plan from which the statistics of the moment have taken a
/// branch
///   stays without it. So plans are made without them (`open_duckdb`).
class StatementCache {
public:
    /// The statement of this text, or nullptr.
    duckdb_prepared_statement find(const std::string& sql);

    /// Keeps a statement that has been asked for before: most texts come once.
    void keep_if_repeated(const std::string& sql, StatementHandle statement);

    void forget(const std::string& sql);
    void forget_all();

private:
    struct Kept {
        std::string sql;
        StatementHandle statement;
    };

    std::list<Kept> kept_;  ///< the most recently used one first
    std::unordered_map<std::string_view, std::list<Kept>::iterator> places_;
    std::unordered_set<std::size_t> seen_;  ///< hashes of texts
};

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
    StatementCache statements_;  ///< after the connection that they are of
};

}  // namespace tipoff::store
