#pragma once
/// How fast documents are read.

#include <filesystem>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// The largest recording of each source, unpacked, from bytes to records: {"sources": [...]}, each
/// with its format, bytes, records, outcome and the median seconds of one reading. `recordings` has
/// a folder a source, under any of its names; `kNotFound` where no source has one.
Expected<Json> measure_parsing(const std::filesystem::path& recordings);

}  // namespace tipoff::bench
