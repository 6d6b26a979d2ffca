#pragma once
/// What holds for every request, sound or not, up to its handler: the fuzz target and the property
/// test hold the routing to it. (No GoogleTest here: the fuzz target links this.)

#include <string>
#include <string_view>

#include "serve/route.h"

namespace tipoff::serve::test {

/// Routes with every kind of parameter, and no handlers.
[[nodiscard]] const RouteTable& table_of_all_kinds();

/// Which rule is broken by a request of this target and header value; empty where all are kept:
///
///   - a path leads to one route, always the same, and only where its methods say so;
///   - a query is read or refused with words, and what is read keeps to what was declared;
///   - read again, it is the same; and what is the same has one canonical text;
///   - headers and cursors mean something or nothing, and no text is too strange for that.
[[nodiscard]] std::string rule_broken_by(std::string_view target, std::string_view header);

}  // namespace tipoff::serve::test
