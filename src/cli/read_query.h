#pragma once
/// Queries by hand, which read and do nothing else.
///
/// Four locks hold: the statement must be one query (SELECT, WITH, FROM, VALUES, TABLE, SHOW,
/// DESCRIBE, SUMMARIZE, or EXPLAIN of one), because it is run as the inside of `SELECT * FROM
/// (...)`; of functions that reach beyond the tables none is called; the engine is told to open no
/// file but the database and to accept no further setting; and the home is open read-only, or
/// another process's is read in a transaction that may only read. Nothing of the text is trusted.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/ticker.h"
#include "store/database.h"
#include "store/dialect.h"

namespace tipoff::cli {

/// The query without comments in front, blanks and a closing semicolon. `kRefused` when its first
/// word is not that of a query.
Expected<std::string> checked_query(std::string_view sql);

/// Stops a reader that takes longer than it may.
class TimeLimit {
public:
    /// The reader outlives it. Without a limit nothing is stopped.
    TimeLimit(store::Reader& reader, std::optional<std::chrono::seconds> limit);

    /// Whether the reader was stopped.
    [[nodiscard]] bool is_over() const { return is_over_; }

private:
    std::atomic<bool> is_over_{false};
    std::optional<Ticker> ticker_;
};

/// From here on this process's engine reads and writes no file but its own, and `writable` where
/// one is given; settings are locked. There is no way back.
Status restrict_files(store::Database& database,
                      const std::optional<std::filesystem::path>& writable);

/// Runs a checked query, at most `most` rows and one more, by which the caller sees that there are
/// more.
Expected<store::Columns> read_query(store::Reader& reader, store::Dialect dialect,
                                    std::string_view query, std::size_t most);

/// Plans a checked query without running it: what is not one query, or names what does not exist,
/// fails here; one that calls what reaches beyond the tables is `kRefused`.
Status plan_query(store::Reader& reader, store::Dialect dialect, std::string_view query);

}  // namespace tipoff::cli
