#pragma once
/// What a batch would change of the rows that it replaces, found out before anything is written: a
/// day is mostly looked at again to no effect, or to that of one column. Private to this room.

#include "base/error.h"
#include "store/database.h"
#include "store/merge_parts.h"

namespace tipoff::store {

struct ScopeDifference {
    bool is_none = false;
    bool any_missing = true;  ///< a row of the scope may not be in the batch
};

/// Compares, where there are not too many rows to do so, and keeps `parts` to the columns that
/// differ.
Expected<ScopeDifference> compare_scope(Transaction& transaction, const Batch& batch,
                                        MergeParts& parts);

}  // namespace tipoff::store
