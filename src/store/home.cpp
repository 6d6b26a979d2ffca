#include "store/home.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <thread>

#include "store/dialect.h"
#include "store/postgres/postgres_database.h"

namespace tipoff::store {

const Table<AppliedMigration> kMigration{
    "ops",
    "migration",
    "Changes of the schema that this database has seen.",
    {
        key<&AppliedMigration::version>("version", "Number of the migration."),
        value<&AppliedMigration::name>("name", "Its name."),
        bookkeeping<&AppliedMigration::applied_at>("applied_at", "When it was applied."),
    }};

namespace {

constexpr std::chrono::milliseconds kLockPoll{50};

Error io_error(std::string_view what, const std::filesystem::path& path) {
    return {ErrorCode::kIo, fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)),
            errno == ENOSPC ? "free some space" : ""};
}

std::string written_in(int lock) {
    std::array<char, 512> text{};
    const auto size = ::pread(lock, text.data(), text.size() - 1, 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "another process";
}

void name_lock_holder(int lock, std::string_view command) {
    const std::string text = fmt::format("process {} (tipoff {})", ::getpid(), command);
    // A failure here costs the next process a name, nothing else.
    if (::ftruncate(lock, 0) == 0) (void)!::pwrite(lock, text.data(), text.size(), 0);
}

Error busy_with(const std::filesystem::path& folder, std::string_view holder) {
    return {ErrorCode::kBusy, fmt::format("{} is being written by {}", folder.string(), holder),
            "wait for it to end, or pass --wait SECONDS"};
}

/// The engine's "in use", with the writer's name where one of ours holds the home.
Error busy(const std::filesystem::path& folder, const Error& engine_error) {
    const std::string holder = lock_holder(folder);
    return holder.empty() ? engine_error : busy_with(folder, holder);
}

Expected<int> take_lock(const std::filesystem::path& folder, const HomeOptions& options,
                        const Clock& clock) {
    const auto path = folder / "tipoff.lock";
    const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return std::unexpected(io_error("cannot open", path));
    const auto deadline = clock.elapsed() + options.wait;
    while (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (clock.elapsed() >= deadline) {
            Error error = busy_with(folder, written_in(lock));
            ::close(lock);
            return std::unexpected(std::move(error));
        }
        std::this_thread::sleep_for(kLockPoll);
    }
    name_lock_holder(lock, options.command);
    return lock;
}

std::unexpected<Error> nothing_there(const std::filesystem::path& folder) {
    return fail(ErrorCode::kNotFound, fmt::format("{} has no database", folder.string()),
                "tipoff import PATH makes one; tipoff demo shows the whole on simulated data");
}

using Declared = std::map<std::string, std::vector<std::string>>;

std::string described(std::string_view name, std::string_view type, bool nullable) {
    return fmt::format("{} {}{}", name, type, nullable ? "" : " NOT NULL");
}

/// DuckDB's names for our types.
std::string_view engine_type(ColumnType type) {
    switch (type) {
        case ColumnType::kReal: return "FLOAT";
        case ColumnType::kDouble: return "DOUBLE";
        case ColumnType::kText: return "VARCHAR";
        case ColumnType::kTimestampTz: return "TIMESTAMP WITH TIME ZONE";
        case ColumnType::kBlob: return "BLOB";
        default: return sql_name(type);
    }
}

/// The same by PostgreSQL's, which are in small letters: told in the words of the other.
std::string engine_type(std::string_view found) {
    static const std::map<std::string_view, std::string_view> kNames{
        {"real", "FLOAT"}, {"double precision", "DOUBLE"}, {"text", "VARCHAR"}, {"bytea", "BLOB"}};
    const auto known = kNames.find(found);
    std::string name(known == kNames.end() ? found : known->second);
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

/// What is ours to know of the engine's own catalogue. In PostgreSQL "public" is everybody's.
constexpr std::string_view kOurSchemas =
    "table_catalog = current_database() AND table_schema NOT IN ('information_schema', "
    "'pg_catalog', 'public')";

Expected<Declared> stored_columns(Database& database) {
    TIPOFF_TRY(const Columns rows,
               database.read(
                   fmt::format("SELECT table_schema || '.' || table_name, column_name, data_type, "
                               "is_nullable FROM information_schema.columns WHERE {} ORDER BY "
                               "table_schema, table_name, ordinal_position",
                               kOurSchemas),
                   {}));
    Declared stored;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        stored[std::string(rows.data[0].text(i))].push_back(
            described(rows.data[1].text(i), engine_type(rows.data[2].text(i)),
                      rows.data[3].text(i) == "YES"));
    }
    return stored;
}

/// What differs between a table's declared and stored columns; empty when nothing does.
std::string difference(const TableSpec& table, const std::vector<std::string>& stored) {
    std::vector<std::string> declared;
    declared.reserve(table.columns.size());
    for (const auto& column : table.columns) {
        declared.push_back(described(column.name, engine_type(column.type), column.nullable));
    }
    for (const auto& column : declared) {
        if (std::ranges::find(stored, column) == stored.end()) {
            return fmt::format("column '{}' is missing", column);
        }
    }
    for (const auto& column : stored) {
        if (std::ranges::find(declared, column) == declared.end()) {
            return fmt::format("column '{}' is not known", column);
        }
    }
    return declared == stored ? "" : "the columns stand in another order";
}

Expected<int> stored_version(Database& database) {
    TIPOFF_TRY(const Columns tables,
               database.read(fmt::format("SELECT table_schema || '.' || table_name FROM "
                                         "information_schema.tables WHERE {}",
                                         kOurSchemas),
                             {}));
    if (tables.rows() == 0) return 0;
    for (std::size_t i = 0; i < tables.rows(); ++i) {
        if (tables.data[0].text(i) != kMigration.spec().qualified_name()) continue;
        TIPOFF_TRY(const Columns version,
                   database.read(
                       "SELECT CAST(coalesce(max(version), 0) AS BIGINT) FROM ops.migration", {}));
        return static_cast<int>(version.data[0].integer(0));
    }
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("the database is not one of tipoff's: it has {} tables, such as {}, and no {}",
                    tables.rows(), tables.data[0].text(0), kMigration.spec().qualified_name()),
        "it was left as it is; name another folder with --home");
}

