# Writes OUTPUT, the source behind base/version_info.h, and touches it only when its text changes.
# Needs SOURCE_DIR, VERSION, OUTPUT.

set(commit "unknown")
execute_process(COMMAND git --no-optional-locks rev-parse --short=12 HEAD
    WORKING_DIRECTORY "${SOURCE_DIR}"
    OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(NOT failed)
    execute_process(COMMAND git --no-optional-locks status --porcelain --untracked-files=no
        WORKING_DIRECTORY "${SOURCE_DIR}"
        OUTPUT_VARIABLE changes ERROR_QUIET)
    set(commit "${revision}")
    if(changes)
        string(APPEND commit "+")
    endif()
endif()

file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT [[
#include "base/version_info.h"

namespace tipoff {

std::string_view version() noexcept { return "@VERSION@"; }

std::string_view git_commit() noexcept { return "@commit@"; }

}  // namespace tipoff
]] @ONLY)
