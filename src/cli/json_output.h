#pragma once
/// JSON documents for standard output. Only for sources of commands: it brings nlohmann/json's
/// forward declarations.

#include "cli/output.h"
#include "serve/documents/json.h"

namespace tipoff::cli {

using serve::Json;
using serve::json_number;
using serve::json_rows;
using serve::json_value;

/// Prints one document, indented, and a line break. Bytes that are not UTF-8 are replaced.
void print_json(const Json& document);

}  // namespace tipoff::cli
