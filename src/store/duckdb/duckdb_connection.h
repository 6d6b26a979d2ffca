#pragma once
/// A connection to DuckDB with the statements that it keeps prepared, and a pool of them. Private
/// to this folder.

#include <duckdb.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "store/database.h"
#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {

/// Statements by their text, the least recently used one dropped first.
///
/// What is kept must be answered as if it were prepared anew. DuckDB plans a statement again when a
/// catalog that it reads has changed, so changes of the schema and stages that come and go are its
/// own affair. It does not when only rows have: a plan from which the statistics of the moment have
/// taken a branch would stay without it. So plans are made without them (`open_duckdb`).
class StatementCache {
public:
    /// The statement of this text, or nullptr.
    duckdb_prepared_statement find(const std::string& sql);

    /// Keeps a statement that has been asked for before: most texts come once.
    void keep_if_repeated(const std::string& sql, StatementHandle statement);

    void forget(const std::string& sql);

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
class Connection {
public:
    static Expected<std::unique_ptr<Connection>> open(duckdb_database database);

    /// Runs a statement with bound parameters and takes its whole result. `changed`, when asked
    /// for, is the count of changed rows.
    Expected<Columns> run(std::string_view sql, const Values& values,
                          std::int64_t* changed = nullptr);

    [[nodiscard]] duckdb_connection get() const { return handle_.get(); }

private:
    explicit Connection(ConnectionHandle handle) : handle_(std::move(handle)) {}

    ConnectionHandle handle_;
    StatementCache statements_;  ///< after the connection that they are of
};

/// Connections that are made on demand, lent, and kept for the next once they come back.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
public:
    struct Limits {
        std::size_t most_lent;  ///< who wants more waits
        std::size_t most_kept;  ///< of those that nobody uses
    };

    /// A connection on loan. The pool lives as long as any.
    class Loan {
    public:
        Loan(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<Connection> connection)
            : pool_(std::move(pool)), connection_(std::move(connection)) {}
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan() {
            if (pool_) pool_->take_back(std::move(connection_));
        }

        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

        /// Closes the connection: it is not as it was when it was lent.
        void discard() { connection_.reset(); }

    private:
        friend class ConnectionPool;

        std::shared_ptr<ConnectionPool> pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// `setup` is run on each new connection. Loans are made while `database` is open.
    ConnectionPool(duckdb_database database, std::string setup, const Limits& limits)
        : database_(database), setup_(std::move(setup)), limits_(limits) {}

    Expected<Loan> borrow();

private:
    Expected<std::unique_ptr<Connection>> opened();
    void take_back(std::unique_ptr<Connection> connection);

    duckdb_database database_;
    std::string setup_;
    Limits limits_;
    std::mutex mutex_;
    std::condition_variable came_back_;
    std::size_t lent_ = 0;
    std::vector<std::unique_ptr<Connection>> kept_;
};

}  // namespace tipoff::store
