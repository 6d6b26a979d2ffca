#include "store/duckdb/duckdb_database.h"

#include <fmt/core.h>

#include <mutex>
#include <string>
#include <unordered_set>

#include "store/duckdb/duckdb_columns.h"
#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {
namespace {

constexpr std::string_view kStage = "tipoff_stage";

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const auto& part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

/// DuckDB's MERGE quietly keeps one of two staged rows with one key, so the check is ours.
void require_unique_keys(const TableSpec& table, const Columns& rows) {
    const auto keys = table.key_columns();
    std::unordered_set<std::uint64_t> seen;
    seen.reserve(rows.rows());
    std::string bytes;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        bytes.clear();
        for (const std::size_t k : keys) {
            const Column& column = rows.data[k];
            if (column.is_null(row)) {
                throw InvariantBroken(fmt::format("{}: NULL in key column {}", table.qualified_name(),
                                                  table.columns[k].name));
            }
            if (column.type() == ColumnType::kText) {
                bytes.append(column.text(row)).push_back('\0');
            } else if (column.type() == ColumnType::kDouble) {
                bytes += fmt::format("{}", column.number(row)) + '\0';
            } else {
                const std::int64_t value = column.integer(row);
                bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
            }
        }
        if (!seen.insert(fingerprint_of(bytes).low).second) {
            throw InvariantBroken(
                fmt::format("{}: two rows of one batch have one key", table.qualified_name()));
        }
    }
}

/// The statements of one merge, made from the table's declaration.
struct MergeSql {
    std::string create_stage;
    std::string any_key_present;
    std::string delete_missing;
    std::string insert_all;
    std::string merge;

    explicit MergeSql(const TableSpec& table) {
        const std::string target = table.qualified_name();
        std::vector<std::string> definitions, names, staged, same_key, updates, differences;
        for (const auto& column : table.columns) {
            definitions.push_back(fmt::format("{} {}", column.name, sql_name(column.type)));
            names.push_back(column.name);
            staged.push_back("s." + column.name);
            if (column.is_key) {
                same_key.push_back(fmt::format("s.{0} = t.{0}", column.name));
                continue;
            }
            updates.push_back(fmt::format("{0} = s.{0}", column.name));
            if (column.in_digest) {
                differences.push_back(fmt::format("t.{0} IS DISTINCT FROM s.{0}", column.name));
            }
        }
        const std::string all = joined(names, ", ");
        const std::string matches = joined(same_key, " AND ");
        create_stage = fmt::format("CREATE TEMP TABLE {} ({})", kStage, joined(definitions, ", "));
        any_key_present = fmt::format("SELECT 1 FROM {} t JOIN {} s ON {} LIMIT 1", target, kStage, matches);
        delete_missing = fmt::format(
            "DELETE FROM {} AS t WHERE game_date BETWEEN $1 AND $2 AND NOT EXISTS (SELECT 1 FROM {} s WHERE {})",
            target, kStage, matches);
        insert_all = fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}", target, all, all, kStage);
        // Every column that is not of the key is named: the short form rewrites the keys too, and takes fifty times as long.
        const std::string update =
            differences.empty() ? ""
                                : fmt::format("WHEN MATCHED AND ({}) THEN UPDATE SET {} ",
                                              joined(differences, " OR "), joined(updates, ", "));
        merge = fmt::format("MERGE INTO {} t USING {} s ON {} {}WHEN NOT MATCHED THEN INSERT ({}) VALUES ({})",
                            target, kStage, matches, update, all, joined(staged, ", "));
    }
};

class DuckDbTransaction final : public Transaction {
public:
    DuckDbTransaction(ConnectionHandle connection, std::unique_lock<std::mutex> writing)
        : connection_(std::move(connection)), writing_(std::move(writing)) {}

    ~DuckDbTransaction() override {
        if (!committed_) (void)run("ROLLBACK");
    }

    Expected<MergeCount> merge(const TableSpec& table, const Columns& rows,
                               std::optional<DateScope> scope) override {
        ++merges_;
        require(rows.data.size() == table.columns.size(), "a batch that is not of this table");
        require_unique_keys(table, rows);
        auto merged = merge_staged(table, rows, scope);
        if (!merged) return std::unexpected(merged.error().with_context(table.qualified_name()));
        return merged;
    }

    Expected<std::int64_t> execute(std::string_view sql, const Values& values) override {
        std::int64_t changed = 0;
        TIPOFF_CHECK(run_statement(connection_.get(), sql, values, &changed));
        return changed;
    }

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return run_statement(connection_.get(), sql, values, nullptr);
    }

    Status commit() override {
        TIPOFF_CHECK(run("COMMIT"));
        committed_ = true;
        writing_.unlock();
        return {};
    }

    [[nodiscard]] int merges() const override { return merges_; }

