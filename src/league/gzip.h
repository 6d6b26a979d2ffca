#pragma once
/// Writes a gzip file whose bytes depend on its content only: no time, name or system in its
/// header.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace tipoff::league {

/// Compresses `content` and puts it at `path`, by way of a file beside it that is renamed at the
/// end: the file is there whole or not at all. An older file of that name is replaced. Returns the
/// size written in bytes; `kIo` when the disk refuses.
[[nodiscard]] Expected<std::size_t> write_gzip(const std::filesystem::path& path,
                                               std::string_view content);

}  // namespace tipoff::league
