#include "store/duckdb/duckdb_database.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iomanip>
#include <limits>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "store/batch_keys.h"
#include "store/connection_pool.h"
#include "store/dialect.h"
#include "store/duckdb/batch_scan.h"
#include "store/duckdb/duckdb_columns.h"
#include "store/duckdb/duckdb_connection.h"
#include "store/duckdb/duckdb_engine.h"
#include "store/duckdb/duckdb_handles.h"
#include "store/duckdb/duckdb_merge.h"
#include "store/duckdb/duckdb_reader.h"
#include "store/scope_difference.h"

namespace tipoff::store {
namespace {

constexpr std::string_view kCatalog = "home";
constexpr std::string_view kUse = "USE home";

/// A season's batch of a table fills row groups of this size, so that DuckDB writes them to the
/// file once. Batches of less than one (its own size is 122,880 rows) it writes to the write-ahead
/// log, then appends to the table, then writes at the next checkpoint: twice the time.
constexpr int kRowGroupSize = 12 * 2048;

constexpr std::string_view kLeftAsItIs =
    "it was left as it is; move it away and import again, or name another folder with --home";

using Pool = ConnectionPool<DuckDbConnection>;

class DuckDbTransaction final : public Transaction {
public:
    explicit DuckDbTransaction(Pool::Loan connection) : connection_(std::move(connection)) {}

    ~DuckDbTransaction() override {
        if (!is_over_ && !connection_->run("ROLLBACK", {})) connection_.discard();
    }

    Expected<MergeCount> merge(const Batch& batch, std::optional<MergeScope> scope) override {
        ++merges_;
        auto merged = merge_batch(batch, scope);
        if (merged) return merged;
        // A merge has looked for its keys: one that is there all the same was deleted, and is kept
        // for as long as somebody reads who began before. That passes.
        const Error error = merged.error().with_context(batch.table->qualified_name());
        if (error.code() != ErrorCode::kFenced || !error.message().contains(kKeyIsThere))
            return std::unexpected(error);
        return fail(ErrorCode::kBusy, error.message(), "somebody still reads rows that are gone");
    }

    Status append(const Batch& batch) override {
        (void)BatchKeys(batch);
        const Status appended = insert(target_of(*batch.table), batch);
        if (!appended)
            return std::unexpected(appended.error().with_context(batch.table->qualified_name()));
        return {};
    }

    Expected<std::int64_t> execute(std::string_view sql, const Values& values) override {
        std::int64_t changed = 0;
        TIPOFF_CHECK(run_noting_failure(sql, values, &changed));
        return changed;
    }

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return run_noting_failure(sql, values, nullptr);
    }

    Status commit() override {
        // DuckDB answers COMMIT with success after some failed statements, and writes nothing.
        if (failure_) return std::unexpected(failure_->with_context("nothing was written"));
        is_over_ = true;
        const auto committed = connection_->run("COMMIT", {});
        if (committed) return {};
        connection_.discard();
        return std::unexpected(committed.error());
    }

    [[nodiscard]] int merges() const override { return merges_; }

private:
    /// A statement of a merge; returns the count of rows that it changed.
    Expected<std::int64_t> run_once(std::string_view sql, const Values& values = {}) {
        std::int64_t changed = 0;
        TIPOFF_CHECK(noted(connection_->run_once(sql, values, &changed)));
        return changed;
    }

    Expected<Columns> run_noting_failure(std::string_view sql, const Values& values,
                                         std::int64_t* changed) {
        return noted(connection_->run(sql, values, changed));
    }

    template <class T>
    Expected<T> noted(Expected<T> result) {
        if (!result && !failure_) failure_ = result.error();
        return result;
    }

    Expected<MergeCount> merge_batch(const Batch& batch, const std::optional<MergeScope>& scope) {
        MergeParts parts(*batch.table, scope);
        MergeCount count{
            .staged = static_cast<std::int64_t>(batch.rows), .changed = 0, .deleted = 0};
        TIPOFF_TRY(const bool any_present, is_any_present(parts, BatchKeys(batch)));
        if (!any_present) {
            // Nothing to compare with: the rows go straight into the table, in half the time of a
            // stage.
            if (scope) {
                TIPOFF_TRY(count.deleted, execute(parts.delete_scope(), parts.scope_values));
            }
            TIPOFF_CHECK(insert(target_of(*batch.table), batch));
            count.changed = count.staged;
            return count;
        }
        ScopeDifference found{.is_none = false, .any_missing = false};
        if (scope) {
            TIPOFF_TRY(found, compare_scope(*this, batch, parts));
            if (found.is_none) return count;
        }
        const MergeSql sql(parts);
        TIPOFF_CHECK(run_once(sql.create_stage));
        TIPOFF_CHECK(insert(staged(kStage), batch));
        if (found.any_missing) {
            TIPOFF_TRY(count.deleted, run_once(sql.delete_missing, parts.scope_values));
        }
        TIPOFF_TRY(count.changed, run_once(sql.merge));
        TIPOFF_CHECK(drop(kStage));
        return count;
    }

