#pragma once
/// Whether what a document states is what was asked for.

#include <string>

#include "collect/source.h"

namespace tipoff::collect {

/// What is wrong with a game where another was asked for: "is of 2025-02-20, where 2025-02-21 was
/// asked for". Empty where nothing is.
[[nodiscard]] std::string not_as_asked(const StatedGame& game, const Ask& ask);

/// "is not of BOS, which was asked for".
[[nodiscard]] std::string not_of_asked_team(TeamId team);

}  // namespace tipoff::collect
