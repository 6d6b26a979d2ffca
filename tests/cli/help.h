#pragma once
/// What the program tells of itself, taken apart.

#include <set>
#include <string>
#include <vector>

#include "program.h"

namespace tipoff::cli_test {

/// Every command and every command of a group, as words; asked of the program once.
[[nodiscard]] const std::vector<Words>& all_commands();

/// The page of `--help`.
[[nodiscard]] std::string help_of(const Words& command);

/// The part of it before the examples.
[[nodiscard]] std::string reference_of(const Words& command);

/// Whether a page of help lists further commands.
[[nodiscard]] bool is_group(const std::string& help);

/// The options that a text names: "--home".
[[nodiscard]] std::set<std::string> options_in(const std::string& text);

}  // namespace tipoff::cli_test