private:
    Status run(std::string_view sql) {
        TIPOFF_CHECK(run_statement(connection_.get(), sql, {}, nullptr));
        return {};
    }

    Expected<MergeCount> merge_staged(const TableSpec& table, const Columns& rows,
                                      std::optional<DateScope> scope) {
        const MergeSql sql(table);
        MergeCount count{.staged = static_cast<std::int64_t>(rows.rows()), .changed = 0, .deleted = 0};

        // A stage is made and dropped for each merge: an emptied one stays slow.
        TIPOFF_CHECK(run(sql.create_stage));
        TIPOFF_CHECK(append_columns(connection_.get(), "temp", std::string(kStage), rows));
        if (scope) {
            TIPOFF_TRY(count.deleted, execute(sql.delete_missing, {scope->from, scope->to}));
        }
        TIPOFF_TRY(const Columns present, read(sql.any_key_present, {}));
        TIPOFF_TRY(count.changed, execute(present.rows() == 0 ? sql.insert_all : sql.merge, {}));
        TIPOFF_CHECK(run(fmt::format("DROP TABLE temp.{}", kStage)));
        return count;
    }

    ConnectionHandle connection_;
    std::unique_lock<std::mutex> writing_;
    bool committed_ = false;
    int merges_ = 0;
};

class DuckDb final : public Database {
public:
    DuckDb(DatabaseHandle database, ConnectionHandle reader)
        : database_(std::move(database)), reader_(std::move(reader)) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        const std::lock_guard lock(reading_);
        return run_statement(reader_.get(), sql, values, nullptr);
    }

    Expected<std::unique_ptr<Transaction>> begin() override {
        std::unique_lock writing(writing_);
        ConnectionHandle connection;
        if (duckdb_connect(database_.get(), connection.out()) != DuckDBSuccess) {
            return fail(ErrorCode::kInternal, "DuckDB refused a connection");
        }
        TIPOFF_CHECK(run_statement(connection.get(), "BEGIN TRANSACTION", {}, nullptr));
        return std::make_unique<DuckDbTransaction>(std::move(connection), std::move(writing));
    }

    [[nodiscard]] std::string engine() const override {
        return fmt::format("DuckDB {}", duckdb_library_version());
    }

private:
    DatabaseHandle database_;
    ConnectionHandle reader_;
    std::mutex reading_;
    std::mutex writing_;
};

Error open_error(const std::filesystem::path& file, std::string_view message) {
    const auto has = [&](std::string_view part) { return message.find(part) != message.npos; };
    if (has("Could not set lock") || has("Conflicting lock")) {
        return {ErrorCode::kBusy, fmt::format("{} is open in another process", file.string()),
                "wait for it, or pass --wait SECONDS"};
    }
    if (has("No space left") || has("Permission denied") || has("Cannot open file")) {
        return {ErrorCode::kIo, fmt::format("{} cannot be opened: {}", file.string(), message)};
    }
    return {ErrorCode::kCorrupt,
            fmt::format("{} is not a database that tipoff can read: {}", file.string(), message),
            "it was left as it is; move it away and import again, or name another folder with --home"};
}

}  // namespace

Expected<std::unique_ptr<Database>> open_duckdb(const std::filesystem::path& file,
                                                const DuckDbOptions& options) {
    ConfigHandle config;
    require(duckdb_create_config(config.out()) == DuckDBSuccess, "DuckDB made no configuration");
    const bool writing = options.access == Access::kReadWrite;
    const std::string spill = file.string() + ".tmp";
    const auto set = [&config](const char* name, const std::string& value) {
        require(duckdb_set_config(config.get(), name, value.c_str()) == DuckDBSuccess, name);
    };
    set("access_mode", writing ? "READ_WRITE" : "READ_ONLY");
    set("threads", std::to_string(options.threads));
    set("memory_limit", fmt::format("{}MiB", options.memory_limit_mib));
    set("temp_directory", spill);
    set("autoinstall_known_extensions", "false");
    set("autoload_known_extensions", "false");
    set("preserve_insertion_order", "true");

    DatabaseHandle database;
    char* message = nullptr;
    if (duckdb_open_ext(file.c_str(), database.out(), config.get(), &message) != DuckDBSuccess) {
        const std::string text = message == nullptr ? "no message" : message;
        duckdb_free(message);
        return std::unexpected(open_error(file, text));
    }
    // The lock is ours from here on: a spill folder that is still there is a killed process's.
    if (std::error_code ignored; writing) std::filesystem::remove_all(spill, ignored);
    ConnectionHandle reader;
    if (duckdb_connect(database.get(), reader.out()) != DuckDBSuccess) {
        return fail(ErrorCode::kInternal, "DuckDB refused a connection");
    }
    return std::make_unique<DuckDb>(std::move(database), std::move(reader));
}

}  // namespace tipoff::store
