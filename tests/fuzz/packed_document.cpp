// Any bytes as a packed document: they are unpacked or refused, and never without a bound.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/reading_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span packed(reinterpret_cast<const char*>(data), size);
    if (const auto broken = tipoff::support::rule_of_unpacking_broken_by(packed); !broken.empty()) {
        std::fprintf(stderr, "a rule is broken: %s\n", broken.c_str());
        std::abort();
    }
    return 0;
}
