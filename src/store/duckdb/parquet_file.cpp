#include "store/parquet_file.h"

#include <fmt/core.h>

#include <system_error>
#include <utility>

#include "store/dialect.h"
#include "store/duckdb/batch_scan.h"
#include "store/duckdb/duckdb_connection.h"
#include "store/duckdb/duckdb_database.h"
#include "store/duckdb/duckdb_engine.h"

namespace tipoff::store {
namespace {

constexpr std::string_view kMemory = "SET memory_limit = '352MiB'";

std::filesystem::path spill_of(const std::filesystem::path& file) {
    return std::filesystem::path(file).concat(".spill");
}

/// A table that is nobody's, of these columns.
TableSpec table_of(const Columns& rows) {
    TableSpec table{.schema = "", .name = "rows", .doc = "", .columns = {}, .checks = {}};
    for (std::size_t i = 0; i < rows.names.size(); ++i) {
        table.columns.push_back(
            {.name = rows.names[i], .type = rows.data[i].type(), .nullable = true, .doc = ""});
    }
    return table;
}

}  // namespace

struct ParquetWriter::Engine {
    DatabaseHandle database;
    std::unique_ptr<DuckDbConnection> connection;
};

ParquetWriter::ParquetWriter(std::filesystem::path file, std::unique_ptr<Engine> engine)
    : file_(std::move(file)), engine_(std::move(engine)) {}

ParquetWriter::~ParquetWriter() {
    engine_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(spill_of(file_), ignored);
}

Expected<std::unique_ptr<ParquetWriter>> ParquetWriter::open(std::filesystem::path file) {
    auto engine = std::make_unique<Engine>();
    TIPOFF_CHECK(start_engine(engine->database, ConfigHandle()));
    TIPOFF_TRY(engine->connection, DuckDbConnection::open(engine->database.get(), kMemory));
    DuckDbConnection& connection = *engine->connection;
    TIPOFF_CHECK(connection.run(
        fmt::format("SET temp_directory = {}", sql_literal(spill_of(file).string())), {}));
    // One thread takes the rows in their order.
    TIPOFF_CHECK(connection.run("SET threads = 1", {}));
    TIPOFF_CHECK(register_batch_scan(connection.get()));
    return std::unique_ptr<ParquetWriter>(new ParquetWriter(std::move(file), std::move(engine)));
}

Status ParquetWriter::add(const Columns& rows) {
    const TableSpec table = table_of(rows);
    const Batch batch = batch_of(table, rows);
    const LentBatch lent(batch);
    const std::string_view into = has_columns_ ? "INSERT INTO rows" : "CREATE TABLE rows AS";
    TIPOFF_CHECK(
        engine_->connection->run_once(fmt::format("{} SELECT * FROM {}", into, lent.sql()), {}));
    has_columns_ = true;
    return {};
}

Expected<std::int64_t> ParquetWriter::finish() {
    require(has_columns_, "a parquet file without columns");
    TIPOFF_TRY(
        const Columns count,
        engine_->connection->run(fmt::format("COPY rows TO {} (FORMAT parquet, USE_TMP_FILE false)",
                                             sql_literal(file_.string())),
                                 {}));
    return count.data.at(0).integer(0);
}

Expected<Columns> read_parquet(const std::filesystem::path& file) {
    DatabaseHandle database;
    TIPOFF_CHECK(start_engine(database, ConfigHandle()));
    TIPOFF_TRY(const auto connection, DuckDbConnection::open(database.get(), kMemory));
    return connection->run("SELECT COLUMNS(*)::VARCHAR FROM read_parquet($1)", {file.string()});
}

}  // namespace tipoff::store
