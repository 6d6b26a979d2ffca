// Any bytes as a document of one source: compiled once a source, whose name is TIPOFF_FUZZ_SOURCE.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/reading_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const tipoff::collect::Source& source =
        *tipoff::collect::find_source(TIPOFF_FUZZ_SOURCE);
    const std::span document(reinterpret_cast<const char*>(data), size);
    if (const auto broken = tipoff::support::rule_broken_by(document, source); !broken.empty()) {
        std::fprintf(stderr, "a rule is broken: %s\n", broken.c_str());
        std::abort();
    }
    return 0;
}
