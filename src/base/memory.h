#pragma once
/// How the process gives memory back.

namespace tipoff {

/// Call once, first in `main`. Freed blocks of eight megabytes and more go back to the system at
/// once, and threads share two pools of smaller ones: a backfill's peak is a fifth lower.
void give_back_freed_memory();

}  // namespace tipoff
