#pragma once
/// Injury transactions have no id: within a date and team they are counted.
///
/// The order is by what they state: returns before departures, then name, then notes. Equal
/// statements are one. A transaction that the database has keeps its number; new ones go behind it.

#include "collect/import/facts.h"
#include "store/database.h"

namespace tipoff::collect {

/// Numbers the transactions, keeps those that are to be written, marks kept lines and counts
/// duplicates.
Status settle_injuries(store::Database& database, std::vector<StagedFile>& files,
                       Facts<InjuryTransaction>& facts);

}  // namespace tipoff::collect
