#include "store/duckdb/duckdb_reader.h"

namespace tipoff::store {

Expected<std::unique_ptr<Reader>> DuckDbReader::open(std::unique_ptr<DuckDbConnection> connection) {
    std::unique_ptr<DuckDbReader> reader(new DuckDbReader(std::move(connection)));
    TIPOFF_CHECK(reader->begin());
    return reader;
}

Status DuckDbReader::begin() {
    TIPOFF_CHECK(connection_->run("BEGIN TRANSACTION READ ONLY", {}));
    // The state is that of the first look at a table, so look at one.
    TIPOFF_CHECK(connection_->run("SELECT count(*) FROM duckdb_schemas()", {}));
    return {};
}

Expected<Columns> DuckDbReader::read(std::string_view sql, const Values& values) {
    if (is_stopped_) return fail(ErrorCode::kRefused, "the reading was stopped");
    auto columns = connection_->run(sql, values);
    if (columns) return columns;
    if (is_stopped_) return fail(ErrorCode::kRefused, "the reading was stopped");
    // The engine refuses everything after a failure until the transaction is over.
    TIPOFF_CHECK(connection_->run("ROLLBACK", {}));
    TIPOFF_CHECK(begin());
    return columns;
}

void DuckDbReader::stop() {
    is_stopped_ = true;
    // The engine forgets it when the statement only starts now: whoever must be sure calls again.
    duckdb_interrupt(connection_->get());
}

}  // namespace tipoff::store
