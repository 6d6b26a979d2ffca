#pragma once
/// A PostgreSQL server: several processes, on several machines, on one database.

#include <chrono>
#include <memory>
#include <string>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::store {

struct PostgresOptions {
    bool is_read_only = false;

    /// How long a change waits for another transaction that holds the same row, before it counts as
    /// fenced. DuckDB does not wait at all.
    std::chrono::milliseconds lock_wait{5'000};
};

/// Whether the text names a server: "postgresql://..." or "postgres://...".
[[nodiscard]] bool is_postgres_url(std::string_view url);

/// `kUsage` for a URL that cannot be read, or has a password in it: everybody sees a command line,
/// so it is taken from PGPASSWORD or a password file. No error repeats the URL.
Status check_postgres_url(const std::string& url);

/// Connects to the database of a URL, which is there. The schema is not looked at. `kNotFound` for
/// a database that is not there, `kRefused` where the server lets us not in, `kIo` where none
/// answers.
///
/// Transactions are REPEATABLE READ: each sees what stood when it began, and of two that change one
/// row the second is told (40001), as in DuckDB. READ COMMITTED would look at the row again and
/// change it; SERIALIZABLE would also fence those that have only read what another changed.
Expected<std::unique_ptr<Database>> open_postgres(const std::string& url,
                                                  const PostgresOptions& options);

}  // namespace tipoff::store
