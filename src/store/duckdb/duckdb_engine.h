#pragma once
/// The engine in this process, before anything is attached to it. Private to this folder.

#include "base/error.h"
#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {

/// Starts one with nothing in it.
Status start_engine(DatabaseHandle& database, const ConfigHandle& config);

}  // namespace tipoff::store
