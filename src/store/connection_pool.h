#pragma once
/// Connections that are made on demand, lent, and kept for the next once they come back. Private to
/// this room.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/error.h"

namespace tipoff::store {

/// Any number of threads may borrow; a connection is used by one at a time.
template <class Connection>
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool<Connection>> {
public:
    using Opener = std::function<Expected<std::unique_ptr<Connection>>()>;

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

    ConnectionPool(Opener opener, const Limits& limits)
        : opener_(std::move(opener)), limits_(limits) {}

    Expected<Loan> borrow() {
        std::unique_ptr<Connection> connection;
        {
            std::unique_lock lock(mutex_);
            came_back_.wait(lock, [this] { return lent_ < limits_.most_lent; });
            ++lent_;
            if (!kept_.empty()) {
                connection = std::move(kept_.back());
                kept_.pop_back();
            }
        }
        // From here on the loan gives its place back, with a connection or without.
        Loan loan(this->shared_from_this(), std::move(connection));
        if (loan.connection_) return loan;
        TIPOFF_TRY(loan.connection_, opener_());
        return loan;
    }

private:
    void take_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex_);
            --lent_;
            // The one that came back last is lent first: its statements are the ones in use.
            if (connection && kept_.size() < limits_.most_kept)
                kept_.push_back(std::move(connection));
        }
        came_back_.notify_one();
    }

    Opener opener_;
    Limits limits_;
    std::mutex mutex_;
    std::condition_variable came_back_;
    std::size_t lent_ = 0;
    std::vector<std::unique_ptr<Connection>> kept_;
};

}  // namespace tipoff::store
