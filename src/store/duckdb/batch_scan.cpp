#include "store/duckdb/batch_scan.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <vector>

#include "store/duckdb/duckdb_columns.h"
#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {
namespace {

constexpr const char* kFunction = "tipoff_batch";

/// The batches on loan, by their ids. SQL names a batch by its id and never by an address.
class Loans {
public:
    std::int64_t add(const Batch& batch) {
        const std::lock_guard lock(mutex_);
        batches_.emplace(++last_, &batch);
        return last_;
    }
    void remove(std::int64_t id) {
        const std::lock_guard lock(mutex_);
        batches_.erase(id);
    }
    const Batch* find(std::int64_t id) {
        const std::lock_guard lock(mutex_);
        const auto found = batches_.find(id);
        return found == batches_.end() ? nullptr : found->second;
    }

private:
    std::mutex mutex_;
    std::map<std::int64_t, const Batch*> batches_;
    std::int64_t last_ = 0;
};

Loans& loans() {
    static Loans all;
    return all;
}

void bind(duckdb_bind_info info) {
    duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
    const Batch* batch = loans().find(duckdb_get_int64(parameter));
    duckdb_destroy_value(&parameter);
    if (batch == nullptr)
        return duckdb_bind_set_error(info, "no batch of this id is being written");
    for (const ColumnSpec& column : batch->table->columns) {
        const TypeHandle type(duckdb_create_logical_type(duckdb_type_of(column.type)));
        duckdb_bind_add_result_column(info, column.name.c_str(), type.get());
    }
    duckdb_bind_set_cardinality(info, batch->rows, true);
    duckdb_bind_set_bind_data(info, const_cast<Batch*>(batch), nullptr);
}

void begin_scan(duckdb_init_info info) {
    const auto* batch = static_cast<const Batch*>(duckdb_init_get_bind_data(info));
    duckdb_init_set_max_threads(info, 1 + batch->rows / kSliceRows);
    duckdb_init_set_init_data(info, new std::atomic<std::size_t>(0), [](void* next_row) {
        delete static_cast<std::atomic<std::size_t>*>(next_row);
    });
}

/// One slice; threads take them from one counter.
void scan(duckdb_function_info info, duckdb_data_chunk output) {
    const auto* batch = static_cast<const Batch*>(duckdb_function_get_bind_data(info));
    auto* next_row = static_cast<std::atomic<std::size_t>*>(duckdb_function_get_init_data(info));
    const std::size_t first = next_row->fetch_add(kSliceRows);
    if (first >= batch->rows) return duckdb_data_chunk_set_size(output, 0);
    const std::size_t count = std::min(kSliceRows, batch->rows - first);
    try {
        put_columns(batch->slice(first, count, Batch::Part::kAll), output);
    } catch (const std::exception& error) {
        duckdb_function_set_error(info, error.what());
    }
}

}  // namespace

Status register_batch_scan(duckdb_connection connection) {
    duckdb_table_function function = duckdb_create_table_function();
    const TypeHandle id_type(duckdb_create_logical_type(DUCKDB_TYPE_BIGINT));
    duckdb_table_function_set_name(function, kFunction);
    duckdb_table_function_add_parameter(function, id_type.get());
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, begin_scan);
    duckdb_table_function_set_function(function, scan);
    const duckdb_state state = duckdb_register_table_function(connection, function);
    duckdb_destroy_table_function(&function);
    if (state == DuckDBSuccess) return {};
    return fail(ErrorCode::kInternal, "DuckDB refused a table function");
}

LentBatch::LentBatch(const Batch& batch) : id_(loans().add(batch)) {}
LentBatch::~LentBatch() { loans().remove(id_); }

std::string LentBatch::sql() const { return fmt::format("{}({})", kFunction, id_); }

Status append_batch(duckdb_connection connection, const Target& target, const Batch& batch) {
    AppenderHandle appender;
    const auto failed = [&appender] {
        return std::unexpected(
            duckdb_error("the rows cannot be added", duckdb_appender_error(appender.get())));
    };
    if (duckdb_appender_create_ext(connection, target.catalog.c_str(), target.schema.c_str(),
                                   target.table.c_str(), appender.out()) != DuckDBSuccess)
        return failed();
    std::vector<TypeHandle> types;
    std::vector<duckdb_logical_type> raw_types;
    for (const ColumnSpec& column : batch.table->columns) {
        types.emplace_back(duckdb_create_logical_type(duckdb_type_of(column.type)));
        raw_types.push_back(types.back().get());
    }
    const ChunkHandle chunk(duckdb_create_data_chunk(raw_types.data(), raw_types.size()));
    put_columns(batch.slice(0, batch.rows, Batch::Part::kAll), chunk.get());
    if (duckdb_append_data_chunk(appender.get(), chunk.get()) != DuckDBSuccess) return failed();
    if (duckdb_appender_close(appender.get()) != DuckDBSuccess) return failed();
    return {};
}

}  // namespace tipoff::store
