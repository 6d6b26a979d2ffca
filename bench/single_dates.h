#pragma once
/// One date inside the seasons on record, by an engine that is warm: every table, commit included.

#include <cstddef>
#include <span>

#include "base/error.h"
#include "measuring.h"
#include "operate/backfill.h"
#include "operate/facts.h"
#include "store/database.h"

namespace tipoff::bench {

/// Runs `count` dates of the middle of `season` in three ways, each date by itself and forced:
/// `earlier`: newest first, so that each lies before what the engine has folded; the rows are new
/// to the tables. `next`: oldest first, the rows are new. `unchanged`: oldest first, the tables
/// hold the same rows. Rows of those dates are taken out first where they are to be new.
Expected<Json> measure_single_dates(store::Database& database, operate::Backfill& backfill,
                                    const operate::Facts& facts,
                                    const operate::Facts::SeasonDates& season, std::size_t count);

/// Takes the dates out of every derived table, so that their rows are new.
Status remove_rows(store::Database& database, std::span<const GameDate> dates);

}  // namespace tipoff::bench
