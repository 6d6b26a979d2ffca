#pragma once
/// DuckDB in the process: one file, one writing process.

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::store {

enum class Access { kReadOnly, kReadWrite };

struct DuckDbOptions {
    Access access = Access::kReadWrite;

    /// DuckDB's share of the process's gigabyte.
    int memory_limit_mib = 352;

    /// Two: the machine that the product is measured on has two cores.
    int threads = 2;
};

/// Opens the file, or makes it when it is not there and `access` allows. The schema is not looked
/// at. A file that is not DuckDB's, is damaged or cut short is `kCorrupt`; one that another process
/// holds is `kBusy`. Neither is touched. For reading, a file that is not there is `kNotFound`. A
/// killed process's spill folder is removed.
Expected<std::unique_ptr<Database>> open_duckdb(const std::filesystem::path& file,
                                                const DuckDbOptions& options);

/// A parquet file, every value as its text; DuckDB reads it beside whatever database is in use.
Expected<Columns> read_parquet(const std::filesystem::path& file);

}  // namespace tipoff::store
