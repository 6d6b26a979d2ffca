// expect: could not convert .* from .* to .*TeamTag
#include "base/ids.h"

std::int64_t roster_size(tipoff::TeamId team) { return team.value; }

#ifdef TIPOFF_CONTROL
std::int64_t size_of(std::int64_t number) { return roster_size(tipoff::TeamId{number}); }
#else
std::int64_t size_of(std::int64_t number) { return roster_size(number); }
#endif
