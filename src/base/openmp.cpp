#include "base/openmp.h"

#include <unistd.h>

#include <cstdlib>

namespace tipoff {

void wait_without_spinning(char** arguments) {
    constexpr const char* kPolicy = "OMP_WAIT_POLICY";
    if (std::getenv(kPolicy) != nullptr) return;
    if (::setenv(kPolicy, "PASSIVE", 0) != 0) return;
    ::execv("/proc/self/exe", arguments);
}

}  // namespace tipoff
