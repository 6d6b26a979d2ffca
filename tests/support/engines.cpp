#include "support/engines.h"

#include "support/postgres_server.h"

namespace tipoff::support {
namespace {

/// Tests hold a row in one transaction and change it in another, one after the other.
constexpr std::chrono::milliseconds kLockWait{10};

}  // namespace

TestDatabase::TestDatabase(Engine engine, Tables tables)
    : engine_(engine), tables_(std::move(tables)) {
    if (engine_ == Engine::kPostgres) {
        PostgresServer* const server = PostgresServer::shared();
        is_there_ = server != nullptr;
        if (is_there_) url_ = server->new_database();
    }
    open();
    if (!url_.empty()) make_tables(*database_, tables_);
}

void TestDatabase::reopen() {
    database_.reset();
    open();
}

void TestDatabase::open() {
    database_ = !url_.empty() ? value_of(store::open_postgres(url_, {.lock_wait = kLockWait}))
                              : open_with_tables(folder_ / "t.duckdb", tables_);
}

}  // namespace tipoff::support
