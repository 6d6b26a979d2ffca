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

/// False where the engine is not installed.
[[nodiscard]] bool is_installed(Engine engine);

inline constexpr const char* kNotInstalled =
    "PostgreSQL is not installed: script/bootstrap installs it";

/// The address of a new database for a home; empty for the file of the home's own, and where the
/// engine is not installed.
[[nodiscard]] std::string new_database(Engine engine);

/// A database of a test's own tables in an engine, as long as this lives; in DuckDB where that is
/// not installed.
class TestDatabase {
public:
    TestDatabase(Engine engine, Tables tables);

    [[nodiscard]] store::Database& get() { return *database_; }

    /// Closes it and opens it again.
    void reopen();

private:
    void open();

    TempFolder folder_;
    Tables tables_;
    std::string url_;
    std::unique_ptr<store::Database> database_;
};

/// A test that is run on each engine; skipped where that one is not installed.
class OnEachEngine : public testing::TestWithParam<Engine> {
protected:
    explicit OnEachEngine(Tables tables) : test_database_(GetParam(), std::move(tables)) {}

    void SetUp() override {
        if (!is_installed(GetParam())) GTEST_SKIP() << kNotInstalled;
    }

    [[nodiscard]] store::Database& db() { return test_database_.get(); }
    [[nodiscard]] bool is_duckdb() const { return GetParam() == Engine::kDuckDb; }

    TestDatabase test_database_;
};

/// The same of a test that opens homes.
class HomeOnEachEngine : public testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        if (!is_installed(GetParam())) GTEST_SKIP() << kNotInstalled;
    }
};

}  // namespace tipoff::support
