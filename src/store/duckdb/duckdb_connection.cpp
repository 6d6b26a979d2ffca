#include "store/duckdb/duckdb_connection.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "store/duckdb/duckdb_columns.h"

namespace tipoff::store {
namespace {

struct Binder {
    duckdb_prepared_statement statement;
    idx_t at;

    duckdb_state operator()(std::nullptr_t) const { return duckdb_bind_null(statement, at); }
    duckdb_state operator()(bool value) const { return duckdb_bind_boolean(statement, at, value); }
    duckdb_state operator()(std::int64_t value) const {
        return duckdb_bind_int64(statement, at, value);
    }
    duckdb_state operator()(double value) const { return duckdb_bind_double(statement, at, value); }
    duckdb_state operator()(const std::string& value) const {
        return duckdb_bind_varchar_length(statement, at, value.data(), value.size());
    }
    duckdb_state operator()(Instant value) const {
        return duckdb_bind_timestamp_tz(statement, at, {value.time_since_epoch().count()});
    }
    duckdb_state operator()(GameDate value) const {
        return duckdb_bind_date(statement, at, {value.days_since_epoch()});
    }
};

/// Whether a statement leaves schema and settings as they are.
bool is_of_rows(duckdb_prepared_statement statement) {
    constexpr std::array kKept{DUCKDB_STATEMENT_TYPE_SELECT, DUCKDB_STATEMENT_TYPE_INSERT,
                               DUCKDB_STATEMENT_TYPE_UPDATE, DUCKDB_STATEMENT_TYPE_DELETE,
                               DUCKDB_STATEMENT_TYPE_TRANSACTION};
    return std::ranges::find(kKept, duckdb_prepared_statement_type(statement)) != kKept.end();
}

Expected<StatementHandle> prepare(duckdb_connection connection, const std::string& sql) {
    StatementHandle statement;
    if (duckdb_prepare(connection, sql.c_str(), statement.out()) == DuckDBSuccess) return statement;
    return std::unexpected(
        duckdb_error("the query cannot run", duckdb_prepare_error(statement.get())));
}

Expected<Columns> run_prepared(duckdb_prepared_statement statement, const Values& values,
                               std::int64_t* changed) {
    if (duckdb_nparams(statement) != values.size()) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("the query has {} parameters and was given {}",
                                duckdb_nparams(statement), values.size()));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto state = std::visit(Binder{statement, static_cast<idx_t>(i + 1)}, values[i]);
        if (state != DuckDBSuccess) {
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("parameter ${} of the query cannot be used: text must be UTF-8",
                                    i + 1));
        }
    }
    ResultHandle result;
    if (duckdb_execute_prepared(statement, result.out()) != DuckDBSuccess) {
        return std::unexpected(duckdb_error("the query failed", duckdb_result_error(result.out())));
    }
    if (changed != nullptr) *changed = static_cast<std::int64_t>(duckdb_rows_changed(result.out()));
    return take_result(result.out());
}

}  // namespace

Expected<std::unique_ptr<DuckDbConnection>> DuckDbConnection::open(duckdb_database database,
                                                                   std::string_view setup) {
    ConnectionHandle handle;
    if (duckdb_connect(database, handle.out()) != DuckDBSuccess)
        return fail(ErrorCode::kInternal, "DuckDB refused a connection");
    std::unique_ptr<DuckDbConnection> connection(new DuckDbConnection(std::move(handle)));
    TIPOFF_CHECK(connection->run(setup, {}));
    return connection;
}

Expected<Columns> DuckDbConnection::run(std::string_view sql, const Values& values,
                                        std::int64_t* changed) {
    const std::string text(sql);
    if (const StatementHandle* kept = statements_.find(text); kept != nullptr) {
        auto rows = run_prepared(kept->get(), values, changed);
        duckdb_clear_bindings(kept->get());
        // Whatever was the matter, the next one starts from the text.
        if (!rows) statements_.forget(text);
        return rows;
    }
    TIPOFF_TRY(StatementHandle statement, prepare(handle_.get(), text));
    auto rows = run_prepared(statement.get(), values, changed);
    if (!is_of_rows(statement.get())) {
        statements_.forget_all();
    } else if (rows && statements_.is_repeated(text)) {
        duckdb_clear_bindings(statement.get());
        statements_.keep(text, std::move(statement));
    }
    return rows;
}

Expected<Columns> DuckDbConnection::run_once(std::string_view sql, const Values& values,
                                             std::int64_t* changed) {
    TIPOFF_TRY(const StatementHandle statement, prepare(handle_.get(), std::string(sql)));
    return run_prepared(statement.get(), values, changed);
}

}  // namespace tipoff::store
