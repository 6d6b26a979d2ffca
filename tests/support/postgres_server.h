#pragma once
/// A real PostgreSQL server of the test's own: Debian's, in a temporary folder, on a socket in it.

#include <memory>
#include <string>

#include "support/child_process.h"
#include "support/files.h"

namespace tipoff::support {

class PostgresServer {
public:
    /// The one of this test process, started when it is asked for first; nullptr where PostgreSQL
    /// is not installed: script/bootstrap installs it.
    static PostgresServer* shared();

    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// The URL of a new, empty database. Its language orders words as a dictionary does, which
    /// nothing of ours may depend on.
    [[nodiscard]] std::string new_database();

    /// The URL of a new copy of a database, to which nobody is connected.
    [[nodiscard]] std::string copy_of(const std::string& database_url);

private:
    PostgresServer();

    [[nodiscard]] std::string url(const std::string& database) const;
    std::string make_database(const std::string& more);

    TempFolder folder_;
    std::unique_ptr<ChildProcess> server_;
    int databases_ = 0;
};

}  // namespace tipoff::support
