#pragma once
/// How the program ends, and what it says when something failed. The numbers are relied on by
/// scripts.

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/error.h"

namespace tipoff::cli {

enum class ExitCode : std::uint8_t {
    kDone = 0,
    kFailed = 1,
    kUsage = 2,       ///< the command line asks for what does not exist
    kIncomplete = 3,  ///< done, and the output says what is missing and why
    kRefused = 4,     ///< not safe to do now: another process writes, the schema is newer
};

/// The one place where a kind of error becomes an exit code.
[[nodiscard]] ExitCode exit_code_of(ErrorCode code);

/// Runs `body`; an exception, which is a defect or a lack of memory, becomes an error.
Expected<ExitCode> reporting_defects(const std::function<Expected<ExitCode>()>& body);

/// "tipoff: message" and "  hint" on standard error.
void print_error(const Error& error);

/// A remark on standard error that is no error: "tipoff: text".
void print_note(std::string_view text);

}  // namespace tipoff::cli
