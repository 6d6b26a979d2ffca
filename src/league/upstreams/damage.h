#pragma once
/// Ways in which a JSON document of an upstream goes wrong.

#include "league/random.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/faults.h"

namespace tipoff::league {

/// The document with a fault in its rows; as it is where it has none that the fault could be in.
void damage(Json& document, FaultKind kind, Random& random);

}  // namespace tipoff::league
