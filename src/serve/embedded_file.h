#pragma once
/// A file that the program carries. The source with the table of them is made at build time
/// (cmake/embed_files.cmake).

#include <string_view>

namespace tipoff::serve {

struct EmbeddedFile {
    std::string_view path;    ///< "/assets/index-4f1c2a.js"
    std::string_view packed;  ///< gzip
};

}  // namespace tipoff::serve
