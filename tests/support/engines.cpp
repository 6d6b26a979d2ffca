#include "support/engines.h"

#include "support/postgres_server.h"

namespace tipoff::support {
namespace {

/// Tests hold a row in one transaction and change it in another, one after the other.
constexpr std::chrono::milliseconds kLockWait{10};

/// The address of a new database; empty for a file.
std::string new_database(Engine engine) {
    const bool is_on_server = engine == Engine::kPostgres && is_installed(engine);
    return is_on_server ? PostgresServer::shared()->new_database() : "";
}

}  // namespace

bool is_installed(Engine engine) {
    return engine == Engine::kDuckDb || PostgresServer::shared() != nullptr;
}

HomePlace::HomePlace(Engine engine) : database_url_(new_database(engine)) {}

HomePlace::HomePlace(const HomePlace& other) {
    std::filesystem::copy(other.path(), path(), std::filesystem::copy_options::recursive);
    if (!other.database_url_.empty())
        database_url_ = PostgresServer::shared()->copy_of(other.database_url_);
}

TestDatabase::TestDatabase(Engine engine, Tables tables)
    : tables_(std::move(tables)), url_(new_database(engine)) {
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
