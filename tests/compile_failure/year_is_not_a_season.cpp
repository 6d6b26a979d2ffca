// expect: could not convert .* from .int. to .*Season
#include "base/calendar.h"

#ifdef TIPOFF_CONTROL
tipoff::Season this_season() { return tipoff::Season::starting_in(2025); }
#else
tipoff::Season this_season() { return 2025; }
#endif
