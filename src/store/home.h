#pragma once
/// A home: the folder that holds one database, its archive and its models. The database may be a
/// server's in place of the folder's own file; archive, models and lock are the folder's all the
/// same.
///
/// Opening a home for writing takes its lock (`HOME/tipoff.lock`, which names process and command),
/// makes or migrates the schema and checks every declared column against the database. What does
/// not fit is refused and left as it is: a file that is not ours, a schema newer than the program,
/// a table or column too many or too few.

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/error.h"
#include "store/database.h"
#include "store/duckdb/duckdb_database.h"
#include "store/table.h"

namespace tipoff::store {

/// One change of the schema, from `sql/migrations/NNNN_name.sql`. Applied in order, each once, each
/// in one transaction.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

/// Every migration that the program carries, oldest first.
[[nodiscard]] std::span<const Migration> migrations();

/// `ops.migration`: which changes this database has seen.
struct AppliedMigration {
    std::int32_t version = 0;
    std::string name;
    Instant applied_at{};
};
extern const Table<AppliedMigration> kMigration;

struct HomeOptions {
    Access access = Access::kReadWrite;

    /// How long to wait for another writer before giving up with `kBusy`.
    std::chrono::milliseconds wait{0};

    /// Shown to others who wait for us: "backfill --from ...".
    std::string command;

    /// "postgresql://user@host/name"; empty for the folder's own file.
    std::string database_url;

    DuckDbOptions engine;
};

/// An open home. The lock is held as long as it lives.
class Home {
public:
    /// `lock` is the descriptor of the lock's file, or -1 for a home that holds none.
    Home(std::filesystem::path folder, int lock, std::unique_ptr<Database> database,
         bool is_on_server = false);
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    ~Home();

    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    /// Whether it was opened for writing and holds the folder's lock: on a file of its own nobody
    /// else writes, and what then still says that it runs is dead.
    [[nodiscard]] bool holds_lock() const { return lock_ >= 0; }

    /// Whether its database is a server's, which has other writers than this folder's.
    [[nodiscard]] bool is_on_server() const { return is_on_server_; }

    /// Something that works on the database beside its owner: it goes before the database does.
    void keep(std::shared_ptr<void> companion) { companion_ = std::move(companion); }

private:
    std::filesystem::path folder_;
    int lock_;
    bool is_on_server_;
    std::unique_ptr<Database> database_;
    std::shared_ptr<void> companion_;
};

/// Where the engine of a home that is open for writing may put files for others, to be moved away.
/// Besides, it opens only the home's archive and its own.
[[nodiscard]] std::filesystem::path exchange_folder(const std::filesystem::path& home);

/// Who holds the home's lock, by its own words: "process 12 (tipoff serve)"; empty where nobody
/// does.
[[nodiscard]] std::string lock_holder(const std::filesystem::path& home);

/// Opens `folder` as a home whose schema is exactly `tables`. For writing, folder and database are
/// made when they are not there; for reading, a home without a database is `kNotFound`. Other
/// errors: `kBusy` (another writer, named), `kCorrupt` (not ours, or damaged), `kRefused` (a newer
/// schema, or one that does not agree with the program), `kIo`.
Expected<std::unique_ptr<Home>> open_home(const std::filesystem::path& folder,
                                          std::span<const TableSpec* const> tables,
                                          const HomeOptions& options, const Clock& clock);

/// The DDL of all tables, schemas first: what a fresh database gets in the end.
[[nodiscard]] std::string schema_sql(std::span<const TableSpec* const> tables);

/// Compares the declared tables with the database; `kRefused` names the first difference of each
/// table.
Status check_schema(Database& database, std::span<const TableSpec* const> tables);

}  // namespace tipoff::store