/// Of processes on one server one changes the schema at a time, however long that takes.
Status wait_for_turn(Transaction& transaction) {
    TIPOFF_CHECK(transaction.execute("SET LOCAL lock_timeout = 0", {}));
    TIPOFF_CHECK(transaction.read("SELECT 1 FROM pg_advisory_xact_lock(8387794071)", {}));
    return {};
}

Status apply(Database& database, const Migration& migration, const Clock& clock) {
    TIPOFF_TRY(const auto transaction, database.begin());
    const Dialect dialect = dialect_of(database);
    if (dialect == Dialect::kPostgres) TIPOFF_CHECK(wait_for_turn(*transaction));
    std::string_view rest = migration.sql;
    while (true) {
        const auto end = rest.find(";\n");
        if (end == std::string_view::npos) break;
        TIPOFF_CHECK(transaction->execute(in_dialect(rest.substr(0, end), dialect), {}));
        rest.remove_prefix(end + 2);
    }
    TIPOFF_CHECK(transaction->execute(
        "INSERT INTO ops.migration (version, name, applied_at) VALUES ($1, $2, $3)",
        {std::int64_t{migration.version}, std::string(migration.name), clock.wall_now()}));
    return transaction->commit();
}

Status migrate(Database& database, Access access, const Clock& clock) {
    TIPOFF_TRY(const int version, stored_version(database));
    const int newest = migrations().back().version;
    if (version > newest) {
        return fail(ErrorCode::kRefused,
                    fmt::format("the database has schema {} and this program knows {} at most",
                                version, newest),
                    "use the newer tipoff that wrote it");
    }
    if (version < newest && access == Access::kReadOnly) {
        return fail(
            ErrorCode::kRefused,
            fmt::format("the database has schema {} and this program reads {}", version, newest),
            "any command that writes migrates it, such as tipoff import");
    }
    for (const Migration& migration : migrations()) {
        if (migration.version <= version) continue;
        const Status applied = apply(database, migration, clock);
        if (applied) continue;
        // Another process may have done it meanwhile: a server is not this folder's alone.
        const auto reached = stored_version(database);
        if (!reached || *reached < migration.version) return applied;
    }
    return {};
}

/// From here on the engine opens no file but its own and those of two folders of the home, whatever
/// a query asks: the queries of others are run beside the home's own work.
Status confine(Database& database, const std::filesystem::path& folder) {
    const auto literal = [](const std::filesystem::path& path) {
        return sql_literal((path / "").string());
    };
    // What a process that was killed had not moved away.
    std::error_code ignored;
    std::filesystem::remove_all(exchange_folder(folder), ignored);
    TIPOFF_CHECK(
        database.read(fmt::format("SET allowed_directories = [{}, {}]", literal(folder / "archive"),
                                  literal(exchange_folder(folder))),
                      {}));
    TIPOFF_CHECK(database.read("SET enable_external_access = false", {}));
    TIPOFF_CHECK(database.read("SET lock_configuration = true", {}));
    return {};
}