    /// Whether the table may hold a key of the batch: whether it has one of its leading values at
    /// its instants.
    Expected<bool> is_any_present(const MergeParts& parts, const BatchKeys& keys) {
        const Columns& leading_values = keys.leading_values();
        if (leading_values.rows() == 0) return false;
        if (auto few = few_values(leading_values.data[0])) {
            const std::string sql = parts.any_bound_present(few->size(), keys.instants());
            bind_instants(keys.instants(), *few);
            TIPOFF_TRY(const Columns present, read(sql, *few));
            return present.rows() > 0;
        }
        const TableSpec stage{
            .schema = "main",
            .name = std::string(kLeadingStage),
            .doc = {},
            .columns = {{.name = leading_values.names[0], .type = leading_values.data[0].type()}}};
        TIPOFF_CHECK(run_once(fmt::format("CREATE TEMP TABLE temp.main.{} ({} {})", kLeadingStage,
                                          parts.leading, sql_name(stage.columns[0].type))));
        TIPOFF_CHECK(insert(staged(kLeadingStage), batch_of(stage, leading_values)));
        Values instants;
        bind_instants(keys.instants(), instants);
        TIPOFF_TRY(const Columns present,
                   noted(connection_->run_once(
                       parts.any_staged_present(fmt::format("temp.main.{}", kLeadingStage),
                                                keys.instants()),
                       instants)));
        TIPOFF_CHECK(drop(kLeadingStage));
        return present.rows() > 0;
    }

    Status insert(const Target& target, const Batch& batch) {
        if (batch.rows <= kSliceRows) return noted(append_batch(connection_->get(), target, batch));
        const LentBatch lent(batch);
        TIPOFF_CHECK(run_once(fmt::format("INSERT INTO {}.{}.{} SELECT * FROM {}", target.catalog,
                                          target.schema, target.table, lent.sql())));
        return {};
    }

    static Target target_of(const TableSpec& table) {
        return {.catalog = std::string(kCatalog), .schema = table.schema, .table = table.name};
    }

    static Target staged(std::string_view stage) {
        return {.catalog = "temp", .schema = "main", .table = std::string(stage)};
    }

    /// A stage is made and dropped for each merge: an emptied one stays slow.
    Status drop(std::string_view stage) {
        TIPOFF_CHECK(run_once(fmt::format("DROP TABLE temp.main.{}", stage)));
        return {};
    }

    Pool::Loan connection_;
    std::optional<Error> failure_;
    bool is_over_ = false;
    int merges_ = 0;
};

/// Reads side by side; one more waits for the first that ends.
constexpr std::size_t kMostReaders = 8;

constexpr Pool::Limits kReaders{.most_lent = kMostReaders, .most_kept = 4};

/// A caller may hold any number of transactions, so that waiting could be for ever.
constexpr Pool::Limits kWriters{.most_lent = std::numeric_limits<std::size_t>::max(),
                                .most_kept = 4};

class DuckDb final : public Database {
public:
    explicit DuckDb(DatabaseHandle database)
        : database_(std::move(database)),
          readers_(std::make_shared<Pool>(opener(), kReaders)),
          writers_(std::make_shared<Pool>(opener(), kWriters)) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        TIPOFF_TRY(const auto connection, readers_->borrow());
        return connection->run(sql, values);
    }

    Expected<std::unique_ptr<Transaction>> begin() override {
        TIPOFF_TRY(auto connection, writers_->borrow());
        TIPOFF_CHECK(connection->run("BEGIN TRANSACTION", {}));
        return std::make_unique<DuckDbTransaction>(std::move(connection));
    }

    Expected<std::unique_ptr<Reader>> reader() override {
        TIPOFF_TRY(auto connection, DuckDbConnection::open(database_.get(), kUse));
        return DuckDbReader::open(std::move(connection));
    }

    Status checkpoint() override {
        TIPOFF_TRY(const auto connection, writers_->borrow());
        const auto done = connection->run(fmt::format("CHECKPOINT {}", kCatalog), {});
        if (done) return {};
        if (done.error().message().contains("other"))
            return fail(ErrorCode::kBusy, done.error().message());
        return std::unexpected(done.error());
    }

    [[nodiscard]] std::string engine() const override {
        return fmt::format("DuckDB {}", duckdb_library_version());
    }

private:
    Pool::Opener opener() {
        return [database = database_.get()] { return DuckDbConnection::open(database, kUse); };
    }

    DatabaseHandle database_;
    std::shared_ptr<Pool> readers_;  ///< two, so that each keeps the statements it uses
    std::shared_ptr<Pool> writers_;
};

Error open_error(const std::filesystem::path& file, std::string_view message) {
    if (message.contains("Could not set lock") || message.contains("Conflicting lock")) {
        return {ErrorCode::kBusy, fmt::format("{} is open in another process", file.string()),
                "wait for it, or pass --wait SECONDS"};
    }
    if (message.contains("database does not exist")) {
        return {ErrorCode::kNotFound, fmt::format("{} is not there", file.string())};
    }
    if (message.contains("No space left") || message.contains("Permission denied") ||
        message.contains("Cannot open file")) {
        return {ErrorCode::kIo, fmt::format("{} cannot be opened: {}", file.string(), message)};
    }
    return {ErrorCode::kCorrupt,
            fmt::format("{} is not a database that tipoff can read: {}", file.string(), message),
            std::string(kLeftAsItIs)};
}

