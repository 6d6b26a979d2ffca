#pragma once
/// Batches on their way into DuckDB. Large ones as a table function, `tipoff_batch(ID)`, so that
/// DuckDB takes their slices on all of its threads: making, checking and compressing rows is most
/// of the time of a write. Of small ones planning the statement would be: they are appended.
/// Private to this folder.

#include <duckdb.h>

#include <cstdint>
#include <string>

#include "base/error.h"
#include "store/table.h"

namespace tipoff::store {

/// Makes the function known to all connections of the instance.
Status register_batch_scan(duckdb_connection connection);

/// Lends a batch to `tipoff_batch` for as long as this lives.
class LentBatch {
public:
    explicit LentBatch(const Batch& batch);
    LentBatch(const LentBatch&) = delete;
    LentBatch& operator=(const LentBatch&) = delete;
    ~LentBatch();

    /// "tipoff_batch(7)"
    [[nodiscard]] std::string sql() const;

private:
    std::int64_t id_;
};

/// Where a batch goes.
struct Target {
    std::string catalog;
    std::string schema;
    std::string table;
};

/// Appends a batch of at most `kSliceRows` rows in the connection's transaction.
Status append_batch(duckdb_connection connection, const Target& target, const Batch& batch);

}  // namespace tipoff::store