/// Without a password, which `open_postgres` refuses.
Expected<std::unique_ptr<Database>> open_database(const std::filesystem::path& folder,
                                                  const HomeOptions& options) {
    if (!options.database_url.empty()) {
        return open_postgres(options.database_url,
                             {.is_read_only = options.access == Access::kReadOnly});
    }
    DuckDbOptions engine = options.engine;
    engine.access = options.access;
    return open_duckdb(folder / "tipoff.duckdb", engine);
}

/// A reader is told that there is nothing before it is told of schemas.
Status check_is_there(Database& database, const std::filesystem::path& folder,
                      const HomeOptions& options) {
    if (options.database_url.empty() || options.access == Access::kReadWrite) return {};
    TIPOFF_TRY(const int version, stored_version(database));
    if (version > 0) return {};
    return nothing_there(folder);
}

}  // namespace

Home::Home(std::filesystem::path folder, int lock, std::unique_ptr<Database> database,
           bool is_on_server)
    : folder_(std::move(folder)),
      lock_(lock),
      is_on_server_(is_on_server),
      database_(std::move(database)) {}

Home::~Home() {
    companion_.reset();
    database_.reset();
    if (lock_ >= 0) ::close(lock_);
}

std::filesystem::path exchange_folder(const std::filesystem::path& home) {
    return home / "exchange";
}

std::string lock_holder(const std::filesystem::path& home) {
    const int lock = ::open((home / "tipoff.lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) return {};
    const bool is_held = ::flock(lock, LOCK_SH | LOCK_NB) != 0;
    std::string holder = is_held ? written_in(lock) : std::string();
    ::close(lock);
    return holder;
}

std::string schema_sql(std::span<const TableSpec* const> tables) {
    std::set<std::string> schemas;
    for (const TableSpec* table : tables)
        schemas.insert(table->schema);
    std::string sql;
    for (const auto& schema : schemas)
        sql += fmt::format("CREATE SCHEMA {};\n", schema);
    for (const TableSpec* table : tables)
        sql += "\n" + table->create_sql();
    return sql;
}

Status check_schema(Database& database, std::span<const TableSpec* const> tables) {
    TIPOFF_TRY(Declared stored, stored_columns(database));
    std::string problems;
    const auto report = [&problems](const std::string& table, std::string_view what) {
        problems += fmt::format("{}{}: {}", problems.empty() ? "" : "; ", table, what);
    };
    for (const TableSpec* table : tables) {
        const auto found = stored.find(table->qualified_name());
        if (found == stored.end()) {
            report(table->qualified_name(), "the table is missing");
            continue;
        }
        if (const auto what = difference(*table, found->second); !what.empty()) {
            report(table->qualified_name(), what);
        }
        stored.erase(found);
    }
    for (const auto& [table, columns] : stored)
        report(table, "the table is not known");
    if (problems.empty()) return {};
    return fail(ErrorCode::kRefused, "the database does not agree with the program: " + problems,
                "it was left as it is; a table made by hand belongs into another database");
}

Expected<std::unique_ptr<Home>> open_home(const std::filesystem::path& folder,
                                          std::span<const TableSpec* const> tables,
                                          const HomeOptions& options, const Clock& clock) {
    const bool writing = options.access == Access::kReadWrite;
    std::error_code error;
    if (!writing && options.database_url.empty() &&
        !std::filesystem::exists(folder / "tipoff.duckdb", error))
        return nothing_there(folder);
    int lock = -1;
    if (writing) {
        std::filesystem::create_directories(folder, error);
        if (error) {
            return fail(ErrorCode::kIo,
                        fmt::format("cannot make {}: {}", folder.string(), error.message()));
        }
        TIPOFF_TRY(lock, take_lock(folder, options, clock));
    }
    auto database = open_database(folder, options);
    if (!database) {
        if (lock >= 0) ::close(lock);
        if (database.error().code() == ErrorCode::kBusy)
            return std::unexpected(busy(folder, database.error()));
        return std::unexpected(database.error());
    }
    auto home =
        std::make_unique<Home>(folder, lock, std::move(*database), !options.database_url.empty());
    TIPOFF_CHECK(check_is_there(home->database(), folder, options));
    TIPOFF_CHECK(migrate(home->database(), options.access, clock));
    TIPOFF_CHECK(check_schema(home->database(), tables));
    if (writing && options.database_url.empty()) TIPOFF_CHECK(confine(home->database(), folder));
    return home;
}

}  // namespace tipoff::store
