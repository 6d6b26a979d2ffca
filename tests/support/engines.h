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

/// Where a home may be made: a new folder, and in PostgreSQL a new database. Where that is not
/// installed it is the home's own file.
class HomePlace {
public:
    explicit HomePlace(Engine engine = Engine::kDuckDb);
    /// A copy of a home that nobody has open.
    HomePlace(const HomePlace& other);
    HomePlace& operator=(const HomePlace&) = delete;
    ~HomePlace() = default;

    [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
    /// Empty for the file of the home's own.
    [[nodiscard]] const std::string& database_url() const { return database_url_; }

private:
    TempFolder folder_;
    std::string database_url_;
};

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
class EachEngine : public testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        if (!is_installed(GetParam())) GTEST_SKIP() << kNotInstalled;
    }

    [[nodiscard]] static bool is_duckdb() { return GetParam() == Engine::kDuckDb; }
};

/// The same with a database of the test's own tables.
class OnEachEngine : public EachEngine {
protected:
    explicit OnEachEngine(Tables tables) : test_database_(GetParam(), std::move(tables)) {}

    [[nodiscard]] store::Database& db() { return test_database_.get(); }

    TestDatabase test_database_;
};

/// The same with a place for a home.
class HomeOnEachEngine : public EachEngine {
protected:
    HomePlace place_{GetParam()};
};

}  // namespace tipoff::support
