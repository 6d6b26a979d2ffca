#pragma once
/// The description of the API, made from its table of routes.

#include <span>
#include <string>

#include "serve/route.h"

namespace tipoff::serve {

/// An OpenAPI 3.1 document in JSON.
[[nodiscard]] std::string openapi_document(std::span<const Route> routes);

}  // namespace tipoff::serve