/// Whether a file that is there begins as DuckDB's do. DuckDB itself would go looking for an
/// extension that reads the file's format.
Status check_beginning(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return {};
    std::ifstream bytes(file, std::ios::binary);
    if (!bytes) return {};  // DuckDB says why it cannot be opened
    std::array<char, 12> beginning{};
    bytes.read(beginning.data(), beginning.size());
    if (std::string_view(beginning.data() + 8, 4) == "DUCK") return {};
    return fail(ErrorCode::kCorrupt, fmt::format("{} is not a DuckDB database", file.string()),
                std::string(kLeftAsItIs));
}

/// Whether the file is long enough for the blocks in use. DuckDB opens one that is cut short, and
/// fails when it comes to the missing blocks, or writes over them. Free blocks at the end may be
/// missing: DuckDB itself cuts them off.
Status check_length(DuckDbConnection& connection, const std::filesystem::path& file) {
    constexpr std::int64_t kHeaderBytes = 3 * std::int64_t{4096};
    TIPOFF_TRY(const Columns sizes,
               connection.run("SELECT CAST(used_blocks AS BIGINT), CAST(block_size AS BIGINT) FROM "
                              "pragma_database_size() WHERE database_name = current_database()",
                              {}));
    const std::int64_t expected =
        kHeaderBytes + sizes.data[0].integer(0) * sizes.data[1].integer(0);
    std::error_code error;
    const auto found = static_cast<std::int64_t>(std::filesystem::file_size(file, error));
    if (!error && found >= expected) return {};
    // Closing must not fold a write-ahead log into what is left of the file.
    TIPOFF_CHECK(connection.run("PRAGMA disable_checkpoint_on_shutdown", {}));
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("{} is cut short: {} bytes of at least {}", file.string(), found, expected),
        std::string(kLeftAsItIs));
}

}  // namespace

/// The engine without a file: databases are attached.
Status start_engine(DatabaseHandle& database, const ConfigHandle& config) {
    char* message = nullptr;
    if (duckdb_open_ext(nullptr, database.out(), config.get(), &message) == DuckDBSuccess)
        return {};
    const std::string text = message == nullptr ? "no message" : message;
    duckdb_free(message);
    return fail(ErrorCode::kInternal, fmt::format("DuckDB does not start: {}", text));
}

Expected<std::unique_ptr<Database>> open_duckdb(const std::filesystem::path& file,
                                                const DuckDbOptions& options) {
    TIPOFF_CHECK(check_beginning(file));
    ConfigHandle config;
    require(duckdb_create_config(config.out()) == DuckDBSuccess, "DuckDB made no configuration");
    const bool writing = options.access == Access::kReadWrite;
    const std::string spill = file.string() + ".tmp";
    const auto set = [&config](const char* name, const std::string& value) {
        require(duckdb_set_config(config.get(), name, value.c_str()) == DuckDBSuccess, name);
    };
    set("threads", std::to_string(options.threads));
    set("memory_limit", fmt::format("{}MiB", options.memory_limit_mib));
    set("temp_directory", spill);
    // As it is, 16 MB, DuckDB folds its log into the file after every step of a season.
    set("checkpoint_threshold", "128MiB");
    // What text there is are few values in many rows: dictionaries do, and trying the rest takes
    // time.
    set("disabled_compression_methods", "fsst,dict_fsst,zstd");
    set("autoinstall_known_extensions", "false");
    set("autoload_known_extensions", "false");
    // Rows have keys and no places: every reading that cares names its order.
    set("preserve_insertion_order", "false");
    // Prepared statements are kept, and a plan must not know what rows there were when it was made:
    // DuckDB 1.4 leaves out what its statistics say is not there, and runs that plan again when it
    // is. Without them a season is derived and a date is looked at as fast.
    set("disabled_optimizers", "statistics_propagation");

    DatabaseHandle database;
    TIPOFF_CHECK(start_engine(database, config));
    TIPOFF_TRY(const auto connection, DuckDbConnection::open(database.get(), "SELECT 1"));
    const auto attached =
        connection->run(fmt::format("ATTACH {} AS {} (TYPE duckdb, ROW_GROUP_SIZE {}{})",
                                    sql_literal(file.string()), kCatalog, kRowGroupSize,
                                    writing ? "" : ", READ_ONLY"),
                        {});
    if (!attached) return std::unexpected(open_error(file, attached.error().message()));
    TIPOFF_CHECK(register_batch_scan(connection->get()));
    TIPOFF_CHECK(connection->run(kUse, {}));
    // The lock is ours from here on: a spill folder that is still there is a killed process's.
    if (std::error_code ignored; writing) std::filesystem::remove_all(spill, ignored);
    TIPOFF_CHECK(check_length(*connection, file));
    return std::make_unique<DuckDb>(std::move(database));
}

}  // namespace tipoff::store
