#pragma once
/// What the scenarios of incidents share that are seen in a home's tables: a whole home of each
/// engine, of which something is taken away.

#include "operate/mini_home.h"
#include "support/engines.h"

namespace tipoff::operate {

/// One suite over all of them, so that its home is made once an engine.
class TableIncident : public support::EachEngine {
protected:
    test::MiniHome home_{GetParam()};
};

}  // namespace tipoff::operate
