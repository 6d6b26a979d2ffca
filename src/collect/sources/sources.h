#pragma once
/// Every source; each is defined in a file of its own name in this folder.

#include "collect/source.h"

namespace tipoff::collect {

extern const Source kBdlStandings;

}  // namespace tipoff::collect
