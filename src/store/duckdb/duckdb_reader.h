#pragma once
/// Reading over a connection of its own. Private to this folder.

#include <atomic>
#include <memory>

#include "store/database.h"
#include "store/duckdb/duckdb_connection.h"

namespace tipoff::store {

/// Reads in one transaction that may only read, so that what it sees is one state. After a reading
/// that failed it is the state of then.
class DuckDbReader final : public Reader {
public:
    /// `connection` is of its own and uses the home's catalogue.
    static Expected<std::unique_ptr<Reader>> open(std::unique_ptr<DuckDbConnection> connection);

    Expected<Columns> read(std::string_view sql, const Values& values) override;
    void stop() override;

private:
    explicit DuckDbReader(std::unique_ptr<DuckDbConnection> connection)
        : connection_(std::move(connection)) {}
    Status begin();

    std::unique_ptr<DuckDbConnection> connection_;
    std::atomic<bool> is_stopped_{false};
};

}  // namespace tipoff::store
