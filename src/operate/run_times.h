#pragma once
/// When a run ended in the league's time. The ledger keeps ends in the machine's, which is another
/// in a replay.

#include <optional>

#include "base/clock.h"

namespace tipoff::operate {

/// Of a run that ended at `finished_at`; `planned_for` is its logical time where a plan began it.
/// In a replay that is the only instant of the league on record: nothing where there is none.
[[nodiscard]] std::optional<Instant> league_end(Instant finished_at,
                                                std::optional<Instant> planned_for,
                                                const Clock& clock);

}  // namespace tipoff::operate
