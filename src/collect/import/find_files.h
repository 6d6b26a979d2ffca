#pragma once
/// The files that an import is asked to read.

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::collect {

/// ".csv.gz", ".csv", ".parquet", or nothing of these: the suffix under which a document is
/// archived.
[[nodiscard]] std::string_view data_suffix(const std::filesystem::path& file);

/// Files as they are, folders walked for the suffixes above; sorted, each once. A path that does
/// not exist, and paths that hold no data file at all, are `kNotFound`.
Expected<std::vector<std::filesystem::path>> find_data_files(
    std::span<const std::filesystem::path> paths);

}  // namespace tipoff::collect
