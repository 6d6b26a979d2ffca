#pragma once
/// Where the engines' SQL differs. One text for both is the rule; what is here is what none can be.

#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.h"

namespace tipoff::store {

enum class Dialect : std::uint8_t { kDuckDb, kPostgres };

[[nodiscard]] Dialect dialect_of(const Database& database);

/// A statement of a migration, or of `TableSpec::create_sql`, in the words of the engine.
/// PostgreSQL's text is ordered and compared by its bytes, whatever the server's language is.
[[nodiscard]] std::string in_dialect(std::string_view ddl, Dialect dialect);

/// A text as a literal of either, for what takes no parameter.
[[nodiscard]] std::string sql_literal(std::string_view text);

}  // namespace tipoff::store
