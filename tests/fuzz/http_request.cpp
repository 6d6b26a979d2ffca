// A request's target and a header's value, apart by a line break: they lead somewhere or nowhere,
// and never break a rule of `request_rules.h`.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "serve/request_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(bytes.find('\n'), bytes.size());
    const std::string rule = tipoff::serve::test::rule_broken_by(
        bytes.substr(0, line), bytes.substr(std::min(line + 1, bytes.size())));
    if (rule.empty()) return 0;
    std::fprintf(stderr, "%s\n", rule.c_str());
    std::abort();
}
