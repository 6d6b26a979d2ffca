#pragma once
/// JSON documents for standard output. Only for sources of commands: it brings nlohmann/json's
/// forward declarations.

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

#include "cli/output.h"

namespace tipoff::cli {

/// Members keep the order in which they were added.
using Json = nlohmann::ordered_json;

/// An array of objects, one a row.
[[nodiscard]] Json json_rows(const Listing& listing);

[[nodiscard]] Json json_value(const Cell& cell);

/// Null for NaN.
[[nodiscard]] Json json_number(double value);

/// Prints one document, indented, and a line break. Bytes that are not UTF-8 are replaced.
void print_json(const Json& document);

}  // namespace tipoff::cli
