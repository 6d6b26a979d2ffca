#pragma once
/// Queries by hand, which read and do nothing else.
///
/// Three locks hold: the statement must be one query (SELECT, WITH, FROM, VALUES, TABLE, SHOW,
/// DESCRIBE, SUMMARIZE, or EXPLAIN of one), because it is run as the inside of `SELECT * FROM
/// (...)`; the engine is told to open no file but the database and to accept no further setting;
/// and commands open the home read-only. Nothing of the text is trusted.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::cli {

/// The query without comments in front, blanks and a closing semicolon. `kRefused` when its first
/// word is not that of a query.
Expected<std::string> checked_query(std::string_view sql);

/// From here on this process's engine reads and writes no file but its own, and `writable` where
/// one is given; settings are locked. There is no way back.
Status restrict_files(store::Database& database,
                      const std::optional<std::filesystem::path>& writable);

/// Runs a checked query, at most `most` rows and one more, by which the caller sees that there are
/// more.
Expected<store::Columns> read_query(store::Database& database, std::string_view query,
                                    std::size_t most);

/// Plans a checked query without running it: what is not one query, or names what does not exist,
/// fails here.
Status plan_query(store::Database& database, std::string_view query);

/// A text as an SQL literal.
[[nodiscard]] std::string sql_literal(std::string_view text);

}  // namespace tipoff::cli
