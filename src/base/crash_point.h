#pragma once
/// Named points at which a test kills the process, to see what is left behind.

#include <string_view>

namespace tipoff {

/// Told the name of each point that is passed; null (as it always is outside of tests): nobody is.
using CrashHook = void (*)(std::string_view point);

void set_crash_hook(CrashHook hook);

/// Passes a point. Costs a comparison.
void crash_point(std::string_view point);

}  // namespace tipoff
