#include "base/process_name.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>

namespace tipoff {

std::string process_name() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    return fmt::format("{}:{}", host.data(), ::getpid());
}

}  // namespace tipoff
