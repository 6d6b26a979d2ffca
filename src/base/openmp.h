#pragma once
/// How threads of OpenMP libraries wait for each other.

namespace tipoff {

/// Call once, first in `main`, with its arguments. OpenMP's threads spin while they wait unless
/// OMP_WAIT_POLICY says otherwise before the library is loaded, and on as many cores as threads
/// training takes four times as long. Where the variable is not set, this sets it and starts the
/// program again in the same process; it returns where the system does not let it.
void wait_without_spinning(char** arguments);

}  // namespace tipoff
