#pragma once
/// Results of dates that are over and were not collected whole: their windows are past, and they
/// are asked for again until they are there.

#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "operate/run_work.h"
#include "operate/workflows.h"
#include "store/database.h"

namespace tipoff::operate {

/// Collections that the workflows ask for after games, or for yesterday, of the last week whose
/// newest run failed or was incomplete and of which none waits: of yesterday an hour after that
/// run, of earlier dates six hours after it. By the ledger alone.
Expected<std::vector<RunWork>> owed_results(store::Database& database, const Workflows& workflows,
                                            const Clock& clock);

}  // namespace tipoff::operate
