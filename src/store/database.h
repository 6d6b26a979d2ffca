#pragma once
/// The database seam: columns in, columns out, one merge a table.
///
/// A `Database` is one open home. Reads may come from any thread. Writes go through a
/// `Transaction`; they may run side by side, and of two that change one row the second is fenced.
/// What a transaction did is visible and durable after `commit()`; it is gone when the object is
/// dropped before. Text that reaches SQL from outside is bound as a parameter, never pasted.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/columns.h"
#include "store/table.h"

namespace tipoff::store {

/// A bound parameter.
using Value =
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Instant, GameDate>;
using Values = std::vector<Value>;

/// Game dates, both included.
struct DateScope {
    GameDate from;
    GameDate to;
};

/// The rows that a batch replaces as a whole: those of the dates, or of them only the ones that
/// have one value in one column. Such rows that the batch does not have are deleted.
struct MergeScope {
    /// A column of the table that is told apart by its text.
    struct Share {
        std::string column;
        std::string value;
    };

    // A whole range of dates is the usual scope.
    MergeScope(const DateScope& whole) : dates(whole) {}  // NOLINT(google-explicit-constructor)
    MergeScope(const DateScope& part, Share of) : dates(part), share(std::move(of)) {}

    DateScope dates;
    std::optional<Share> share;
};

struct MergeCount {
    std::int64_t staged = 0;
    std::int64_t changed =
        0;  ///< inserted or updated: rows that are the same already are left alone
    std::int64_t deleted = 0;
};

class Transaction {
public:
    virtual ~Transaction() = default;

    /// Makes the table agree with the batch. With a scope the table's rows of it become exactly the
    /// batch, whose rows lie in it; without one rows are added or updated and nothing is deleted.
    /// Two rows with one key, a NULL in a key and columns that are not the table's are broken
    /// invariants; text that is not UTF-8 is `kInvalidInput`.
    virtual Expected<MergeCount> merge(const Batch& batch, std::optional<MergeScope> scope) = 0;

    /// Adds rows that the table does not have. One that it has is an error, here or at the commit.
    /// For control rows only: whatever is derived is merged.
    virtual Status append(const Batch& batch) = 0;

    /// One statement with bound parameters; returns the count of rows that it changed. For control
    /// rows only.
    virtual Expected<std::int64_t> execute(std::string_view sql, const Values& values) = 0;

    virtual Expected<Columns> read(std::string_view sql, const Values& values) = 0;

    /// Durable on success. `kFenced` when another transaction changed the same row meanwhile. After
    /// a statement that failed nothing can be committed: the answer is that statement's error.
    virtual Status commit() = 0;

    /// Merges asked of this transaction so far.
    [[nodiscard]] virtual int merges() const = 0;
};

/// Reads for one who may be told to stop, of one state of the database where the engine can: what
/// is committed meanwhile is not seen. One reads at a time.
class Reader {
public:
    virtual ~Reader() = default;

    /// `kRefused` once it was told to stop.
    virtual Expected<Columns> read(std::string_view sql, const Values& values) = 0;

    /// From any thread: the reading that is under way fails, where the engine can break it off, and
    /// every later one. Called again, it does so again.
    virtual void stop() = 0;
};

class Database {
public:
    virtual ~Database() = default;

    virtual Expected<Columns> read(std::string_view sql, const Values& values) = 0;
    virtual Expected<std::unique_ptr<Transaction>> begin() = 0;

    /// A reader of one's own, which holds up nobody else. The database outlives it. An engine that
    /// has nothing better reads as `read` does.
    virtual Expected<std::unique_ptr<Reader>> reader();

    /// Folds what was committed into the file, where an engine else keeps it in memory until there
    /// is much of it. `kBusy` while somebody writes; nothing to do for an engine that sees to it
    /// itself.
    virtual Status checkpoint() { return {}; }

    /// "DuckDB v1.4.4"
    [[nodiscard]] virtual std::string engine() const = 0;
};

/// The rows of a table, in the order of `tail` ("WHERE ... ORDER BY ...", parameters bound).
template <class Row>
Expected<std::vector<Row>> read_rows(Database& database, const Table<Row>& table,
                                     std::string_view tail = "", const Values& values = {}) {
    std::string sql = "SELECT ";
    for (const auto& column : table.spec().columns) {
        if (sql.size() > 7) sql += ", ";
        sql += column.name;
    }
    sql += " FROM " + table.spec().qualified_name();
    if (!tail.empty()) sql += " " + std::string(tail);
    TIPOFF_TRY(const Columns columns, database.read(sql, values));
    return table.to_rows(columns);
}

/// A fingerprint of each row's content: all its columns that count (`in_digest`), keys among them.
[[nodiscard]] std::vector<Fingerprint> row_fingerprints(const TableSpec& table,
                                                        const Columns& rows);

/// The fingerprint of the tables' contents: every column that counts (`in_digest`), rows in the
/// order of their keys' bytes, doubles as their IEEE bits, NULL told apart from every value. The
/// same contents give the same digest in every engine and however they came to be there.
Expected<Fingerprint> digest(Database& database, std::span<const TableSpec* const> tables);

}  // namespace tipoff::store
