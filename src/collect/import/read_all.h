#pragma once
/// All files of an import, archived and read, several at a time.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "collect/import.h"
#include "collect/import/staged.h"

namespace tipoff::collect {

/// A document that the database knows, and how it was read.
struct KnownDocument {
    std::string kind;
    std::string outcome;
    std::int32_t reader_version = 0;
};
using KnownDocuments = std::map<std::string, KnownDocument, std::less<>>;

/// A file as it was found.
struct FoundFile {
    std::filesystem::path path;
    std::string file_name;  ///< without its folder
    std::string content_hash;
    std::int64_t size_bytes = 0;
    std::string already;     ///< not empty: not read, since its content is known; and from where
    std::string unreadable;  ///< not empty: not read, since it cannot be; and why
};

struct ReadFiles {
    std::vector<FoundFile> found;         ///< in the order of their paths
    std::vector<StagedFile> staged;       ///< those that were read, by kind and content hash
    std::vector<std::size_t> found_file;  ///< of each staged one
};

/// "kept": nothing of the document is left to be found out, so that it need not be read again.
inline constexpr std::string_view kKeptOutcome = "kept";

/// Hashes, archives and reads the files. Content that the database has in full, and content that is
/// there twice, is read once.
Expected<ReadFiles> read_all(const ImportOptions& options, const KnownDocuments& known);

}  // namespace tipoff::collect
