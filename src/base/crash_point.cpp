#include "base/crash_point.h"

namespace tipoff {
namespace {

CrashHook installed_hook = nullptr;

}  // namespace

void set_crash_hook(CrashHook hook) { installed_hook = hook; }

void crash_point(std::string_view point) {
    if (installed_hook != nullptr) installed_hook(point);
}

}  // namespace tipoff
