// expect: could not convert .*EventTime
// When a fact happened is not when it could have been known.
#include "base/calendar.h"

#ifdef TIPOFF_CONTROL
bool may_use(tipoff::KnownAt fact, tipoff::AsOf as_of) {
    return tipoff::is_admissible(fact, as_of);
}
#else
bool may_use(tipoff::EventTime fact, tipoff::AsOf as_of) {
    return tipoff::is_admissible(fact, as_of);
}
#endif
