#include "base/memory.h"

#include <malloc.h>

namespace tipoff {

void give_back_freed_memory() {
    // An allocator other than glibc's, such as a sanitizer's, refuses these; nothing else rests on
    // them.
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_ARENA_MAX, 2);
}

}  // namespace tipoff
