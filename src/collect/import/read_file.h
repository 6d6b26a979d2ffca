#pragma once
/// One file to staged records: which kind it is, its rows, what was refused.

#include "collect/import/row_source.h"
#include "collect/import/staged.h"

namespace tipoff::collect {

/// A file with more than this share of its rows wrong in themselves is left out as a whole.
inline constexpr double kMostWrongRows = 0.01;

/// Reads all rows of `source` into `file`, whose names and hash are set. A structural fault, an
/// unknown kind or too many wrong rows drop the file; the reason is in it. Safe from several
/// threads for several files.
void read_file(RowSource& source, StagedFile& file);

/// Leaves the file out for something that no single row is to blame for.
void drop_file(StagedFile& file, std::string_view reason);

}  // namespace tipoff::collect
