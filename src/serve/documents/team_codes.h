#pragma once
/// Teams in rows of a result: by the three letters that people know them by.

#include <span>
#include <string_view>

#include "serve/documents/listing.h"

namespace tipoff::serve {

/// Replaces ids of teams in these columns by tricodes.
void show_teams(Listing& listing, std::span<const std::string_view> columns);

}  // namespace tipoff::serve
