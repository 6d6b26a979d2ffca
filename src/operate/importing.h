#pragma once
/// An import as a run: staged in memory, then written in the transaction that completes the run.

#include "base/clock.h"
#include "base/error.h"
#include "collect/import.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::operate {

/// Errors are those of `collect::stage_import` and of the database; the run ends as failed with
/// them. An import that would change nothing ends as skipped.
Expected<collect::ImportReport> run_import(store::Database& database, ledger::Ledger& ledger,
                                           const Clock& clock,
                                           const collect::ImportOptions& options);

}  // namespace tipoff::operate
