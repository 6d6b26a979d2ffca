// expect: ignoring returned value of type .*Expected.*Werror=unused-result
// The build treats this warning as an error; here it is made one.
#pragma GCC diagnostic error "-Wunused-result"
#include "base/error.h"

tipoff::Status save();

#ifdef TIPOFF_CONTROL
bool done() { return save().has_value(); }
#else
bool done() {
    save();
    return true;
}
#endif
