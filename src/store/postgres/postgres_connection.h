#pragma once
/// A connection to a PostgreSQL server with the statements that it keeps prepared. Private to this
/// folder.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/database.h"
#include "store/postgres/postgres_database.h"
#include "store/postgres/postgres_handles.h"
#include "store/statement_cache.h"

namespace tipoff::store {

/// One thread uses it at a time.
class PostgresConnection {
public:
    static Expected<std::unique_ptr<PostgresConnection>> open(const std::string& url,
                                                              const PostgresOptions& options);

    /// Runs a statement with bound parameters and takes its whole result. `changed`, when asked
    /// for, is the count of changed rows.
    Expected<Columns> run(std::string_view sql, const Values& values,
                          std::int64_t* changed = nullptr);

    /// The same of a statement that is about a stage, which is another one each time.
    Expected<Columns> run_once(std::string_view sql, const Values& values,
                               std::int64_t* changed = nullptr);

    /// Runs statements without parameters or results; the last one's tag ("COMMIT").
    Expected<std::string> command(const std::string& sql);

    /// Adds the batch's rows to a table, "raw.player_box" or a stage.
    Status copy_into(std::string_view table, const Batch& batch);

    /// Whether the server is still there.
    [[nodiscard]] bool is_open() const;

    /// "15.18"
    [[nodiscard]] std::string server_version() const;

private:
    /// A prepared statement; the server forgets it with this.
    class Prepared;

    explicit PostgresConnection(PgConnectionHandle handle) : handle_(std::move(handle)) {}

    PgConnectionHandle handle_;
    StatementCache<std::shared_ptr<Prepared>> statements_;  ///< after the connection they are of
    std::int64_t last_name_ = 0;
};

}  // namespace tipoff::store
