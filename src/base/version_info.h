#pragma once
/// Which build this is.
///
/// The source behind it is written by cmake/write_version_info.cmake at each build, so that a new
/// commit recompiles that one small file and nothing else. Callable from any thread, allocates
/// nothing.

#include <string_view>

namespace tipoff {

/// Version of the program, e.g. "0.1.0".
[[nodiscard]] std::string_view version() noexcept;

/// Commit that was built: twelve hexadecimal digits, followed by "+" when tracked files differed
/// from it; "unknown" for a source tree without git.
[[nodiscard]] std::string_view git_commit() noexcept;

}  // namespace tipoff
