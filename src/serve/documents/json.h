#pragma once
/// JSON documents. Only for sources that make them: it brings nlohmann/json's forward declarations.

#include <nlohmann/json_fwd.hpp>

#include "serve/documents/listing.h"

namespace tipoff::serve {

/// Members keep the order in which they were added.
using Json = nlohmann::ordered_json;

/// An array of objects, one a row.
[[nodiscard]] Json json_rows(const Listing& listing);

[[nodiscard]] Json json_value(const Cell& cell);

/// The document on one line, whatever texts are in it.
[[nodiscard]] std::string json_line(const Json& document);

/// Null for NaN.
[[nodiscard]] Json json_number(double value);

}  // namespace tipoff::serve
