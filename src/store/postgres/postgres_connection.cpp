#include "store/postgres/postgres_connection.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include "store/postgres/postgres_values.h"

namespace tipoff::store {
namespace {

constexpr int kBinaryResults = 1;

/// Rows of a batch that are made into columns and sent at a time.
constexpr std::size_t kSliceRows = 2048;

/// By the SQLSTATE and its class.
ErrorCode code_of(std::string_view state) {
    // Another changed the row, holds it, or has written the same key.
    constexpr std::array<std::string_view, 4> kFenced{"40001", "40P01", "55P03", "23505"};
    if (std::ranges::find(kFenced, state) != kFenced.end()) return ErrorCode::kFenced;
    const std::string_view kind = state.substr(0, 2);
    if (kind == "22" || kind == "42" || kind == "0A") return ErrorCode::kInvalidInput;
    if (kind == "08" || kind == "53" || kind == "57" || kind == "58") return ErrorCode::kIo;
    return ErrorCode::kInternal;
}

std::string field(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? "" : text;
}

/// The first line of libpq's own words, which never hold a password.
std::string connection_words(PGconn* connection) {
    std::string words = PQerrorMessage(connection);
    words.resize(std::min(words.find('\n'), words.size()));
    return words;
}

Error error_of(PGconn* connection, const PGresult* result, std::string_view what) {
    const std::string state = field(result, PG_DIAG_SQLSTATE);
    if (state.empty()) return {ErrorCode::kIo, connection_words(connection)};
    const std::string detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    return {code_of(state), fmt::format("{}: {}{}{}", what, field(result, PG_DIAG_MESSAGE_PRIMARY),
                                        detail.empty() ? "" : "; ", detail)};
}

bool has_succeeded(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

Expected<Columns> taken(PGconn* connection, const PgResultHandle& result, std::int64_t* changed) {
    if (!has_succeeded(result.get()))
        return std::unexpected(error_of(connection, result.get(), "the query failed"));
    if (changed != nullptr) {
        const std::string_view count = PQcmdTuples(result.get());
        *changed = 0;
        std::from_chars(count.data(), count.data() + count.size(), *changed);
    }
    return take_result(result.get());
}

/// Why a connection was not made. The SQLSTATE is not told here, so the words have to do.
Error open_error(PGconn* connection) {
    const std::string words = connection_words(connection);
    if (words.contains("does not exist") && words.contains("database")) {
        return {ErrorCode::kNotFound, words, "createdb makes one; tipoff makes its tables itself"};
    }
    if (words.contains("authentication") || words.contains("no password supplied") ||
        words.contains("permission denied for database") || words.contains("role \"")) {
        return {ErrorCode::kRefused, words,
                "a password is taken from PGPASSWORD or from a password file (~/.pgpass)"};
    }
    return {ErrorCode::kIo, words, "see that the server runs and can be reached from here"};
}

}  // namespace

class PostgresConnection::Prepared {
public:
    Prepared(PGconn* connection, std::string name)
        : connection_(connection), name_(std::move(name)) {}
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared() {
        // Within a transaction that failed the server keeps it until the connection ends.
        const PgResultHandle ignored(
            PQexec(connection_, fmt::format("DEALLOCATE {}", name_).c_str()));
    }

