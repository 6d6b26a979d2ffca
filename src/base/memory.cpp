#include "base/memory.h"

#include <malloc.h>

#include "base/error.h"

namespace tipoff {

void give_back_freed_memory() {
    const auto set = [](int option, int value) {
        require(mallopt(option, value) == 1, "the allocator refused an option");
    };
    set(M_MMAP_THRESHOLD, 8 << 20);
    set(M_TRIM_THRESHOLD, 64 << 20);
    set(M_ARENA_MAX, 2);
}

}  // namespace tipoff
