// expect: could not convert .*PlayerTag.* to .*TeamTag
#include "base/ids.h"

std::int64_t roster_size(tipoff::TeamId team) { return team.value; }

#ifdef TIPOFF_CONTROL
std::int64_t size_of(tipoff::TeamId id) { return roster_size(id); }
#else
std::int64_t size_of(tipoff::PlayerId id) { return roster_size(id); }
#endif
