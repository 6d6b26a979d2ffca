#pragma once
/// Owners for the C API's handles. Private to this folder.

#include <duckdb.h>

#include <utility>

namespace tipoff::store {

template <class Handle, void (*Destroy)(Handle*)>
class Owned {
public:
    Owned() = default;
    explicit Owned(Handle handle) : handle_(handle) {}
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    Owned(Owned&& other) noexcept : handle_(std::exchange(other.handle_, Handle{})) {}
    Owned& operator=(Owned&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Owned() { Destroy(&handle_); }

    [[nodiscard]] Handle get() const { return handle_; }
    [[nodiscard]] Handle* out() { return &handle_; }

private:
    Handle handle_{};
};

using DatabaseHandle = Owned<duckdb_database, duckdb_close>;
using ConnectionHandle = Owned<duckdb_connection, duckdb_disconnect>;
using ConfigHandle = Owned<duckdb_config, duckdb_destroy_config>;
using StatementHandle = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using ResultHandle = Owned<duckdb_result, duckdb_destroy_result>;
using ChunkHandle = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using AppenderHandle = Owned<duckdb_appender, [](duckdb_appender* appender) {
    (void)duckdb_appender_destroy(appender);
}>;
using TypeHandle = Owned<duckdb_logical_type, duckdb_destroy_logical_type>;

}  // namespace tipoff::store