    [[nodiscard]] const char* name() const { return name_.c_str(); }

private:
    PGconn* connection_;
    std::string name_;
};

Expected<std::unique_ptr<PostgresConnection>> PostgresConnection::open(
    const std::string& url, const PostgresOptions& options) {
    TIPOFF_CHECK(check_postgres_url(url));
    const std::array<const char*, 5> keywords{"dbname", "fallback_application_name",
                                              "client_encoding", "connect_timeout", nullptr};
    const std::array<const char*, 5> values{url.c_str(), "tipoff", "UTF8", "10", nullptr};
    PgConnectionHandle handle(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (PQstatus(handle.get()) != CONNECTION_OK) return std::unexpected(open_error(handle.get()));
    PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(std::move(handle)));
    // What a statement means must not depend on how the server is set up. Compiling plans costs
    // more than it gains where statements are this small.
    TIPOFF_CHECK(connection->command(
        fmt::format("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET extra_float_digits = 1; "
                    "SET client_min_messages = 'error'; SET jit = off; SET lock_timeout = {}; SET "
                    "default_transaction_read_only = {}",
                    options.lock_wait.count(), options.is_read_only ? "on" : "off")));
    return connection;
}

Expected<std::string> PostgresConnection::command(const std::string& sql) {
    const PgResultHandle result(PQexec(handle_.get(), sql.c_str()));
    if (!has_succeeded(result.get()))
        return std::unexpected(error_of(handle_.get(), result.get(), "the query failed"));
    return std::string(PQcmdStatus(result.get()));
}

Expected<Columns> PostgresConnection::run(std::string_view sql, const Values& values,
                                          std::int64_t* changed) {
    TIPOFF_TRY(const BoundValues bound, BoundValues::of(values));
    // A statement is prepared for types.
    std::string key(sql);
    for (int i = 0; i < bound.count(); ++i)
        key += fmt::format("\n{}", bound.types()[i]);
    const auto* kept = statements_.find(key);
    if (kept == nullptr && statements_.is_repeated(key)) {
        const std::string name = fmt::format("tipoff_{}", ++last_name_);
        const PgResultHandle prepared(PQprepare(
            handle_.get(), name.c_str(), std::string(sql).c_str(), bound.count(), bound.types()));
        if (!has_succeeded(prepared.get())) {
            return std::unexpected(error_of(handle_.get(), prepared.get(), "the query cannot run"));
        }
        statements_.keep(key, std::make_shared<Prepared>(handle_.get(), name));
        kept = statements_.find(key);
    }
    if (kept == nullptr) return run_once(sql, values, changed);
    const PgResultHandle result(PQexecPrepared(handle_.get(), (*kept)->name(), bound.count(),
                                               bound.values(), bound.lengths(), bound.formats(),
                                               kBinaryResults));
    auto rows = taken(handle_.get(), result, changed);
    // Whatever was the matter, the next one starts from the text.
    if (!rows) statements_.forget(key);
    return rows;
}

Expected<Columns> PostgresConnection::run_once(std::string_view sql, const Values& values,
                                               std::int64_t* changed) {
    TIPOFF_TRY(const BoundValues bound, BoundValues::of(values));
    const PgResultHandle result(PQexecParams(handle_.get(), std::string(sql).c_str(), bound.count(),
                                             bound.types(), bound.values(), bound.lengths(),
                                             bound.formats(), kBinaryResults));
    return taken(handle_.get(), result, changed);
}

Status PostgresConnection::copy_into(std::string_view table, const Batch& batch) {
    std::string names;
    for (const ColumnSpec& column : batch.table->columns)
        names += (names.empty() ? "" : ", ") + column.name;
    const PgResultHandle begun(
        PQexec(handle_.get(),
               fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", table, names).c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
        return std::unexpected(error_of(handle_.get(), begun.get(), "the rows cannot be added"));
    }
    std::string bytes(copy_head());
    const auto send = [this, &bytes] {
        const int sent = PQputCopyData(handle_.get(), bytes.data(), static_cast<int>(bytes.size()));
        bytes.clear();
        return sent == 1;
    };
    bool is_sent = true;
    for (std::size_t first = 0; first < batch.rows && is_sent; first += kSliceRows) {
        append_copy_rows(
            bytes, batch.slice(first, std::min(kSliceRows, batch.rows - first), Batch::Part::kAll));
        is_sent = send();
    }
    bytes += copy_end();
    is_sent = is_sent && send();
    PQputCopyEnd(handle_.get(), is_sent ? nullptr : "it could not be sent");
    Status status;
    while (const PgResultHandle result{PQgetResult(handle_.get())}) {
        if (has_succeeded(result.get()) || !status) continue;
        status = std::unexpected(error_of(handle_.get(), result.get(), "the rows cannot be added"));
    }
    if (status && !is_sent) return fail(ErrorCode::kIo, connection_words(handle_.get()));
    return status;
}

bool PostgresConnection::is_open() const { return PQstatus(handle_.get()) == CONNECTION_OK; }

std::string PostgresConnection::server_version() const {
    const char* version = PQparameterStatus(handle_.get(), "server_version");
    const std::string text = version == nullptr ? "" : version;
    return text.substr(0, text.find(' '));
}

}  // namespace tipoff::store
