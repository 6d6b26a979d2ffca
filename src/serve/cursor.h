#pragma once
/// A place in a list, as text that means something to us alone.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::serve {

/// `query` tells one list from another.
[[nodiscard]] std::string cursor_text(std::string_view query, const store::Values& key);

/// The key of a cursor of this query; `kInvalidInput` for anything else.
Expected<store::Values> read_cursor(std::string_view query, std::string_view text);

/// One value of a row of a result.
[[nodiscard]] store::Value value_at(const store::Column& column, std::size_t row);

}  // namespace tipoff::serve
