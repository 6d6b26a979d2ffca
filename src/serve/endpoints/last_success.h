#pragma once
/// How old what the steps made is.

#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::serve {

/// Each step that ever came to its end, and when it last did.
Expected<std::vector<std::pair<std::string, Instant>>> last_successes(store::Database& database);

}  // namespace tipoff::serve
