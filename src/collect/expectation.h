#pragma once
/// What the answers of a collection should hold together: thirty teams, every game that is over,
/// players by the hundred, columns that are hardly ever empty.

#include <string>
#include <vector>

#include "collect/resolve_stated.h"
#include "collect/source.h"

namespace tipoff::collect {

/// One sentence for each thing that should be in the answers and is not. Of answers that were
/// malformed nothing is expected here: they are told of already.
[[nodiscard]] std::vector<std::string> unmet_expectations(const Source& source, const Scope& scope,
                                                          const std::vector<ReadAnswer>& answers);

}  // namespace tipoff::collect
