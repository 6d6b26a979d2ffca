#pragma once
/// The program: a command line in, an exit code out.

namespace tipoff::cli {

/// Parses, runs and reports. Results go to standard output, everything else to standard error.
/// Never throws.
[[nodiscard]] int run_program(int count, const char* const* arguments);

}  // namespace tipoff::cli
