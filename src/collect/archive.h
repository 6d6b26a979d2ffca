#pragma once
/// The archive of documents as they came, in HOME/archive, each under the hash of its own bytes.
///
/// A document is written once and never changed: first in HOME/archive/unfinished, then moved in
/// place, so that what stands under a hash is always whole.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::collect {

/// Where a document of this hash lies: HOME/archive/<first two hex digits>/<hash><suffix>.
[[nodiscard]] std::filesystem::path archive_path(const std::filesystem::path& home,
                                                 std::string_view hash, std::string_view suffix);

/// Writes the document, durably, unless it is there already; returns its path. A failing disk is
/// `kIo`.
Expected<std::filesystem::path> archive_document(const std::filesystem::path& home,
                                                 std::string_view hash, std::string_view suffix,
                                                 std::span<const char> bytes);

/// Writes a file whole or not at all, durably: first under another name, beside it unless one is
/// given, then moved in place.
Status write_file_whole(const std::filesystem::path& path, std::span<const char> bytes);
Status write_file_whole(const std::filesystem::path& path, std::span<const char> bytes,
                        const std::filesystem::path& unfinished);

/// The same of a file of the archive, from any thread.
Status write_archive_file(const std::filesystem::path& home, const std::filesystem::path& path,
                          std::span<const char> bytes);

/// Removes what processes that were killed have left in HOME/archive/unfinished: whatever is not
/// this one's. Only one process at a time has a home.
Status remove_unfinished(const std::filesystem::path& home);

/// All bytes of a file. `kNotFound`, `kIo`, or `kInvalidInput` when it is larger than
/// `kMaxDocumentBytes`.
Expected<std::vector<char>> read_document(const std::filesystem::path& file);

/// A larger file would not fit into the memory that the program keeps to.
inline constexpr std::uintmax_t kMaxDocumentBytes = std::uintmax_t{256} << 20;

}  // namespace tipoff::collect
