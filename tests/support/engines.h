#pragma once
/// The engines behind the database seam. Tests of what they have in common run on each.

#include <memory>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "store/postgres/postgres_database.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::support {

enum class Engine : std::uint8_t { kDuckDb, kPostgres };

inline void PrintTo(Engine engine, std::ostream* out) {
    *out << (engine == Engine::kDuckDb ? "DuckDb" : "Postgres");
}

/// "DuckDb", for the names of parameterised suites.
[[nodiscard]] inline std::string engine_name(const testing::TestParamInfo<Engine>& info) {
    return info.param == Engine::kDuckDb ? "DuckDb" : "Postgres";
}

inline const auto kEngines = testing::Values(Engine::kDuckDb, Engine::kPostgres);

/// A database of a test's own tables in an engine, as long as this lives.
class TestDatabase {
public:
    TestDatabase(Engine engine, Tables tables);

    /// False where the engine is not installed: what is here then is DuckDB.
    [[nodiscard]] bool is_there() const { return is_there_; }

    [[nodiscard]] store::Database& get() { return *database_; }

    /// Closes it and opens it again.
    void reopen();

private:
    void open();

    TempFolder folder_;
    Engine engine_;
    bool is_there_ = true;
    Tables tables_;
    std::string url_;
    std::unique_ptr<store::Database> database_;
};

/// A test that is run on each engine; skipped where that one is not installed.
class OnEachEngine : public testing::TestWithParam<Engine> {
protected:
    explicit OnEachEngine(Tables tables) : test_database_(GetParam(), std::move(tables)) {}

    void SetUp() override {
        if (!test_database_.is_there())
            GTEST_SKIP() << "PostgreSQL is not installed: script/bootstrap installs it";
    }

    [[nodiscard]] store::Database& db() { return test_database_.get(); }
    [[nodiscard]] bool is_duckdb() const { return GetParam() == Engine::kDuckDb; }

    TestDatabase test_database_;
};

}  // namespace tipoff::support
