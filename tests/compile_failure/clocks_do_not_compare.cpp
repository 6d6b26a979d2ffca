// expect: no match for .operator<
// An order between the two clocks has no meaning.
#include "base/calendar.h"

#ifdef TIPOFF_CONTROL
bool is_before(tipoff::KnownAt a, tipoff::KnownAt b) { return a < b; }
#else
bool is_before(tipoff::KnownAt a, tipoff::EventTime b) { return a < b; }
#endif
